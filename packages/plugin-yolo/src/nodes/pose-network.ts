import type { LetterboxAnchor, PixelImage, PixelKernel, Skeleton } from '@kinegraph/core/plugin';
import { showDims } from '@kinegraph/onnx';
import type { OnnxSession, OnnxTensors } from '@kinegraph/onnx';
import { keepBest, selectCandidates, toPeople } from '../decode/index.js';
import type { PeopleAndBoxes } from '../decode/index.js';
import { ModelAnswerError, ModelInputError, NotAPoseModelError, SkeletonMisfitError } from '../errors.js';
import { createFrameInput, planInput, shorten, tellValues } from '../model/index.js';
import type { ExportMetadata, FrameInput, InputPlan, InputType, LayoutHints } from '../model/index.js';
import { PoseOutput } from './pose-output.js';

/** What a network is made of. */
export interface PoseNetworkParts {
  /** What to call the model in errors. */
  readonly model: string;
  /** Stays the caller's. */
  readonly session: OnnxSession;
  readonly metadata: ExportMetadata;
  readonly skeleton: Pick<Skeleton, 'id' | 'points'>;
  readonly kernel: PixelKernel;
  readonly letterbox: LetterboxAnchor;
  /** Side of the input where the model leaves it open. */
  readonly size: number | undefined;
}

/** What is asked of a frame; may differ from frame to frame. */
export interface PoseLimits {
  readonly confidence: number;
  readonly iou: number;
  readonly maxPeople: number;
}

/** An open pose model that has shown what comes out of it. */
export class PoseNetwork {
  readonly #feeds: OnnxTensors;

  private constructor(
    private readonly parts: PoseNetworkParts,
    private readonly hints: LayoutHints,
    private readonly input: FrameInput & { readonly name: string },
    private output: PoseOutput,
  ) {
    this.#feeds = { [input.name]: input.tensor };
  }

  /**
   * Sees that a model finds poses of the skeleton. It is run once on a black picture: what comes out tells the sizes that a
   * model leaves open, and the first frame does not pay for what a runtime does once.
   * @throws NotAPoseModelError, SkeletonMisfitError, ModelInputError, ModelOutputsError, and the session's errors
   */
  static async start(parts: PoseNetworkParts): Promise<PoseNetwork> {
    const { model, session, metadata, skeleton } = parts;
    if (metadata.task !== undefined && metadata.task !== 'pose')
      throw new NotAPoseModelError({ model, task: shorten(metadata.task) });
    const skeletonPoints = skeleton.points.length;
    const points = metadata.keypointShape?.points ?? skeletonPoints;
    if (points !== skeletonPoints)
      throw new SkeletonMisfitError({ model, points, skeleton: skeleton.id, skeletonPoints });
    const { name, type, plan } = inputOf(parts);
    const input = createFrameInput(type, plan, parts.letterbox, parts.kernel);
    const hints = { ...metadata, skeletonPoints };
    const answer = await session.run({ [name]: input.tensor });
    return new PoseNetwork(parts, hints, { ...input, name }, PoseOutput.find(model, session.outputs, answer, hints));
  }

  /** What was found out about the model, for people. */
  get description(): string {
    const { form, classes, candidates } = this.output.layout;
    const { type, dims } = this.input.tensor;
    const { provider, runtime } = this.parts.session;
    return `input ${showDims(dims)} ${type}; ${form} output, ${candidates} candidates, ${classes} ${classes === 1 ? 'class' : 'classes'}; ${provider} of ${runtime}`;
  }

  /**
   * The people in a raw frame.
   * @param timestampMs - of the frame; its people have their identities of it.
   * @throws ModelAnswerError, PixelsMisfitError for encoded frames, and the session's errors
   */
  async detect(
    frame: PixelImage,
    { confidence, iou, maxPeople }: PoseLimits,
    timestampMs: number,
  ): Promise<PeopleAndBoxes> {
    const { model, session, skeleton, metadata } = this.parts;
    const letterbox = this.input.write(frame);
    const answer = await session.run(this.#feeds, this.output.fetches);
    if (!this.output.fits(answer)) this.output = PoseOutput.find(model, session.outputs, answer, this.hints);
    const { layout, table, selection } = this.output;
    const values = this.output.read(answer);
    selectCandidates(values, layout, confidence, table);
    if (table.notFinite > 0)
      throw new ModelAnswerError({ model, problem: `${table.notFinite} scores or boxes that are no finite numbers` });
    keepBest(table, layout.form === 'end-to-end' ? undefined : iou, maxPeople, selection);
    const found = toPeople(values, table, selection, letterbox, {
      layout,
      skeleton: skeleton.id,
      labels: metadata.names ?? [],
      timestampMs,
    });
    if (found === undefined) throw new ModelAnswerError({ model, problem: 'points that are no finite numbers' });
    return found;
  }
}

/** The one input of a model, and the size to run it at. @throws ModelInputError */
function inputOf({ model, session, metadata, size }: PoseNetworkParts): {
  readonly name: string;
  readonly type: InputType;
  readonly plan: InputPlan;
} {
  const [input, ...others] = session.inputs;
  const sides = input?.dims.map((dim) => dim ?? 'any');
  const plan = sides === undefined ? undefined : planInput(sides, { ...metadata, size });
  const type = input?.type;
  if (input === undefined || plan === undefined || others.length > 0 || (type !== 'float32' && type !== 'float16')) {
    const found = tellValues(session.inputs.map((value) => ({ ...value, shape: showDims(value.dims) })));
    throw new ModelInputError({ model, found: found || 'no input' });
  }
  return { name: input.name, type, plan };
}
