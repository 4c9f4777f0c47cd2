import { showDims, tensor } from '@kinegraph/onnx';
import type { ModelInfo, OnnxSession, OnnxTensor } from '@kinegraph/onnx';
import { LiftModelError } from '../../errors.js';
import { FRAME_FLOATS, KEYPOINTS } from '../../lift/index.js';
import type { JointOrder } from '../../lift/joint-orders.js';
import type { LiftConfig } from './lift-config.js';

const JOINT_FLOATS = KEYPOINTS * 3;
/** What the metadata of a model may say of itself. */
const KEYS = { coordinates: 'kinegraph.coordinates', keypoints: 'kinegraph.keypoints', joints: 'kinegraph.joints' };

/** An open model that has shown what it takes and gives. */
export class LiftModel {
  private constructor(
    /** What to call it in errors. */
    readonly name: string,
    readonly moments: number,
    readonly coordinates: 'person' | 'frame',
    readonly keypoints: JointOrder,
    readonly joints: JointOrder,
    private readonly session: OnnxSession,
    private readonly input: string,
    private readonly output: string,
    private readonly feed: OnnxTensor<'float32'>,
  ) {}

  /**
   * Sees that a model takes windows of 17 keypoints and gives 17 joints; runs it once on zeros.
   * @throws LiftModelError, and the session's errors
   */
  static async start(name: string, session: OnnxSession, info: ModelInfo, config: LiftConfig): Promise<LiftModel> {
    const [input, ...others] = session.inputs;
    const output = session.outputs[0];
    const told = { model: name, takes: tell(session.inputs), gives: tell(session.outputs) };
    const [batch, own, points, axes] = input?.dims ?? [];
    const moments = typeof own === 'number' ? own : config.moments;
    const fits =
      input?.dims.length === 4 &&
      others.length === 0 &&
      input.type === 'float32' &&
      (typeof batch !== 'number' || batch === 1) &&
      [points, axes].every((dim, index) => typeof dim !== 'number' || dim === [KEYPOINTS, 2][index]);
    if (input === undefined || output === undefined || moments === undefined || !fits) throw new LiftModelError(told);
    if (config.moments !== undefined && config.moments !== moments)
      throw new LiftModelError({ ...told, takes: `${told.takes}, not ${config.moments} moments as "moments" says` });
    const feed = tensor('float32', [1, moments, KEYPOINTS, 2]);
    const says = <Value extends string>(key: string, values: readonly Value[]): Value | undefined =>
      values.find((value) => value === info.metadata.get(key));
    const orders = ['coco', 'h36m'] as const;
    const model = new LiftModel(
      name,
      moments,
      config.coordinates ?? says(KEYS.coordinates, ['person', 'frame']) ?? 'frame',
      config.keypoints ?? says(KEYS.keypoints, orders) ?? 'coco',
      config.joints ?? says(KEYS.joints, orders) ?? 'coco',
      ...([session, input.name, output.name, feed] as const),
    );
    const answer = (await session.run({ [input.name]: feed }, [output.name]))[output.name];
    const gives = answer === undefined ? told.gives : `${showDims(answer.dims)} ${answer.type}`;
    const isOfJoints = answer?.type === 'float32' && answer.data.length === JOINT_FLOATS && answer.dims.at(-1) === 3;
    if (!isOfJoints) throw new LiftModelError({ ...told, gives });
    return model;
  }

  /**
   * @param window - [moments, 17, 2] in the model's order and coordinates
   * @returns [17, 3] in the model's order; undefined where a number is not finite
   */
  async lift(window: Float32Array): Promise<Float32Array | undefined> {
    this.feed.data.set(window);
    const answer = (await this.session.run({ [this.input]: this.feed }, [this.output]))[this.output];
    if (!(answer?.data instanceof Float32Array) || answer.data.length !== JOINT_FLOATS) return undefined;
    return answer.data.every(Number.isFinite) ? answer.data : undefined;
  }

  /** Floats of a window. */
  get windowFloats(): number {
    return this.moments * FRAME_FLOATS;
  }
}

function tell(values: OnnxSession['inputs']): string {
  return (
    values.map(({ name, type, dims }) => `"${name}" ${showDims(dims.map((dim) => dim ?? 'any'))} ${type}`).join(', ') ||
    'nothing'
  );
}
