import type { Logger } from '@kinegraph/core/plugin';
import { showDims, tensor } from '@kinegraph/onnx';
import type { OnnxRuntime, OnnxSession, ValueInfo } from '@kinegraph/onnx';
import { FEATURES_1, FEATURES_2, HAND_POINTS, WINDOW_FRAMES } from '../features/index.js';
import { labelsOf } from './card.js';
import type { SignLabel, SignModelCard } from './card.js';
import { SignAnswerError, SignModelInputError, SignModelOutputError } from './errors.js';
import type { SignModelFiles } from './load-sign-model.js';

/** What a window may be fed as, without the axis of the batch. */
const FITTING: Readonly<Record<SignModelCard['features'], readonly (readonly number[])[]>> = {
  'signfeat/1': [[WINDOW_FRAMES, FEATURES_1]],
  'signfeat/2': [[WINDOW_FRAMES, FEATURES_2]],
  landmarks: [
    [WINDOW_FRAMES, HAND_POINTS * 3],
    [WINDOW_FRAMES, HAND_POINTS, 3],
  ],
};

/** An open model of signs that was seen to fit its card. */
export class SignModel {
  private constructor(
    readonly name: string,
    readonly card: SignModelCard,
    /** In the order of the model's outputs. */
    readonly labels: readonly SignLabel[],
    private readonly session: OnnxSession,
    private readonly input: ModelInput,
    private readonly output: string,
  ) {}

  /**
   * Opens a model and runs it once on zeros, which shows what comes out of it.
   * @throws SignModelInputError, SignModelOutputError, and the runtime's errors (`ONNX_*`)
   */
  static async open(
    { name, bytes, card }: SignModelFiles,
    runtime: OnnxRuntime,
    logger: Logger,
    signal?: AbortSignal,
  ): Promise<SignModel> {
    const labels = labelsOf(card);
    let opened: SignModel | undefined;
    const warmUp = async (session: OnnxSession): Promise<void> => {
      const input = inputOf(name, card, session.inputs);
      const output = outputOf(name, labels.length, session.outputs);
      const model = new SignModel(name, card, labels, session, input, output);
      const answer = await model.#run(1, new Float32Array(input.size));
      if (answer.length !== labels.length)
        throw new SignModelOutputError({ model: name, found: `${answer.length} scores`, labels: labels.length });
      opened = model;
    };
    const session = await runtime.open(bytes, { name, providers: ['cpu'], logger, warmUp }, signal);
    if (opened === undefined || opened.session !== session)
      throw new TypeError(`Model "${name}" was opened without being run.`);
    return opened;
  }

  /** How many values one window has. */
  get inputSize(): number {
    return this.input.size;
  }

  /**
   * The score of each label for each window, 0-1, in one run where the model takes several.
   * @param windows - each as many values as `inputSize`, row-major.
   * @throws SignAnswerError, and the session's errors
   */
  async scores(windows: readonly Float32Array[]): Promise<Float32Array[]> {
    const { size, takesSeveral } = this.input;
    if (!takesSeveral) return Promise.all(windows.map(async (window) => this.#toScores(await this.#run(1, window))));
    const batch = new Float32Array(windows.length * size);
    for (const [index, window] of windows.entries()) batch.set(window, index * size);
    const answer = await this.#run(windows.length, batch);
    const { length } = this.labels;
    if (answer.length !== windows.length * length)
      throw new SignAnswerError({ model: this.name, problem: `${answer.length} scores for ${windows.length} windows` });
    return windows.map((_, index) => this.#toScores(answer.subarray(index * length, (index + 1) * length)));
  }

  /** Frees it once the runs under way have ended. */
  release(): Promise<void> {
    return this.session.release();
  }

  async #run(count: number, values: Float32Array): Promise<Float32Array> {
    const { name, axes } = this.input;
    const answer = await this.session.run({ [name]: tensor('float32', [count, ...axes], values) }, [this.output]);
    const scores = answer[this.output]?.data;
    if (!(scores instanceof Float32Array))
      throw new SignAnswerError({ model: this.name, problem: 'no float32 scores' });
    return scores;
  }

  #toScores(raw: Float32Array): Float32Array {
    if (!raw.every((value) => Number.isFinite(value)))
      throw new SignAnswerError({ model: this.name, problem: 'scores that are no finite numbers' });
    const { activation, temperature } = this.card;
    if (activation === 'probabilities') return raw.map((value) => Math.min(1, Math.max(0, value)));
    let most = Number.NEGATIVE_INFINITY;
    for (const value of raw) most = Math.max(most, value);
    const scores = raw.map((value) => Math.exp((value - most) / temperature));
    let sum = 0;
    for (const score of scores) sum += score;
    return scores.map((score) => score / sum);
  }
}

interface ModelInput {
  readonly name: string;
  /** Without that of the batch. */
  readonly axes: readonly number[];
  readonly size: number;
  readonly takesSeveral: boolean;
}

function inputOf(model: string, { features }: SignModelCard, inputs: readonly ValueInfo[]): ModelInput {
  const [input, ...others] = inputs;
  const fitting = FITTING[features];
  const axes = fitting.find((expected) => input !== undefined && others.length === 0 && takes(input, expected));
  if (input === undefined || axes === undefined) {
    const shapes = fitting.flatMap((shape) => [`[N, ${shape.join(', ')}]`, `[1, ${shape.join(', ')}]`]);
    throw new SignModelInputError({ model, found: shapesOf(inputs), features, fitting: shapes.join(' or ') });
  }
  const size = axes.reduce((product, axis) => product * axis, 1);
  return { name: input.name, axes, size, takesSeveral: input.dims[0] !== 1 };
}

/** Axes that the model leaves open take what is fed. */
function takes({ type, dims, anyRank }: ValueInfo, axes: readonly number[]): boolean {
  const [batch, ...rest] = dims;
  if (type !== 'float32' || anyRank === true || rest.length !== axes.length) return false;
  return (
    (typeof batch !== 'number' || batch === 1) && rest.every((dim, at) => typeof dim !== 'number' || dim === axes[at])
  );
}

/** The one output; what it holds is seen by running it, where it does not say. */
function outputOf(model: string, labels: number, outputs: readonly ValueInfo[]): string {
  const [output, ...others] = outputs;
  const last = output?.dims.at(-1);
  const fits = output?.type === 'float32' && (typeof last !== 'number' || last === labels);
  if (output === undefined || others.length > 0 || !fits)
    throw new SignModelOutputError({ model, found: shapesOf(outputs), labels });
  return output.name;
}

function shapesOf(values: readonly ValueInfo[]): string {
  const shapes = values.slice(0, 4).map(({ name, type, dims }) => `"${name}" of ${type} ${showDims(dims)}`);
  return `${shapes.join(', ') || 'nothing'}${values.length > 4 ? ' and more' : ''}`;
}
