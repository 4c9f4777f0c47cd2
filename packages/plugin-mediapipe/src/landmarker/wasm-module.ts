import { createRequire } from 'node:module';
import { installWebNames } from '../webgl/index.js';

/** Takes the lines that the native code writes. */
export type GraphLineListener = (line: string) => void;

/** Emscripten's loader and MediaPipe's own script find each other through these globals. */
interface LoaderGlobals {
  /** Written, never read; left behind as undefined. */
  Module?: unknown;
  ModuleFactory?: ((options: Readonly<Record<string, unknown>>) => Promise<object>) | undefined;
  custom_dbg?: unknown;
  /** Called by the WASM for warnings where it exists; without it they go to the console. */
  dbg?: GraphLineListener | undefined;
}

/** Who gets the warnings that come without an instance: the landmarker that was called last in this thread. */
let lineListener: GraphLineListener | undefined;

/** Warnings from now on, until the next call, are this listener's. */
export function listenToGraph(listener: GraphLineListener): void {
  lineListener = listener;
}

/** Warnings are nobody's again, if they were this listener's. */
export function stopListeningToGraph(listener: GraphLineListener): void {
  if (lineListener === listener) lineListener = undefined;
}

const hearLine: GraphLineListener = (line) => lineListener?.(line);

/** Landmarkers that live in this thread. */
let landmarkers = 0;

/** The names that MediaPipe needs in this thread's global scope; disposing takes them away with the last user's. */
export function installGraphGlobals(): Disposable {
  const webNames = installWebNames();
  const globals = globalThis as LoaderGlobals;
  globals.dbg = hearLine;
  landmarkers += 1;
  return {
    [Symbol.dispose](): void {
      webNames[Symbol.dispose]();
      landmarkers -= 1;
      if (landmarkers === 0) delete globals.dbg;
    },
  };
}

/**
 * Calls `create`, a task's `createFromOptions`, with the WASM from the installed package. MediaPipe takes the module
 * factory from a global during the call and never again.
 * @param listener - takes what the module writes to its standard output and error.
 */
export async function createWithWasm<T>(
  listener: GraphLineListener,
  create: (fileset: { wasmLoaderPath: string; wasmBinaryPath: string }) => Promise<T>,
): Promise<T> {
  const { default: createModule } = await import('@mediapipe/tasks-vision/vision_wasm_module_internal.js');
  const wasmBinaryPath = createRequire(import.meta.url).resolve(
    '@mediapipe/tasks-vision/vision_wasm_module_internal.wasm',
  );
  const globals = globalThis as LoaderGlobals;
  delete globals.custom_dbg; // left behind by the loader's first import, used by nobody
  globals.ModuleFactory = (options) => createModule({ ...options, print: listener, printErr: listener });
  try {
    return await create({ wasmLoaderPath: '', wasmBinaryPath }); // no loader path: the factory is there already
  } finally {
    delete globals.ModuleFactory;
    delete globals.Module;
  }
}
