import type { Frame } from 'node-av/lib';
import { RECORD_HEADER_BYTES, writeFrameHeader } from '../decoder/frame-record.js';
import { writeBlocking } from './blocking-output.js';

/** Writes RGBA frames of the library to standard output. */
export class FrameWriter {
  readonly #header = new Uint8Array(RECORD_HEADER_BYTES);
  #rows = new Uint8Array(0);

  /** @param picture - RGBA; not used after the call, since its memory dies with its next `unref` */
  write(picture: Frame, timestampMs: number): void {
    const { width, height } = picture;
    const plane = picture.data?.[0];
    const stride = picture.linesize[0];
    if (plane === undefined || stride === undefined) throw new Error('a decoded frame has no pixels');
    writeFrameHeader(this.#header, timestampMs, width, height);
    writeBlocking(this.#header);
    const rowBytes = width * 4;
    writeBlocking(
      stride === rowBytes
        ? plane.subarray(0, rowBytes * height)
        : this.#withoutPadding(plane, stride, rowBytes, height),
    );
  }

  #withoutPadding(plane: Uint8Array, stride: number, rowBytes: number, height: number): Uint8Array {
    if (this.#rows.length !== rowBytes * height) this.#rows = new Uint8Array(rowBytes * height);
    for (let row = 0; row < height; row += 1) {
      this.#rows.set(plane.subarray(row * stride, row * stride + rowBytes), row * rowBytes);
    }
    return this.#rows;
  }
}
