import { statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, errorMessage } from '@kinegraph/core/plugin';
import { ModelFileError, RuntimeMissingError, TooLargeError } from '../errors.js';
import {
  openSession,
  type OnnxRuntime,
  type OnnxSession,
  type OrtEngine,
  type Provider,
  type SessionOptions,
} from '../session/index.js';
import { MAX_BYTES } from '../tensor/index.js';

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

// onnxruntime reports its use to its maker unless told not to. Native code does not see what a worker sets, so this happens as
// soon as a program has this module, before any worker of it loads the runtime.
process.env['ORT_DISABLE_TELEMETRY'] ??= '1';

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
  async open(model: Uint8Array | string, options: SessionOptions = {}, signal?: AbortSignal): Promise<OnnxSession> {
    const providers = options.providers ?? ['cpu'];
    if (typeof model !== 'string') {
      return openSession(nativeEngine, { name: options.name ?? 'model', bytes: model, providers, options, signal });
    }
    const name = options.name ?? model;
    const file = { path: model, hasNeighbour: (location: string) => hasNeighbour(model, location) };
    return openSession(nativeEngine, { name, bytes: await readModel(name, model), file, providers, options, signal });
  }
}

/** A protobuf message, and what one read answers with, end at 2 GiB. */
async function readModel(name: string, file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) throw new TooLargeError({ what: `Model file "${name}"`, bytes: size, maxBytes: MAX_BYTES });
    return await readFile(file);
  } catch (error) {
    if (error instanceof TooLargeError) throw error;
    throw new ModelFileError({ model: name, reason: fileReason(error) }, { cause: error });
  }
}

function fileReason(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  return errorMessage(error);
}

/** Weights are looked for beside the model and below, wherever a model says they are. */
function hasNeighbour(model: string, location: string): boolean {
  const folder = path.dirname(path.resolve(model));
  const file = path.resolve(folder, location);
  const isInside = file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
  return isInside && !path.isAbsolute(location) && (statSync(file, { throwIfNoEntry: false })?.isFile() ?? false);
}

/** Runs models with onnxruntime's native code, in the thread that opens them. */
export const nodeOnnxRuntime: OnnxRuntime = new NodeOnnxRuntime();
