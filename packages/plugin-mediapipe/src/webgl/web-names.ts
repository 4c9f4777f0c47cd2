import { PixelCanvas } from './pixel-canvas.js';
import { PixelContext } from './pixel-context.js';

/** What `ImageData` stands for here: a name to test against. Landmarkers hand none out. */
class ImageDataName {}
/** WebGL 1: our contexts are of version 2, so nothing is an instance of it. */
class WebGL1Name {}

/**
 * The browser's names that MediaPipe's JavaScript and Emscripten's read. Emscripten asks on every frame whether a context
 * is a `WebGLRenderingContext`, so the names stay for as long as a landmarker lives.
 */
const WEB_NAMES: Readonly<Record<string, unknown>> = {
  self: globalThis,
  ImageData: ImageDataName,
  OffscreenCanvas: PixelCanvas,
  WebGLRenderingContext: WebGL1Name,
  WebGL2RenderingContext: PixelContext,
};

let users = 0;
let installed: readonly string[] = [];

/**
 * Adds the missing ones of the names to this thread's global scope, and takes them away when the last user disposes of
 * its handle. Names that exist are left alone. Meant for worker threads, whose global scope is theirs alone.
 */
export function installWebNames(): Disposable {
  if (users === 0) {
    installed = Object.keys(WEB_NAMES).filter((name) => !(name in globalThis));
    for (const name of installed)
      Object.defineProperty(globalThis, name, { value: WEB_NAMES[name], configurable: true, writable: true });
  }
  users += 1;
  let isDisposed = false;
  return {
    [Symbol.dispose](): void {
      if (isDisposed) return;
      isDisposed = true;
      users -= 1;
      if (users > 0) return;
      for (const name of installed) Reflect.deleteProperty(globalThis, name);
      installed = [];
    },
  };
}
