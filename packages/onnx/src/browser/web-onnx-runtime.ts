import { AbortedError, errorMessage, withoutSecrets } from '@kinegraph/core/plugin';
import type * as Ort from 'onnxruntime-web';
import { ModelFileError, RuntimeMissingError } from '../errors.js';
import {
  openSession,
  type OnnxRuntime,
  type OnnxSession,
  type OrtEngine,
  type Provider,
  type SessionOptions,
} from '../session/index.js';

/** Where the runtime finds its own files. */
export interface WebRuntimeSetup {
  /** Folder (URL, with a slash at its end) of the `.wasm` files of onnxruntime-web. Left out: beside its script. */
  readonly wasmFolder?: string;
}

interface Build {
  readonly load: () => Promise<typeof Ort>;
  readonly providers: OrtEngine['providers'];
}

/** Two builds: the one with WebGPU can be paused in the middle, which makes its CPU code several times slower. */
const BUILDS = {
  webGpu: { load: () => import('onnxruntime-web/webgpu'), providers: { webgpu: 'webgpu' } },
  wasm: { load: () => import('onnxruntime-web/wasm'), providers: { cpu: 'wasm' } },
} satisfies Record<string, Build>;

/** Runs models on WebGPU or on WASM in a page, a worker, or on Node (WASM only). */
export class WebOnnxRuntime implements OnnxRuntime {
  readonly #engines = new Map<Build, Promise<OrtEngine>>();

  constructor(private readonly setup: WebRuntimeSetup = {}) {}

  async open(model: Uint8Array | string, options: SessionOptions = {}, signal?: AbortSignal): Promise<OnnxSession> {
    const name = options.name ?? (typeof model === 'string' ? withoutSecrets(model) : 'model');
    const providers = options.providers ?? (hasWebGpu() ? ['webgpu', 'cpu'] : ['cpu']);
    const bytes = typeof model === 'string' ? await fetchModel(name, model, signal) : model;
    const engineFor = (provider: Provider): Promise<OrtEngine> => this.#engine(provider, options.threads ?? 1);
    return openSession(engineFor, { name, bytes, providers, options, signal });
  }

  #engine(provider: Provider, threads: number): Promise<OrtEngine> {
    const build = provider === 'webgpu' && hasWebGpu() ? BUILDS.webGpu : BUILDS.wasm;
    const known = this.#engines.get(build);
    if (known !== undefined) return known;
    const engine = this.#load(build, threads);
    this.#engines.set(build, engine);
    return engine;
  }

  async #load(build: Build, threads: number): Promise<OrtEngine> {
    try {
      const ort = await build.load();
      // The threads of WASM are those of its module: the first model says how many.
      ort.env.wasm.numThreads = threads;
      if (this.setup.wasmFolder !== undefined) ort.env.wasm.wasmPaths = this.setup.wasmFolder;
      if (ort.env.logLevel === 'warning') ort.env.logLevel = 'fatal';
      return {
        name: `onnxruntime-web ${ort.env.versions.web ?? ort.env.versions.common}`,
        Tensor: ort.Tensor,
        writesOutputs: false,
        providers: build.providers,
        create: (model, options) =>
          typeof model === 'string'
            ? ort.InferenceSession.create(model, options)
            : ort.InferenceSession.create(model, options),
      };
    } catch (error) {
      this.#engines.delete(build); // it may load with the next model
      const reason = errorMessage(error).split('\n', 1)[0] ?? '';
      const allowed = 'browsers with WebAssembly and SIMD, and Node';
      throw new RuntimeMissingError(
        { runtime: 'onnxruntime-web', platform: 'this page', allowed, reason },
        { cause: error },
      );
    }
  }
}

async function fetchModel(name: string, url: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    const response = await fetch(url, signal === undefined ? {} : { signal });
    if (!response.ok) throw new TypeError(`the server answers ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (signal?.aborted === true) throw new AbortedError({ what: `Fetching model "${name}"` }, { cause: error });
    throw new ModelFileError({ model: name, reason: withoutSecrets(errorMessage(error)) }, { cause: error });
  }
}

function hasWebGpu(): boolean {
  const { navigator } = globalThis as { navigator?: { gpu?: unknown } };
  return navigator?.gpu !== undefined && navigator.gpu !== null;
}
