import { PartEncoder, type RecordingMessage } from '../mcap/index.js';

/** A message that waits, and whether it goes first when memory gets short. */
export interface QueuedMessage extends RecordingMessage {
  readonly isFrame: boolean;
}

/**
 * Messages that wait for the disk, bounded in bytes. When full, the oldest frame goes, and other values only once no frame
 * is left: a frame takes as much room as forty of them, and they are what a recording is most often wanted for.
 */
export class MessageQueue {
  readonly #frames = new Fifo<Numbered>();
  readonly #values = new Fifo<Numbered>();
  #count = 0;
  #bytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#frames.first === undefined && this.#values.first === undefined;
  }

  /** @returns what had to go for it, oldest first; the message itself where it is larger than all the room there is. */
  push(message: QueuedMessage): readonly QueuedMessage[] {
    const bytes = PartEncoder.bytesOf(message);
    if (bytes > this.maxBytes) return [message];
    (message.isFrame ? this.#frames : this.#values).push({ message, order: (this.#count += 1) });
    this.#bytes += bytes;
    const gone: QueuedMessage[] = [];
    while (this.#bytes > this.maxBytes) {
      const oldest = this.#take(this.#frames) ?? this.#take(this.#values);
      if (oldest === undefined) break;
      gone.push(oldest);
    }
    return gone;
  }

  /** The one that `take` would give. */
  get first(): QueuedMessage | undefined {
    return this.#older()?.first?.message;
  }

  /** The oldest one. */
  take(): QueuedMessage | undefined {
    const older = this.#older();
    return older === undefined ? undefined : this.#take(older);
  }

  #older(): Fifo<Numbered> | undefined {
    const [frame, value] = [this.#frames.first, this.#values.first];
    if (frame === undefined) return value === undefined ? undefined : this.#values;
    return value === undefined || frame.order < value.order ? this.#frames : this.#values;
  }

  #take(from: Fifo<Numbered>): QueuedMessage | undefined {
    const message = from.shift()?.message;
    if (message !== undefined) this.#bytes -= PartEncoder.bytesOf(message);
    return message;
  }
}

interface Numbered {
  readonly message: QueuedMessage;
  readonly order: number;
}

/** First in, first out, without moving the rest at every take. */
class Fifo<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get first(): T | undefined {
    return this.#items[this.#head];
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
