import { KinegraphError } from '@kinegraph/core/plugin';

/** The element type, dims and data of a tensor contradict each other. */
export class TensorMisfitError extends KinegraphError {
  override readonly name = 'TensorMisfitError';
  readonly code = 'ONNX_TENSOR_MISFIT';
  constructor(override readonly data: { name: string; problem: string }) {
    super(
      `Tensor "${data.name}" ${data.problem}. Give whole dims from 0, and as many elements as they make, in an array of the element type.`,
    );
  }
}

/** A file that cannot be had. */
export class ModelFileError extends KinegraphError {
  override readonly name = 'ModelFileError';
  readonly code = 'ONNX_FILE_UNREADABLE';
  constructor(
    override readonly data: { model: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(`Model file "${data.model}" cannot be read: ${data.reason}. Give the path of an ONNX file.`, options);
  }
}

/** Bytes that are no ONNX file, or a damaged one. */
export class NotAModelError extends KinegraphError {
  override readonly name = 'NotAModelError';
  readonly code = 'ONNX_NOT_A_MODEL';
  constructor(override readonly data: { model: string; problem: string }) {
    super(
      `Model "${data.model}" is not a sound ONNX file: ${data.problem}. Give a file that was exported as ONNX, or fetch it anew.`,
    );
  }
}

/** A sound ONNX file with parts that cannot be taken apart and written anew. */
export class ModelNotDecodableError extends KinegraphError {
  override readonly name = 'ModelNotDecodableError';
  readonly code = 'ONNX_NOT_DECODABLE';
  constructor(override readonly data: { model: string; problem: string }) {
    super(
      `Model "${data.model}" cannot be taken apart: ${data.problem}. Only models with all weights inside, as plain tensors, can.`,
    );
  }
}

/** An ONNX file whose end is missing. */
export class ModelTruncatedError extends KinegraphError {
  override readonly name = 'ModelTruncatedError';
  readonly code = 'ONNX_TRUNCATED';
  constructor(override readonly data: { model: string; bytes: number; problem: string }) {
    super(
      `Model "${data.model}" breaks off after ${data.bytes} bytes: ${data.problem}. Fetch or copy the whole file again.`,
    );
  }
}

/** Weights that lie in other files, which are not there. */
export class ExternalDataError extends KinegraphError {
  override readonly name = 'ExternalDataError';
  readonly code = 'ONNX_EXTERNAL_DATA_MISSING';
  constructor(override readonly data: { model: string; files: readonly string[]; problem: string }) {
    super(
      `Model "${data.model}" keeps weights in ${listed(data.files)}: ${data.problem}. ` +
        `Put the files beside the model and open it by its path, or export it as a single file.`,
    );
  }
}

/** A model in a newer form, or with newer operators, than the runtime knows. */
export class ModelTooNewError extends KinegraphError {
  override readonly name = 'ModelTooNewError';
  readonly code = 'ONNX_TOO_NEW';
  constructor(
    override readonly data: { model: string; runtime: string; what: string; version: number; supported: number },
    options?: ErrorOptions,
  ) {
    super(
      `Model "${data.model}" has ${data.what} ${data.version}, but ${data.runtime} knows it up to ${data.supported}. ` +
        `Export it with ${data.what} ${data.supported} or lower.`,
      options,
    );
  }
}

/** More memory than a model, an input or a tensor may take. Refused before it is allocated. */
export class TooLargeError extends KinegraphError {
  override readonly name = 'TooLargeError';
  readonly code = 'ONNX_TOO_LARGE';
  constructor(override readonly data: { what: string; bytes: number; maxBytes: number }) {
    super(
      `${data.what} would take ${data.bytes} bytes, but no more than ${data.maxBytes} are allowed. ` +
        `Use a smaller size or a smaller model, or raise "maxBytes" where there is memory for it.`,
    );
  }
}

/** The runtime itself is not there, or not for this machine. */
export class RuntimeMissingError extends KinegraphError {
  override readonly name = 'RuntimeMissingError';
  readonly code = 'ONNX_RUNTIME_MISSING';
  constructor(
    override readonly data: { runtime: string; platform: string; allowed: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `${data.runtime} does not load on ${data.platform}: ${data.reason}. It runs on ${data.allowed}. Reinstall the packages on this machine, or use another one.`,
      options,
    );
  }
}

/** An execution provider is not part of the runtime, or does not start on this machine. */
export class ProviderError extends KinegraphError {
  override readonly name = 'ProviderError';
  readonly code = 'ONNX_PROVIDER_ABSENT';
  constructor(
    override readonly data: { model: string; provider: string; reason: string; available: readonly string[] },
    options?: ErrorOptions,
  ) {
    super(
      `Model "${data.model}" cannot run on provider "${data.provider}": ${data.reason}. The runtime here has ${listed(data.available)}. ` +
        `Choose one of these, or install what "${data.provider}" needs.`,
      options,
    );
  }
}

/** The runtime does not take the model: an operator it lacks, a graph that does not fit together. */
export class ModelRefusedError extends KinegraphError {
  override readonly name = 'ModelRefusedError';
  readonly code = 'ONNX_MODEL_REFUSED';
  constructor(
    override readonly data: { model: string; runtime: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `${data.runtime} refuses model "${data.model}": ${data.reason}. Export it anew with operators that this runtime has.`,
      options,
    );
  }
}

/** A name that is none of the model's inputs or outputs. */
export class NoSuchValueError extends KinegraphError {
  override readonly name = 'NoSuchValueError';
  readonly code = 'ONNX_NO_SUCH_VALUE';
  constructor(
    override readonly data: { model: string; side: 'input' | 'output'; value: string; allowed: readonly string[] },
  ) {
    super(
      `Model "${data.model}" has no ${data.side} "${data.value}". It has ${listed(data.allowed)}. Use one of these names.`,
    );
  }
}

/** An input of the model was left out. */
export class InputMissingError extends KinegraphError {
  override readonly name = 'InputMissingError';
  readonly code = 'ONNX_INPUT_MISSING';
  constructor(override readonly data: { model: string; input: string; inputs: readonly string[] }) {
    super(
      `Model "${data.model}" was run without its input "${data.input}". It takes ${listed(data.inputs)}. Feed a tensor for each.`,
    );
  }
}

/** A tensor whose element type is not that of the model's input or output. */
export class ElementTypeError extends KinegraphError {
  override readonly name = 'ElementTypeError';
  readonly code = 'ONNX_WRONG_TYPE';
  constructor(
    override readonly data: { model: string; side: 'input' | 'output'; value: string; type: string; expected: string },
  ) {
    super(
      `The ${data.side} "${data.value}" of model "${data.model}" holds ${data.expected} elements, but the tensor given has ${data.type}. ` +
        `Convert it to ${data.expected}.`,
    );
  }
}

/** A tensor whose dims are not those of the model's input or output. */
export class ShapeError extends KinegraphError {
  override readonly name = 'ShapeError';
  readonly code = 'ONNX_WRONG_SHAPE';
  constructor(
    override readonly data: {
      model: string;
      side: 'input' | 'output';
      value: string;
      dims: readonly number[];
      expected: readonly (number | string | null)[];
    },
  ) {
    super(
      `The ${data.side} "${data.value}" of model "${data.model}" is ${showDims(data.expected)}, but the tensor given is ${showDims(data.dims)}. ` +
        `Give as many elements on each axis as the model says; those that it names take any number.`,
    );
  }
}

/** The runtime failed in the middle of a run. The session stays usable, unless it says so again. */
export class RunFailedError extends KinegraphError {
  override readonly name = 'RunFailedError';
  readonly code = 'ONNX_RUN_FAILED';
  constructor(
    override readonly data: { model: string; runtime: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `${data.runtime} failed to run model "${data.model}": ${data.reason}. Look at the size and content of what it was fed; if it comes again, report it with the model.`,
      options,
    );
  }
}

/** A session was used after its end. */
export class SessionReleasedError extends KinegraphError {
  override readonly name = 'SessionReleasedError';
  readonly code = 'ONNX_SESSION_RELEASED';
  constructor(override readonly data: { model: string }) {
    super(`The session of model "${data.model}" was run after it had been released. Open another one.`);
  }
}

/** Dims as people write them; a size that nothing is known of is `?`. */
export function showDims(dims: readonly (number | string | null)[]): string {
  return `[${dims.map((dim) => dim ?? '?').join(', ')}]`;
}

/** Names in quotes, for a sentence. */
export function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
}
