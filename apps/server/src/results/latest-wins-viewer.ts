import type { Clock } from '@kinegraph/core';
import type { MissedMessage } from '@kinegraph/core/protocol';
import type { Publication } from '../runs/publication.js';
import type { ResultViewer } from '../runs/results-hub.js';

/** Where a viewer's results go. */
export interface ResultTransport {
  /** A result in this viewer's format: messages to be sent together. */
  readonly encode: (publication: Publication) => readonly (string | Uint8Array)[];
  readonly encodeMissed: (message: MissedMessage) => string | Uint8Array;
  /** Sends messages; `done` is called once when the client's side has taken the last, and never where it is gone. */
  send(messages: readonly (string | Uint8Array)[], done: () => void): void;
  /** The client has not read for too long. */
  stalled(): void;
  end(): void;
}

/**
 * One viewer of results: while it takes one, of the others the newest of each kind wait and the rest are counted, which it
 * is told of before the next.
 */
export class LatestWinsViewer implements ResultViewer, Disposable {
  readonly #waiting = new Map<string, Publication>();
  #missed = 0;
  #isSending = false;
  #limit: Disposable | undefined;
  #isOver = false;

  constructor(
    private readonly transport: ResultTransport,
    private readonly clock: Clock,
    private readonly notReadingMs: number,
  ) {}

  /** Results that this viewer was too slow for and has not been told of yet. */
  get missed(): number {
    return this.#missed;
  }

  offer(publication: Publication): boolean {
    if (this.#isOver) return true; // it has left, which is not too slow
    const { key } = publication;
    const isReplacing = this.#waiting.delete(key); // the newer one goes to the end of the queue
    if (isReplacing) this.#missed += 1;
    this.#waiting.set(key, publication);
    this.#sendNext();
    return !isReplacing;
  }

  end(): void {
    if (this.#isOver) return;
    this[Symbol.dispose]();
    this.transport.end();
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#waiting.clear();
    this.#limit?.[Symbol.dispose]();
  }

  #sendNext(): void {
    if (this.#isSending || this.#isOver) return;
    const next = this.#next();
    if (next === undefined) return;
    this.#isSending = true;
    this.#limit = this.clock.schedule(this.notReadingMs, () => {
      this[Symbol.dispose]();
      this.transport.stalled();
    });
    this.transport.send(next, () => {
      this.#limit?.[Symbol.dispose]();
      this.#isSending = false;
      this.#sendNext();
    });
  }

  #next(): readonly (string | Uint8Array)[] | undefined {
    if (this.#missed > 0) {
      const count = this.#missed;
      this.#missed = 0;
      return [this.transport.encodeMissed({ type: 'missed', count })];
    }
    for (const [key, publication] of this.#waiting) {
      this.#waiting.delete(key);
      return this.transport.encode(publication);
    }
    return undefined;
  }
}
