/** A still of a camera, to be drawn by `context.drawImage(picture.image, ...)`. */
export interface Picture {
  readonly image: CanvasImageSource;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Gives its pixels back. */
  close(): void;
}

/** Anything that shows a frame and can be drawn. */
export type Drawable = HTMLVideoElement | VideoFrame;

/** A size in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The size of what is shown, in pixels as displayed; 0 by 0 where nothing is yet. */
export function sizeOf(drawable: Drawable): PictureSize {
  return 'videoWidth' in drawable
    ? { width: drawable.videoWidth, height: drawable.videoHeight }
    : { width: drawable.displayWidth, height: drawable.displayHeight };
}

/** A size with the same shape whose shorter side is no longer than `shortSide`; never larger than the size given. */
export function fitted({ width, height }: PictureSize, shortSide: number): PictureSize {
  const share = Math.min(1, shortSide / Math.min(width, height));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/** A copy of what is shown now, made before this returns. */
export function takePicture(drawable: Drawable, { width, height }: PictureSize): Picture {
  if (typeof OffscreenCanvas === 'undefined') {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    canvas.getContext('2d')?.drawImage(drawable, 0, 0, width, height);
    return { image: canvas, width, height, close: () => void (canvas.width = 0) };
  }
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(drawable, 0, 0, width, height);
  const image = canvas.transferToImageBitmap();
  return { image, width, height, close: () => image.close() };
}
