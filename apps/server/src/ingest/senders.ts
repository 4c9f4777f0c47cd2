import { injectable } from 'inversify';

/** Knows who sends to each source: one at a time, the newest. */
@injectable()
export class Senders {
  readonly #current = new Map<string, { readonly leave: () => void }>();

  get size(): number {
    return this.#current.size;
  }

  /**
   * Takes a source over from who sends there.
   * @param leave - called when another takes it over.
   * @returns what gives it up: true where it was still held, so that nobody sends now.
   */
  take(run: string, node: string, leave: () => void): () => boolean {
    const key = `${run}\n${node}`;
    const mine = { leave };
    const before = this.#current.get(key);
    this.#current.set(key, mine);
    before?.leave();
    return () => this.#current.get(key) === mine && this.#current.delete(key);
  }
}
