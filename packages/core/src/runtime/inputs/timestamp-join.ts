import { closePacket } from '../../kinds/index.js';
import type { Packet, Trace } from '../../kinds/index.js';
import type { Consumer } from '../wires/consumer.js';
import type { InputSet, InputTarget } from './input-set.js';

/** Cause of drops: no other input will bring a packet of this timestamp. */
export const DROP_UNMATCHED = 'unmatched';

/**
 * Joins packets of equal timestamp. Each port holds at most one packet, its head; since timestamps increase on every
 * wire, the smallest head can be decided as soon as every port has a head or has ended: either all heads are of that
 * timestamp, or the missing partners will never come. A skip on one port makes the whole timestamp a skip.
 */
export class TimestampJoin implements InputSet {
  readonly consumers: ReadonlyMap<string, Consumer>;
  readonly #ports: JoinPort[];
  #deciding = false;
  #endReported = false;

  constructor(
    ports: readonly string[],
    private readonly target: InputTarget,
  ) {
    this.#ports = ports.map(
      (name) =>
        new JoinPort(
          name,
          () => this.#decide(),
          (isIdle) => this.#idleChanged(isIdle),
          () => this.#started(),
        ),
    );
    this.consumers = new Map(this.#ports.map((port) => [port.name, port]));
  }

  nodeReady(): void {
    this.#decide();
  }

  clear(): void {
    for (const port of this.#ports) {
      const head = port.head;
      port.head = undefined;
      port.cleared = true;
      if (head !== undefined) closePacket(head);
    }
  }

  #decide(): void {
    if (this.#deciding) return; // handing over below calls back; the loop sees what has changed
    this.#deciding = true;
    while (this.target.canStart && this.#decideOne());
    this.#deciding = false;
    if (!this.#endReported && this.#ports.every((port) => port.ended && port.head === undefined)) {
      this.#endReported = true;
      this.target.inputsEnded();
    }
    if (this.#areIdle) this.target.inputsIdle(true);
  }

  get #areIdle(): boolean {
    return (
      this.#ports.some((port) => port.isIdle) && this.#ports.every((port) => port.isDry && port.head === undefined)
    );
  }

  /** Each timestamp of any port goes on, if only as a skip, so the earliest start is the node's. */
  #started(): void {
    this.target.inputsStartAfter(Math.min(...this.#ports.map(({ startMs }) => startMs)));
    this.#decide();
  }

  #idleChanged(isIdle: boolean): void {
    if (isIdle) this.#decide();
    else this.target.inputsIdle(false);
  }

  /** Settles the smallest timestamp among the heads; false when that cannot be decided yet. */
  #decideOne(): boolean {
    let smallestMs = Infinity;
    for (const { head } of this.#ports)
      if (head !== undefined && head.timestampMs < smallestMs) smallestMs = head.timestampMs;
    if (smallestMs === Infinity) return false;
    for (const port of this.#ports)
      if (port.head === undefined && !port.isDry && port.startMs < smallestMs) return false;

    const taken: JoinPort[] = this.#ports.filter((port) => port.head?.timestampMs === smallestMs);
    const complete = taken.length === this.#ports.length;
    const anySkip = taken.some((port) => port.head?.skip === true);
    const value: Record<string, unknown> = {};
    let trace: Trace | undefined;
    for (const port of taken) {
      const head = port.head;
      port.head = undefined;
      if (head === undefined) continue; // cannot be: `taken` has heads only
      trace ??= head.trace;
      if (complete && !anySkip) value[port.name] = head.value;
      else {
        if (!complete && !head.skip) this.target.figures.drop(DROP_UNMATCHED, 1, head.trace);
        closePacket(head);
      }
    }
    if (trace !== undefined) {
      if (complete && !anySkip) this.target.start(value, smallestMs, trace);
      else this.target.startSkip(smallestMs, trace);
    }
    for (const port of taken) port.onReady();
    return true;
  }
}

class JoinPort implements Consumer {
  head: Packet | undefined;
  ended = false;
  isIdle = false;
  cleared = false;
  /** What comes is later than this. */
  startMs = Number.NEGATIVE_INFINITY;
  onReady: () => void = () => {};

  constructor(
    readonly name: string,
    private readonly changed: () => void,
    private readonly idleChanged: (isIdle: boolean) => void,
    private readonly started: () => void,
  ) {}

  /** Nothing comes that a join could wait for. */
  get isDry(): boolean {
    return this.ended || this.isIdle;
  }

  get ready(): boolean {
    return this.head === undefined && !this.ended && !this.cleared;
  }

  accept(packet: Packet): void {
    this.head = packet;
    this.changed();
  }

  startsAfter(timestampMs: number): void {
    this.startMs = timestampMs;
    this.started();
  }

  end(): void {
    this.ended = true;
    this.changed();
  }

  idle(isIdle: boolean): void {
    this.isIdle = isIdle;
    this.idleChanged(isIdle);
  }
}
