import type { NodeMetrics } from '@kinegraph/core/plugin';
import { WakeUp } from './wake-up.js';

/** Causes of drops, as the figures of a node name them. */
export const DROP_QUEUE_FULL = 'queue-full';
/** One message alone is larger than the whole queue may be. */
export const DROP_TOO_LARGE = 'too-large';
/** The other side will not have it. */
export const DROP_REFUSED = 'refused';
/** The other side could not be made to take it for as long as the node was to try. */
export const DROP_GIVEN_UP = 'given-up';
/** It was still there when the node closed. */
export const DROP_NOT_DELIVERED = 'not-delivered';

/** How much waits, and what goes when there is no room. */
export interface QueueLimits {
  readonly messages: number;
  readonly bytes: number;
  readonly whenFull: 'drop-oldest' | 'drop-newest';
}

/** Whom a queue tells what becomes of its messages. */
export interface DeliveryCounts {
  dropped(cause: string, count: number): void;
  /** They have arrived, as far as the way of sending can tell. */
  sent(count: number): void;
  /** They go out another time. */
  retried(count: number): void;
}

/** Tells it to the figures of a node. */
export function countsOf(metrics: NodeMetrics): DeliveryCounts {
  metrics.count('sent', 0); // figures begin at 0, not with the first message
  metrics.count('retried', 0);
  return {
    dropped: (cause, count) => metrics.drop(cause, count),
    sent: (count) => metrics.count('sent', count),
    retried: (count) => metrics.count('retried', count),
  };
}

/** What a queue counts by. */
interface Sized {
  readonly byteLength: number;
}

/**
 * Messages on their way out, oldest first. Its owner takes some, and tells of each what became of it; until then they count
 * as part of the queue, which so bounds all that is held. Each message pushed is in the end either delivered or dropped.
 *
 * Only what nobody has taken is dropped for want of room: what is under way may have arrived already.
 */
export class DeliveryQueue<Message extends Sized> {
  #waiting: Message[] = [];
  /** Messages before this place of `#waiting` have gone. */
  #head = 0;
  /** In the order in which they were taken, which is the one in which they came. */
  readonly #taken = new Set<Message>();
  readonly #changes = new WakeUp();
  #bytes = 0;
  #delivered = 0;
  #isClosed = false;

  /** @param counts - told of each drop, when the message is gone; of each arrival; and of what is sent once more. */
  constructor(
    private readonly limits: QueueLimits,
    private readonly counts: DeliveryCounts,
  ) {}

  /** Messages that nobody has taken. */
  get waiting(): number {
    return this.#waiting.length - this.#head;
  }

  /** Messages held, those under way included. */
  get held(): number {
    return this.waiting + this.#taken.size;
  }

  /** Bytes of the messages held. */
  get heldBytes(): number {
    return this.#bytes;
  }

  /** Messages that have arrived. */
  get delivered(): number {
    return this.#delivered;
  }

  /** Takes the message in, where needed at the cost of others; never waits. */
  push(message: Message): void {
    const { limits } = this;
    if (this.#isClosed) this.counts.dropped(DROP_NOT_DELIVERED, 1);
    else if (message.byteLength > limits.bytes) this.counts.dropped(DROP_TOO_LARGE, 1);
    else if (!this.#makeRoom(message.byteLength)) this.counts.dropped(DROP_QUEUE_FULL, 1);
    else {
      this.#waiting.push(message);
      this.#bytes += message.byteLength;
      this.#changes.wake();
    }
  }

  /**
   * The oldest messages that wait: `most` of them, or fewer where they come to more than `mostBytes`; one at least where
   * one waits.
   */
  take(most: number, mostBytes = Number.POSITIVE_INFINITY): Message[] {
    const taken: Message[] = [];
    let bytes = 0;
    for (let next = this.#first(); next !== undefined && taken.length < most; next = this.#first()) {
      if (taken.length > 0 && bytes + next.byteLength > mostBytes) break;
      bytes += next.byteLength;
      this.#shift();
      this.#taken.add(next);
      taken.push(next);
    }
    return taken;
  }

  /** A message that was taken has arrived. */
  settle(message: Message): void {
    if (!this.#letGo(message)) return;
    this.#delivered += 1;
    this.counts.sent(1);
    this.#changes.wake();
  }

  /** A message that was taken will never arrive. */
  drop(message: Message, cause: string): void {
    if (!this.#letGo(message)) return;
    this.counts.dropped(cause, 1);
    this.#changes.wake();
  }

  /** All that was taken and not told of waits again, at the front and in its old order. */
  giveBack(): void {
    if (this.#taken.size === 0) return;
    this.counts.retried(this.#taken.size);
    this.#waiting = [...this.#taken, ...this.#waiting.slice(this.#head)];
    this.#head = 0;
    this.#taken.clear();
    this.#changes.wake();
  }

  /** Those of `messages` that are still held go out another time, without waiting again. */
  again(messages: readonly Message[]): void {
    const held = messages.filter((message) => this.#taken.has(message)).length;
    if (held > 0) this.counts.retried(held);
  }

  /** Settles when `count` messages wait. @throws AbortedError */
  async untilWaiting(count: number, signal: AbortSignal): Promise<void> {
    await this.#changes.until(() => this.waiting >= count, signal);
  }

  /** Settles when nothing is held any more. @throws AbortedError */
  async untilEmpty(signal: AbortSignal): Promise<void> {
    await this.#changes.until(() => this.held === 0, signal);
  }

  /** Drops whatever is left, and all that comes later. */
  close(): void {
    const left = this.held;
    this.#isClosed = true;
    this.#waiting = [];
    this.#head = 0;
    this.#taken.clear();
    this.#bytes = 0;
    if (left > 0) this.counts.dropped(DROP_NOT_DELIVERED, left);
    this.#changes.wake();
  }

  /** @returns whether there is room now */
  #makeRoom(bytes: number): boolean {
    const { limits } = this;
    const fits = (): boolean => this.held < limits.messages && this.#bytes + bytes <= limits.bytes;
    while (!fits()) {
      const oldest = limits.whenFull === 'drop-oldest' ? this.#shift() : undefined;
      if (oldest === undefined) return false;
      this.#bytes -= oldest.byteLength;
      this.counts.dropped(DROP_QUEUE_FULL, 1);
    }
    return true;
  }

  #first(): Message | undefined {
    return this.#waiting[this.#head];
  }

  /** Shifting an array costs its length each time; so the place moves, and the array follows now and then. */
  #shift(): Message | undefined {
    const first = this.#first();
    if (first === undefined) return undefined;
    this.#head += 1;
    if (this.#head * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    return first;
  }

  #letGo(message: Message): boolean {
    if (!this.#taken.delete(message)) return false;
    this.#bytes -= message.byteLength;
    return true;
  }
}
