import { KinegraphError } from '@kinegraph/core/plugin';
import { isPixelImage, writeRgba, type PixelImage } from './pixel-image.js';

/** The WASM graph asked its WebGL context for something that passing pixels does not need. */
export class PixelContextError extends KinegraphError {
  override readonly name = 'PixelContextError';
  readonly code = 'MEDIAPIPE_PIXEL_CONTEXT';
  constructor(override readonly data: { call: string }) {
    super(
      `MediaPipe used "${data.call}" of its WebGL context, which passes pixels but does not draw. ` +
        `Use the pinned version of @mediapipe/tasks-vision and the CPU delegate.`,
    );
  }
}

/** Values of the WebGL 2 specification that are read or compared here. */
const GL = {
  TEXTURE_2D: 0x0de1,
  RGBA: 0x1908,
  UNSIGNED_BYTE: 0x1401,
  VENDOR: 0x1f00,
  RENDERER: 0x1f01,
  VERSION: 0x1f02,
  MAX_VERTEX_ATTRIBS: 0x8869,
  SHADING_LANGUAGE_VERSION: 0x8b8c,
} as const;

class Texture {
  image: PixelImage | undefined;
}

class Framebuffer {
  colour: Texture | undefined;
}

/**
 * As much of a WebGL 2 context as MediaPipe's CPU graphs use to take in an image: `texImage2D` remembers the image,
 * `readPixels` writes it to where the graph wants it, the rest answers what a quiet context would. Anything else throws
 * PixelContextError with its name instead of doing nothing: an unforeseen call must be seen.
 */
export class PixelContext {
  readonly TEXTURE_2D = GL.TEXTURE_2D;
  readonly RGBA = GL.RGBA;
  readonly UNSIGNED_BYTE = GL.UNSIGNED_BYTE;
  // Emscripten keeps notes of its own on the context object.
  multiDrawWebgl: unknown = null;
  extPolygonOffsetClamp: unknown = null;
  extClipControl: unknown = null;
  webglPolygonMode: unknown = null;
  dibvbi: unknown = null;
  mdibvbi: unknown = null;
  disjointTimerQueryExt: unknown = null;
  readonly currentPixelPackBufferBinding = 0;

  #texture: Texture | undefined;
  #framebuffer: Framebuffer | undefined;

  /** @param canvas - what Emscripten finds the context's canvas by. */
  constructor(readonly canvas: object) {}

  // Questions at the start.
  getParameter(name: number): string | number {
    switch (name) {
      case GL.VERSION:
        return 'WebGL 2.0';
      case GL.SHADING_LANGUAGE_VERSION:
        return 'WebGL GLSL ES 3.00';
      case GL.VENDOR:
      case GL.RENDERER:
        return 'Kinegraph pixel passing';
      case GL.MAX_VERTEX_ATTRIBS:
        return 0;
      default:
        throw new PixelContextError({ call: `getParameter(0x${name.toString(16)})` });
    }
  }
  getContextAttributes(): WebGLContextAttributesLike {
    return {
      alpha: true,
      depth: false,
      stencil: false,
      antialias: false,
      premultipliedAlpha: false,
      preserveDrawingBuffer: false,
      failIfMajorPerformanceCaveat: false,
    };
  }
  getExtension(): null {
    return null;
  }
  getSupportedExtensions(): string[] {
    return [];
  }
  getError(): number {
    return 0;
  }

  // Textures.
  createTexture(): Texture {
    return new Texture();
  }
  activeTexture(): void {}
  bindTexture(_target: number, texture: Texture | null): void {
    this.#texture = texture ?? undefined;
  }
  texParameteri(): void {}
  deleteTexture(texture: Texture | null): void {
    if (texture !== null) texture.image = undefined;
  }

  /** The image goes into the bound texture; its bytes are not copied and must stay as they are until the graph is idle. */
  texImage2D(
    _target: number,
    _level: number,
    _internalFormat: number,
    format: number,
    type: number,
    image: unknown,
  ): void {
    if (format !== GL.RGBA || type !== GL.UNSIGNED_BYTE || !isPixelImage(image)) {
      throw new PixelContextError({ call: 'texImage2D with anything but an RGBA image of bytes' });
    }
    if (this.#texture === undefined) throw new PixelContextError({ call: 'texImage2D without a bound texture' });
    this.#texture.image = image;
  }

  // Framebuffers.
  createFramebuffer(): Framebuffer {
    return new Framebuffer();
  }
  bindFramebuffer(_target: number, framebuffer: Framebuffer | null): void {
    this.#framebuffer = framebuffer ?? undefined;
  }
  framebufferTexture2D(_target: number, _attachment: number, _textureTarget: number, texture: Texture | null): void {
    if (this.#framebuffer !== undefined) this.#framebuffer.colour = texture ?? undefined;
  }
  deleteFramebuffer(framebuffer: Framebuffer | null): void {
    if (framebuffer !== null) framebuffer.colour = undefined;
  }

  /** Writes the whole image of the bound framebuffer's texture as RGBA into `heap` at `offset`. */
  readPixels(
    x: number,
    y: number,
    width: number,
    height: number,
    format: number,
    type: number,
    heap: Uint8Array,
    offset: number,
  ): void {
    if (format !== GL.RGBA || type !== GL.UNSIGNED_BYTE)
      throw new PixelContextError({ call: 'readPixels of anything but RGBA bytes' });
    const image = this.#framebuffer?.colour?.image;
    if (image === undefined) throw new PixelContextError({ call: 'readPixels before texImage2D' });
    if (x !== 0 || y !== 0 || width !== image.width || height !== image.height) {
      throw new PixelContextError({
        call: `readPixels of a part (${x}, ${y}, ${width}x${height} of ${image.width}x${image.height})`,
      });
    }
    writeRgba(image, heap, offset);
  }

  // Nothing here runs later, so whoever waits may go on at once.
  fenceSync(): object {
    return {};
  }
  deleteSync(): void {}
}

/** As `WebGLContextAttributes` of the DOM library, which Node's types lack. */
export type WebGLContextAttributesLike = Readonly<
  Record<
    | 'alpha'
    | 'depth'
    | 'stencil'
    | 'antialias'
    | 'premultipliedAlpha'
    | 'preserveDrawingBuffer'
    | 'failIfMajorPerformanceCaveat',
    boolean
  >
>;

/** A PixelContext that throws PixelContextError, with the name, for each property that it does not know. */
export function createPixelContext(canvas: object): PixelContext {
  const context = new PixelContext(canvas);
  return new Proxy(context, {
    get(target, key) {
      if (!(key in target)) {
        if (typeof key === 'symbol') return undefined; // how consoles and `await` look at any object
        throw new PixelContextError({ call: key });
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? bound(target, key, value) : value;
    },
    set(target, key, value) {
      if (!(key in target)) throw new PixelContextError({ call: `${String(key)} =` });
      return Reflect.set(target, key, value, target);
    },
  });
}

const boundCalls = new WeakMap<object, Map<string | symbol, unknown>>();

/** The method bound to the context behind the proxy (its private fields want that), made once for each method. */
function bound(target: object, key: string | symbol, method: object): unknown {
  let calls = boundCalls.get(target);
  if (calls === undefined) boundCalls.set(target, (calls = new Map<string | symbol, unknown>()));
  let call = calls.get(key);
  if (call === undefined) calls.set(key, (call = (method as (...values: unknown[]) => unknown).bind(target)));
  return call;
}
