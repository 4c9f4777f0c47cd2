import type { Picture } from '../camera/index.js';

/** Decodes a JPEG off the main thread; undefined where it is broken. */
export async function decodePicture(jpeg: Uint8Array): Promise<Picture | undefined> {
  try {
    // A view of a message that nobody else writes to.
    const image = await createImageBitmap(new Blob([jpeg as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }));
    return { image, width: image.width, height: image.height, close: () => image.close() };
  } catch {
    return undefined;
  }
}
