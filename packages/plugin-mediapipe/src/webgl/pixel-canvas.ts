import { PixelContextError, createPixelContext, type PixelContext } from './pixel-context.js';

/** A canvas that has nothing but a pixel-passing WebGL 2 context; what the landmarkers want in place of an OffscreenCanvas. */
export class PixelCanvas {
  width: number;
  height: number;
  readonly #context: PixelContext;

  constructor(width = 1, height = 1) {
    this.width = width;
    this.height = height;
    this.#context = createPixelContext(this);
  }

  /** @throws PixelContextError for anything but `webgl2`. */
  getContext(kind: string): PixelContext {
    if (kind !== 'webgl2') throw new PixelContextError({ call: `getContext("${kind}")` });
    return this.#context;
  }
}
