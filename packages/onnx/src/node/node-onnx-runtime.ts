import { errorMessage } from '@kinegraph/core/plugin';
import { RuntimeMissingError } from '../errors.js';
import {
  openSession,
  type OnnxRuntime,
  type OnnxSession,
  type OrtEngine,
  type Provider,
  type SessionOptions,
} from '../session/index.js';

/** The platforms that onnxruntime-node brings binaries for. */
const PLATFORMS = 'linux-x64, linux-arm64, darwin-arm64, win32-x64 and win32-arm64';

/** What the runtime calls our providers. */
const ORT_NAMES: Readonly<Record<Provider, string>> = {
  cpu: 'cpu',
  cuda: 'cuda',
  tensorrt: 'tensorrt',
  coreml: 'coreml',
  directml: 'dml',
  webgpu: 'webgpu',
};

let loading: Promise<OrtEngine> | undefined;

/** Loads the native code once in a thread: tens of megabytes that only those who open a model should pay for. */
function nativeEngine(): Promise<OrtEngine> {
  loading ??= loadNative();
  return loading;
}

async function loadNative(): Promise<OrtEngine> {
  try {
    const ort = await import('onnxruntime-node');
    // What goes wrong is thrown and told once; on its own the runtime writes it to standard error as well.
    if (ort.env.logLevel === 'warning') ort.env.logLevel = 'fatal';
    const built = new Set(ort.listSupportedBackends().map((backend) => backend.name));
    const providers = Object.entries(ORT_NAMES).filter(([, name]) => built.has(name));
    return {
      name: `onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}`,
      Tensor: ort.Tensor,
      writesOutputs: true,
      providers: Object.fromEntries(providers),
      create: (model, options) =>
        typeof model === 'string'
          ? ort.InferenceSession.create(model, options)
          : ort.InferenceSession.create(model, options),
    };
  } catch (error) {
    loading = undefined; // reinstalled meanwhile, it loads with the next model
    const platform = `${process.platform}-${process.arch}`;
    const reason = errorMessage(error).split('\n', 1)[0] ?? '';
    throw new RuntimeMissingError(
      { runtime: 'onnxruntime-node', platform, allowed: PLATFORMS, reason },
      { cause: error },
    );
  }
}

class NodeOnnxRuntime implements OnnxRuntime {
  open(model: Uint8Array | string, options: SessionOptions = {}, signal?: AbortSignal): Promise<OnnxSession> {
    const name = options.name ?? (typeof model === 'string' ? model : 'model');
    return openSession(nativeEngine, { name, model, providers: options.providers ?? ['cpu'], options, signal });
  }
}

/** Runs models with onnxruntime's native code, in the thread that opens them. */
export const nodeOnnxRuntime: OnnxRuntime = new NodeOnnxRuntime();
