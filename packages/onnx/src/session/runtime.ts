import { serviceId, type Logger, type ServiceIdentifier } from '@kinegraph/core/plugin';
import type { OnnxTensors, ValueInfo } from '../tensor/index.js';

/**
 * Where a model runs. `cpu` is there always (WASM in a browser); the others depend on the machine: `cuda` and `tensorrt`
 * on Linux with NVIDIA's libraries, `coreml` on macOS, `directml` on Windows, `webgpu` where there is an adapter.
 */
export const PROVIDERS = ['cpu', 'cuda', 'tensorrt', 'coreml', 'directml', 'webgpu'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** How to open a model. */
export interface SessionOptions {
  /** What to call the model in errors. Left out: its path, its URL without what may be a secret, or `model`. */
  readonly name?: string;
  /**
   * In order of preference: the first that works is used. Left out: `cpu`; in a browser `webgpu` where there is an
   * adapter, else `cpu`.
   */
  readonly providers?: readonly Provider[];
  /** When no provider works: use the CPU, with one warning (true, the default), or throw (false). */
  readonly fallBack?: boolean;
  /** Threads of one run, from 1. Left out: 1. Several nodes in several workers beat one node with several threads. */
  readonly threads?: number;
  /**
   * Whether threads that wait for work keep their core busy: a little faster per run, at the cost of all else. Left out:
   * false. Of no effect with 1 thread.
   */
  readonly spinning?: boolean;
  /** Bytes of files that the model keeps its weights in, by the location it names; on Node a path finds them by itself. */
  readonly externalData?: Readonly<Record<string, Uint8Array>>;
  /**
   * Refuse a model of which a single input, output or the weights together take more bytes than this, before anything is
   * allocated. Left out: 2 GiB.
   */
  readonly maxBytes?: number;
  /**
   * Run with the session before it is handed out: a provider that starts and then fails to run the model (`RunFailedError`) is
   * given up as one that does not start. Whatever else it throws ends the opening, and the session is released.
   */
  readonly warmUp?: (session: OnnxSession) => Promise<void>;
  /** Told of providers that are not used, and why. */
  readonly logger?: Logger;
}

/** A model that is ready to run. */
export interface OnnxSession {
  /** What it was opened on. */
  readonly provider: Provider;
  /** Name and version of the runtime. */
  readonly runtime: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /**
   * Runs the model once; runs of one session come one after the other. On Node the thread is blocked meanwhile.
   *
   * A tensor object that is fed again costs no new wrapper: keep it and write into its data. Data may lie in shared
   * memory, at the price of a copy.
   * @param feeds - one tensor for each input; read only
   * @param fetches - tensors to write outputs into, whose dims must be those that come out; or the names of outputs to give
   *   in new tensors. Left out: all outputs, in new tensors
   * @returns the outputs; where tensors were given, these very ones
   * @throws InputMissingError, NoSuchValueError, TensorMisfitError, ElementTypeError, ShapeError, RunFailedError,
   *   SessionReleasedError
   */
  run(feeds: OnnxTensors, fetches?: OnnxTensors | readonly string[]): Promise<OnnxTensors>;
  /** Frees the model once the run under way has ended. Releasing twice does nothing. */
  release(): Promise<void>;
}

/** Opens models. Runtimes load their own code with the first model. */
export interface OnnxRuntime {
  /**
   * @param model - the bytes of an ONNX file, or where it is: a path on Node, a URL in a browser
   * @throws ModelFileError, NotAModelError, ModelTruncatedError, ExternalDataError, ModelTooNewError, TooLargeError,
   *   ModelRefusedError, ProviderError, RuntimeMissingError, AbortedError
   */
  open(model: Uint8Array | string, options?: SessionOptions, signal?: AbortSignal): Promise<OnnxSession>;
}
export const OnnxRuntime: ServiceIdentifier<OnnxRuntime> = serviceId('onnx.OnnxRuntime');
