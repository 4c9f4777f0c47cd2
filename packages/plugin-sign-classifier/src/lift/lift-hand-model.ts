import { showDims, tensor } from '@kinegraph/onnx';
import type { OnnxSession, OnnxTensor } from '@kinegraph/onnx';
import { LiftHandAnswerError, LiftHandModelError } from './errors.js';
import { LIFT_POINTS } from './hand-coordinates.js';

const JOINT_FLOATS = LIFT_POINTS * 3;

/** An open lift that has shown what it takes and gives. */
export class LiftHandModel {
  private constructor(
    private readonly name: string,
    /** Of a window. */
    readonly moments: number,
    private readonly session: OnnxSession,
    private readonly input: string,
    private readonly output: string,
    private readonly feed: OnnxTensor<'float32'>,
  ) {}

  /**
   * Runs a model once on zeros to see that it fits.
   * @throws LiftHandModelError, and the session's errors
   */
  static async start(name: string, session: OnnxSession): Promise<LiftHandModel> {
    const [input, ...others] = session.inputs;
    const output = session.outputs[0];
    const told = { model: name, takes: tell(session.inputs), gives: tell(session.outputs) };
    const [batch, moments, points, axes] = input?.dims ?? [];
    const fits =
      input?.dims.length === 4 &&
      others.length === 0 &&
      input.type === 'float32' &&
      (typeof batch !== 'number' || batch === 1) &&
      points === LIFT_POINTS &&
      axes === 2;
    if (!fits || output === undefined || typeof moments !== 'number') throw new LiftHandModelError(told);
    const feed = tensor('float32', [1, moments, LIFT_POINTS, 2]);
    const answer = (await session.run({ [input.name]: feed }, [output.name]))[output.name];
    if (answer?.type !== 'float32' || answer.data.length !== JOINT_FLOATS || answer.dims.at(-1) !== 3)
      throw new LiftHandModelError({
        ...told,
        gives: answer === undefined ? told.gives : `${showDims(answer.dims)} ${answer.type}`,
      });
    return new LiftHandModel(name, moments, session, input.name, output.name, feed);
  }

  /**
   * @param window - [moments, 21, 2] in the hand's own coordinates
   * @returns [21, 3] in metres
   * @throws LiftHandAnswerError, and the session's errors
   */
  async lift(window: Float32Array): Promise<Float32Array> {
    this.feed.data.set(window);
    const answer = (await this.session.run({ [this.input]: this.feed }, [this.output]))[this.output];
    const isSound = answer?.data instanceof Float32Array && answer.data.length === JOINT_FLOATS;
    if (!isSound || !answer.data.every(Number.isFinite)) throw new LiftHandAnswerError({ model: this.name });
    return answer.data;
  }
}

function tell(values: OnnxSession['inputs']): string {
  const told = values.map(({ name, type, dims }) => `"${name}" ${showDims(dims.map((dim) => dim ?? 'any'))} ${type}`);
  return told.join(', ') || 'nothing';
}
