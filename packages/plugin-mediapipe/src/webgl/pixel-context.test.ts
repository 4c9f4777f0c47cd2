import { describe, expect, it } from 'vitest';
import { PixelCanvas } from './pixel-canvas.js';
import { PixelContextError, type PixelContext } from './pixel-context.js';

const RGBA = 0x1908;
const BYTES = 0x1401;

/** Takes an image in and reads it out the way MediaPipe does. */
function passThrough(
  context: PixelContext,
  image: unknown,
  read: { width: number; height: number },
  heap: Uint8Array,
  offset: number,
): void {
  const texture = context.createTexture();
  context.activeTexture();
  context.bindTexture(context.TEXTURE_2D, texture);
  context.texImage2D(context.TEXTURE_2D, 0, context.RGBA, context.RGBA, context.UNSIGNED_BYTE, image);
  context.bindTexture(context.TEXTURE_2D, null);
  context.deleteSync();
  const framebuffer = context.createFramebuffer();
  context.bindFramebuffer(0, framebuffer);
  context.framebufferTexture2D(0, 0, context.TEXTURE_2D, texture);
  context.readPixels(0, 0, read.width, read.height, RGBA, BYTES, heap, offset);
}

describe('PixelContext', () => {
  const image = { width: 2, height: 1, format: 'rgba8', data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };

  it('gives out the very pixels that were put in, at the place asked for', () => {
    const heap = new Uint8Array(12);
    passThrough(new PixelCanvas().getContext('webgl2'), image, image, heap, 2);
    expect([...heap]).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0]);
  });

  it('keeps textures apart', () => {
    const context = new PixelCanvas().getContext('webgl2');
    const [first, second] = [new Uint8Array(8), new Uint8Array(8)];
    passThrough(context, image, image, first, 0);
    passThrough(context, { ...image, data: new Uint8Array(8).fill(9) }, image, second, 0);
    expect([...first, ...second]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, ...Array<number>(8).fill(9)]);
  });

  it('answers the questions at the start like a WebGL 2 context', () => {
    const context = new PixelCanvas().getContext('webgl2');
    expect(context.getParameter(0x1f02)).toBe('WebGL 2.0');
    expect(context.getExtension()).toBeNull();
    expect(context.getSupportedExtensions()).toEqual([]);
    expect(context.getError()).toBe(0);
  });

  it('throws with the name of a call that it does not know', () => {
    const context: object = new PixelCanvas().getContext('webgl2');
    expect(() => (context as { drawArrays(): void }).drawArrays()).toThrow(PixelContextError);
    expect(() => (context as { drawArrays(): void }).drawArrays()).toThrow(
      'MediaPipe used "drawArrays" of its WebGL context',
    );
    expect(() => Object.assign(context, { someFlag: 1 })).toThrow('"someFlag ="');
    expect(() => new PixelCanvas().getContext('webgl2').getParameter(0x0d33)).toThrow('"getParameter(0xd33)"');
    expect(() => new PixelCanvas().getContext('2d')).toThrow('getContext("2d")');
  });

  it('lets Emscripten keep its notes on the context', () => {
    const context = new PixelCanvas().getContext('webgl2');
    context.disjointTimerQueryExt = 5;
    expect(context.disjointTimerQueryExt).toBe(5);
  });

  it('refuses images and reads of another form', () => {
    const heap = new Uint8Array(8);
    const context = new PixelCanvas().getContext('webgl2');
    expect(() => passThrough(context, { width: 2, height: 1 }, image, heap, 0)).toThrow('texImage2D with anything but');
    expect(() => passThrough(context, image, { width: 1, height: 1 }, heap, 0)).toThrow('readPixels of a part');
    context.bindFramebuffer(0, context.createFramebuffer());
    expect(() => context.readPixels(0, 0, 2, 1, RGBA, BYTES, heap, 0)).toThrow('readPixels before texImage2D');
    expect(() => context.readPixels(0, 0, 2, 1, RGBA, 0x1406, heap, 0)).toThrow('anything but RGBA bytes');
  });

  it('forgets the pixels of deleted textures and framebuffers', () => {
    const context = new PixelCanvas().getContext('webgl2');
    const texture = context.createTexture();
    context.bindTexture(context.TEXTURE_2D, texture);
    context.texImage2D(context.TEXTURE_2D, 0, RGBA, RGBA, BYTES, image);
    context.deleteTexture(texture);
    expect(texture.image).toBeUndefined();
  });
});
