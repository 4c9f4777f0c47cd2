import { clonePacket, closePacket, skipPacket } from '../../kinds/index.js';
import type { Packet, Trace } from '../../kinds/index.js';
import type { Consumer } from './consumer.js';

/**
 * The sending end of an output port's wires. A wire is a rendezvous and stores nothing: a packet stays the producer's
 * until every consumer is ready for it, and is then handed to all of them in the same turn.
 */
export class Outlet {
  readonly #consumers: Consumer[] = [];
  #waiting: Packet | undefined;
  #ended = false;
  #endSent = false;
  /** Being ready again while others still wait for their share of the same packet does not count yet. */
  #delivering = false;
  #held = false;
  /** The timestamp of the newest packet that was handed over, or missed by a node that began in the middle of its stream. */
  #passedMs = Number.NEGATIVE_INFINITY;

  /** Called when a packet that had to wait has been handed over. */
  onHandedOver: () => void = () => {};
  /** Called when all consumers may be ready and no packet waits. */
  onIdle: () => void = () => {};
  /** Called when a packet could not be shared out and went on as a skip. */
  onFault: (error: unknown) => void = () => {};

  /** An outlet tells at once what is over: the part of its stream before, or all of it. */
  connect(consumer: Consumer): void {
    this.#consumers.push(consumer);
    consumer.onReady = () => this.#consumerReady();
    if (this.#passedMs > Number.NEGATIVE_INFINITY) consumer.startsAfter(this.#passedMs);
    if (this.#endSent) consumer.end();
  }

  /** The producer began in the middle of its stream: see `Consumer`. */
  startsAfter(timestampMs: number): void {
    if (timestampMs <= this.#passedMs) return;
    this.#passedMs = timestampMs;
    for (const consumer of this.#consumers) consumer.startsAfter(timestampMs);
  }

  /** The consumer gets nothing more from here, no end either. Only while the outlet is held. */
  disconnect(consumer: Consumer): void {
    const index = this.#consumers.indexOf(consumer);
    if (index === -1) return;
    this.#consumers.splice(index, 1);
    consumer.onReady = () => {};
  }

  /** Nothing is handed over until `release`; what is offered waits. */
  hold(): void {
    this.#held = true;
  }

  get held(): boolean {
    return this.#held;
  }

  /** Goes on with the consumers that are connected now. */
  release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#consumerReady();
    this.#sendEnd();
  }

  /** True when a packet offered now would be handed over at once. */
  get ready(): boolean {
    return this.#waiting === undefined && this.#allReady();
  }

  /** True while a packet waits for its consumers. */
  get holds(): boolean {
    return this.#waiting !== undefined;
  }

  /** Takes over the packet. True: handed over. False: it waits, `onHandedOver` tells when it has gone. */
  offer(packet: Packet): boolean {
    if (this.#waiting !== undefined)
      throw new Error('A packet was offered while another one waits. This is a fault of the runtime.');
    if (this.#allReady()) {
      this.#deliver(packet);
      return true;
    }
    this.#waiting = packet;
    return false;
  }

  /** Puts a newer packet in the place of the waiting one and gives that one back. */
  replace(packet: Packet): Packet | undefined {
    const replaced = this.#waiting;
    this.#waiting = packet;
    return replaced;
  }

  /** Gives the waiting packet back to its producer, who may offer it again. */
  withdraw(): Packet | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }

  /** The producer has nothing more to say after the packet that may still wait. */
  end(): void {
    this.#ended = true;
    this.#sendEnd();
  }

  /** Closes the packet that waits; an end that waited behind it is told. @returns its trace, where there was one */
  discard(): Trace | undefined {
    const waiting = this.withdraw();
    if (waiting === undefined) return undefined;
    closePacket(waiting);
    this.#sendEnd();
    return waiting.trace;
  }

  #allReady(): boolean {
    if (this.#held) return false;
    for (const consumer of this.#consumers) if (!consumer.ready) return false;
    return true;
  }

  #deliver(packet: Packet): void {
    const consumers = this.#consumers;
    this.#passedMs = packet.timestampMs;
    this.#delivering = true;
    if (consumers.length === 1) consumers[0]?.accept(packet);
    else if (consumers.length === 0) closePacket(packet); // an output that nobody wired
    else for (const [index, share] of this.#shares(packet).entries()) consumers[index]?.accept(share);
    this.#delivering = false;
  }

  /** One packet for each consumer, all made before the first is handed over: the first may close its own at once. */
  #shares(packet: Packet): readonly Packet[] {
    const shares: Packet[] = [];
    try {
      for (let index = 1; index < this.#consumers.length; index += 1) shares.push(clonePacket(packet));
      shares.push(packet);
      return shares;
    } catch (error) {
      for (const share of shares) closePacket(share);
      closePacket(packet);
      this.onFault(error);
      return this.#consumers.map(() => skipPacket(packet.timestampMs, packet.trace));
    }
  }

  #consumerReady(): void {
    if (this.#delivering || !this.#allReady()) return;
    const packet = this.#waiting;
    if (packet === undefined) {
      this.onIdle();
      return;
    }
    this.#waiting = undefined;
    this.#deliver(packet);
    this.onHandedOver();
    this.#sendEnd();
  }

  #sendEnd(): void {
    if (!this.#ended || this.#endSent || this.#held || this.#waiting !== undefined) return;
    this.#endSent = true;
    for (const consumer of this.#consumers) consumer.end();
  }
}
