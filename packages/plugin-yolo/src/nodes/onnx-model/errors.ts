import { KinegraphError } from '@kinegraph/core/plugin';

/** The declared pre-processing does not make what the model takes. */
export class InputMisfitError extends KinegraphError {
  override readonly name = 'InputMisfitError';
  readonly code = 'ONNX_INPUT_MISFIT';
  /** @param mend - a whole sentence */
  constructor(
    override readonly data: { model: string; input: string; takes: string; given: string },
    mend: string,
  ) {
    super(`Input "${data.input}" of model "${data.model}" takes ${data.takes}, but is given ${data.given}. ${mend}`);
  }
}

/** It is not clear which input takes the picture, or what others are fed with. */
export class InputChoiceError extends KinegraphError {
  override readonly name = 'InputChoiceError';
  readonly code = 'ONNX_INPUT_CHOICE';
  constructor(override readonly data: { model: string; inputs: readonly string[]; open: readonly string[] }) {
    const names = (list: readonly string[]): string => list.map((name) => `"${name}"`).join(', ') || 'none';
    super(
      `Model "${data.model}" has the inputs ${names(data.inputs)}, and without a value are ${names(data.open)}. ` +
        `Exactly one can take the picture: name it as "input", and give every other one a value in "constants".`,
    );
  }
}

/** An output is asked for that no wire can carry, or there is none that it could. */
export class OutputKindError extends KinegraphError {
  override readonly name = 'OutputKindError';
  readonly code = 'ONNX_OUTPUT_KIND';
  constructor(override readonly data: { model: string; output: string; kind: string; allowed: readonly string[] }) {
    super(
      `Output "${data.output}" of model "${data.model}" is of the kind "${data.kind}", which no wire carries. ` +
        `Name only these as "outputs": ${data.allowed.map((name) => `"${name}"`).join(', ') || 'there are none, so export the model with others'}.`,
    );
  }
}

/** NaN or infinity in what a model gave; costs the packet. */
export class NotFiniteError extends KinegraphError {
  override readonly name = 'NotFiniteError';
  readonly code = 'ONNX_NOT_FINITE';
  constructor(
    override readonly data: { model: string; output: string; value: string; at: number; dims: readonly number[] },
  ) {
    super(
      `Model "${data.model}" gave ${data.value} as element ${data.at} of output "${data.output}" [${data.dims.join(', ')}], and no answer for this packet goes on. ` +
        `Compare scale, mean and std with how the model was trained; where such values mean something, set "notFinite" to "keep".`,
    );
  }
}

/** What came in is no picture that the node can feed. */
export class PictureFormatError extends KinegraphError {
  override readonly name = 'PictureFormatError';
  readonly code = 'ONNX_PICTURE_FORMAT';
  constructor(override readonly data: { node: string; found: string }) {
    super(
      `Node "${data.node}" got ${data.found}, but takes frames of raw pixels (rgba8, rgb8, gray8) and windows of one or more of them. ` +
        `Put a "core.transform.decode" node in front of it.`,
    );
  }
}
