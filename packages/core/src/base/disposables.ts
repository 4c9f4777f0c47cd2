/** Something that is released at once. */
export type Releasable = Disposable | AsyncDisposable | (() => void | PromiseLike<void>);

/**
 * A list of things to release together, the last one first, each awaited. Every one is released even where an earlier
 * one fails.
 */
export class Subscriptions implements AsyncDisposable {
  readonly #items: Releasable[] = [];
  #disposed = false;

  /** Adds things to release. What comes after the end would leak, so it is refused. */
  push(...items: Releasable[]): void {
    if (this.#disposed) throw new TypeError('These subscriptions are released already; nothing can be added to them.');
    this.#items.push(...items);
  }

  get size(): number {
    return this.#items.length;
  }

  /** @throws AggregateError with every failure, after all were tried. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    const failures: unknown[] = [];
    for (let item = this.#items.pop(); item !== undefined; item = this.#items.pop()) {
      try {
        await release(item);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} subscription(s) failed to release.`);
  }
}

async function release(item: Releasable): Promise<void> {
  if (typeof item === 'function') return await item();
  if (Symbol.asyncDispose in item) return await item[Symbol.asyncDispose]();
  item[Symbol.dispose]();
}
