import type { Response } from 'express';
import type { Clock } from '@kinegraph/core';
import { beginStream, endStream } from './streamed-answer.js';

/** Keeps proxies from closing a stream on which nothing happens. */
const COMMENT_EVERY_MS = 15_000;

/** An answer of Server-Sent Events; it is over when it was ended or the client has left. */
export class EventStream {
  #comment: Disposable;

  private constructor(
    private readonly response: Response,
    private readonly clock: Clock,
    private readonly notReadingMs: number,
  ) {
    this.#comment = this.#remarkLater();
    response.on('close', () => this.#comment[Symbol.dispose]());
  }

  /**
   * Sends the head.
   * @param notReadingMs - a client that does not take what is left for so long is cut off at the end.
   * @returns undefined where nothing is to follow.
   */
  static begin(response: Response, clock: Clock, notReadingMs: number): EventStream | undefined {
    if (!beginStream(response, { 'Content-Type': 'text/event-stream; charset=utf-8' })) return undefined;
    return new EventStream(response, clock, notReadingMs);
  }

  /** Sends messages, one line each. @returns false where the client has more to read than is good: wait for `drain`. */
  send(messages: readonly string[]): boolean {
    return this.response.write(messages.map((message) => `data: ${message}\n\n`).join(''));
  }

  /** Sends the event `end` and closes. */
  end(): void {
    this.#comment[Symbol.dispose]();
    endStream(this.response, this.clock, this.notReadingMs, 'event: end\ndata: {}\n\n');
  }

  #remarkLater(): Disposable {
    return this.clock.schedule(COMMENT_EVERY_MS, () => {
      if (!this.response.writableNeedDrain) this.response.write(': still here\n\n');
      this.#comment = this.#remarkLater();
    });
  }
}
