/**
 * How many frames wait in a socket that tells only of bytes: messages leave in order, so those that wait are the newest,
 * as many as it takes to hold that many bytes.
 */
export class UnsentFrames {
  readonly #sizes: number[] = [];

  /** A message of so many bytes was given to the socket. */
  add(bytes: number): void {
    this.#sizes.push(bytes);
  }

  /** Frames that have not left whole, given the socket's `bufferedAmount`. */
  count(bufferedAmount: number): number {
    let waiting = 0;
    let bytes = 0;
    while (bytes < bufferedAmount && waiting < this.#sizes.length) {
      waiting += 1;
      bytes += this.#sizes[this.#sizes.length - waiting] ?? 0;
    }
    this.#sizes.splice(0, this.#sizes.length - waiting);
    return waiting;
  }

  /** The line was lost, and what waited in it. */
  clear(): void {
    this.#sizes.length = 0;
  }
}
