/** A picture of the past, with the frame that it shows. */
export interface PastPicture<P> {
  readonly sequence: number;
  /** By the sender's clock, in milliseconds. */
  readonly capturedAtMs: number;
  readonly picture: P;
}

/**
 * The last pictures of a camera, so that a result that comes a moment later is drawn over the very picture it was found
 * in. It owns them: each is closed when it leaves.
 *
 * @typeParam P - What holds pixels, such as an ImageBitmap.
 */
export class FrameHistory<P extends { close(): void }> implements Disposable {
  readonly #pictures: PastPicture<P>[] = [];

  /** @param capacity - Pictures kept; with more, the oldest leaves. At 30 a second, 24 reach back for 0.8 s. */
  constructor(readonly capacity: number = 24) {}

  get size(): number {
    return this.#pictures.length;
  }

  get newest(): PastPicture<P> | undefined {
    return this.#pictures.at(-1);
  }

  /** Takes ownership of a picture. One that is older than the newest belongs to another camera: the others leave. */
  add(past: PastPicture<P>): void {
    if (past.capturedAtMs < (this.newest?.capturedAtMs ?? Number.NEGATIVE_INFINITY)) this.clear();
    this.#pictures.push(past);
    while (this.#pictures.length > this.capacity) this.#pictures.shift()?.picture.close();
  }

  /** What the camera saw at a time: the newest picture captured by then, or the oldest there is. Valid until the next `add`. */
  at(capturedAtMs: number): PastPicture<P> | undefined {
    return this.#pictures.findLast((past) => past.capturedAtMs <= capturedAtMs) ?? this.#pictures[0];
  }

  /** The picture of a frame. Valid until the next `add`. */
  bySequence(sequence: number): PastPicture<P> | undefined {
    return this.#pictures.find((past) => past.sequence === sequence);
  }

  /** Closes what was captured before: time goes on, and so old a picture is not drawn again. */
  releaseBefore(capturedAtMs: number): void {
    const first = this.#pictures.findIndex((past) => past.capturedAtMs >= capturedAtMs);
    for (const { picture } of this.#pictures.splice(0, first === -1 ? this.#pictures.length : first)) picture.close();
  }

  /** Closes all pictures. */
  clear(): void {
    for (const { picture } of this.#pictures.splice(0)) picture.close();
  }

  [Symbol.dispose](): void {
    this.clear();
  }
}
