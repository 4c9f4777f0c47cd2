import type { PictureSize } from './picture.js';

/** Makes JPEGs of what is shown, with one canvas for all of them: encode one at a time. */
export class JpegEncoder {
  #canvas: OffscreenCanvas | HTMLCanvasElement | undefined;

  /** @param quality - 0-1. */
  constructor(private readonly quality: number) {}

  /** The picture is that of the moment of the call. Rejects where the browser cannot encode it. */
  async encode(image: CanvasImageSource, { width, height }: PictureSize): Promise<Uint8Array> {
    this.#canvas ??=
      typeof OffscreenCanvas === 'undefined' ? document.createElement('canvas') : new OffscreenCanvas(1, 1);
    const canvas = this.#canvas;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    // Each kind of canvas has its own type of context; both draw alike.
    const context = canvas.getContext('2d') as Pick<CanvasRenderingContext2D, 'drawImage'> | null;
    context?.drawImage(image, 0, 0, width, height);
    const blob = await blobOf(canvas, this.quality);
    return new Uint8Array(await blob.arrayBuffer());
  }
}

function blobOf(canvas: OffscreenCanvas | HTMLCanvasElement, quality: number): Promise<Blob> {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type: 'image/jpeg', quality });
  return new Promise((resolve, reject) => {
    const take = (blob: Blob | null): void =>
      blob === null ? reject(new TypeError('The browser could not encode the picture.')) : resolve(blob);
    canvas.toBlob(take, 'image/jpeg', quality);
  });
}
