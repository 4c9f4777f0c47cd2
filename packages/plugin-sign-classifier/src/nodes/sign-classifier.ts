import {
  Clock,
  Logger,
  ModelStore,
  NodeConfig,
  NodeIdentity,
  PortTypes,
  errorMessage,
  inject,
  injectable,
  toErrorRecord,
} from '@kinegraph/core/plugin';
import type { Classifier, Landmarks, PacketWindow } from '@kinegraph/core/plugin';
import { OnnxRuntime } from '@kinegraph/onnx';
import { ModelWatch, SignFeaturesError, SignModel, loadSignModel, nameSign, signModelVersion } from '../model/index.js';
import type { SignClassification } from '../model/index.js';
import type { SignClassifierConfig } from './classifier-config.js';
import type { SignFeatures } from './sign-features.js';
import { rowsOf } from './window-rows.js';

/** `signs.classifier`: names what each hand in a window shows. See docs/signs-classifier.md. */
@injectable()
export class SignClassifier implements Classifier<PacketWindow<Landmarks> | SignFeatures, SignClassification> {
  #config: SignClassifierConfig;
  #model: SignModel | undefined;
  #watch: ModelWatch | undefined;

  constructor(
    @inject(NodeConfig) config: SignClassifierConfig,
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(ModelStore) private readonly models: ModelStore,
    @inject(OnnxRuntime) private readonly runtime: OnnxRuntime,
    @inject(PortTypes) private readonly portTypes: PortTypes,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {
    this.#config = config;
  }

  /**
   * Loads the model with its card, and sees that both fit each other and what is wired.
   * @throws SignCardMissingError, SignCardError, SignPairError, SignModelInputError, SignModelOutputError, SignFeaturesError,
   *   the ModelStore's errors (`MODEL_*`) and the runtime's (`ONNX_*`)
   */
  async open(signal: AbortSignal): Promise<void> {
    await this.#use(this.#config, signal);
  }

  /**
   * @returns The best label of each hand that is there, with what else it might be; `none` where no sign is sure. Hands that
   *   have left the picture are left out.
   * @throws SignFeaturesError, SignAnswerError, RunFailedError
   */
  async classify(window: PacketWindow<Landmarks> | SignFeatures): Promise<SignClassification> {
    const model = this.#model;
    if (model === undefined)
      throw new TypeError(`Node "${this.identity.name}" was given a window while it was not open.`);
    const rows = rowsOf(window, model);
    if (rows.length === 0) return { tracks: [] };
    const scores = await model.scores(rows.map(({ values }) => values));
    const { noneLabel } = model.card;
    const { alternatives, minScore } = this.#config;
    const naming = { noneLabel, alternatives, minScore };
    return {
      tracks: rows.map(({ trackId }, index) =>
        nameSign(trackId, scores[index] ?? new Float32Array(0), model.labels, naming),
      ),
    };
  }

  /** All keys are live. Another model is loaded first; where that fails the old one goes on. @throws as `open` */
  async reconfigure(config: unknown): Promise<boolean> {
    const next = config as SignClassifierConfig; // validated by the schema beside it
    if (next.model === this.#config.model) this.#config = next;
    else await this.#use(next);
    return true;
  }

  async close(): Promise<void> {
    await this.#watch?.[Symbol.asyncDispose]();
    await this.#model?.release();
    this.#model = undefined;
  }

  /** Loads the model of a configuration, and lets the one before go. */
  async #use(config: SignClassifierConfig, signal?: AbortSignal): Promise<void> {
    const version = await signModelVersion(this.models, config.model);
    const model = await this.#load(config.model, signal);
    await this.#watch?.[Symbol.asyncDispose]();
    this.#config = config;
    await this.#exchange(model);
    if (version === undefined) return; // the store tells no versions: its models stay as they are
    this.#watch = new ModelWatch({
      clock: this.clock,
      version: () => signModelVersion(this.models, config.model),
      takeOver: async () => {
        const replaced = await this.#load(config.model);
        await this.#exchange(replaced);
        this.logger.info(`Model "${replaced.name}" was replaced and taken over: ${replaced.labels.length} labels.`);
      },
      onTrouble: (error) =>
        this.logger.warn(
          `The model before goes on, since its files changed to what cannot be used: ${errorMessage(error)}`,
          {
            error: toErrorRecord(error),
          },
        ),
    });
    this.#watch.start(version);
  }

  async #exchange(model: SignModel): Promise<void> {
    const before = this.#model;
    this.#model = model;
    await before?.release(); // waits for the runs under way
  }

  async #load(name: string, signal?: AbortSignal): Promise<SignModel> {
    const files = await loadSignModel(this.models, name, signal);
    this.#checkWired(files.name, files.card.features);
    const model = await SignModel.open(files, this.runtime, this.logger, signal);
    this.logger.debug(`Model "${files.name}": ${model.labels.length} labels of ${files.card.features}.`);
    return model;
  }

  /** What the graph tells already; versions of features show with the first window. */
  #checkWired(model: string, features: string): void {
    const wired = this.portTypes.inputs['in'] ?? 'any';
    if (wired === 'signs.features' && features === 'landmarks')
      throw new SignFeaturesError({ model, needs: 'plain landmarks', wired: '"signs.features"' });
    if (wired.startsWith('window<') && features === 'signfeat/2')
      throw new SignFeaturesError({ model, needs: 'features "signfeat/2"', wired: 'a window of landmarks' });
  }
}
