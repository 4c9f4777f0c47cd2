import { cloneValue, closePacket, closeValue } from '../../kinds/index.js';
import type { Packet } from '../../kinds/index.js';
import type { Consumer } from '../wires/consumer.js';
import type { InputSet, InputTarget } from './input-set.js';

/** Cause of drops: another input has not brought any value yet. */
export const DROP_NO_PARTNER = 'no-partner';

/** Pairs each packet of the first input with the newest value of each other one. The others never hold anybody up. */
export class LatestJoin implements InputSet {
  readonly consumers: ReadonlyMap<string, Consumer>;
  readonly #newest: NewestPort[];

  /**
   * @param ports - the first one sets the pace.
   * @param held - values to begin with, by port; belong to the join from here.
   */
  constructor(
    ports: readonly [string, ...string[]],
    private readonly target: InputTarget,
    held: ReadonlyMap<string, unknown> = new Map(),
  ) {
    const [first, ...others] = ports;
    const idleChanged = (isIdle: boolean): void => this.#idleChanged(isIdle);
    this.#newest = others.map((name) => new NewestPort(name, idleChanged));
    this.#primary = new PrimaryPort(target, (packet) => this.#pair(first, packet), idleChanged);
    this.consumers = new Map<string, Consumer>([
      [first, this.#primary],
      ...this.#newest.map((port) => [port.name, port] as const),
    ]);
    for (const [name, value] of held) {
      const port = this.#newest.find((candidate) => candidate.name === name);
      if (port === undefined) closeValue(value);
      else port.hold(value);
    }
  }
  readonly #primary: PrimaryPort;

  nodeReady(): void {
    this.#primary.onReady();
  }

  takeHeld(ports: ReadonlySet<string>): ReadonlyMap<string, unknown> {
    const taken = this.#newest.filter(({ name, hasValue }) => hasValue && ports.has(name));
    return new Map(taken.map((port) => [port.name, port.take()]));
  }

  clear(): void {
    for (const port of this.#newest) port.clear();
  }

  #idleChanged(isIdle: boolean): void {
    if (!isIdle) this.target.inputsIdle(false);
    else if (this.#primary.isIdle && this.#newest.every((port) => port.isIdle)) this.target.inputsIdle(true);
  }

  #pair(first: string, packet: Packet): void {
    if (packet.skip) {
      this.target.startSkip(packet.timestampMs, packet.trace);
      return;
    }
    if (this.#newest.some((port) => !port.hasValue)) {
      this.target.figures.drop(DROP_NO_PARTNER);
      closePacket(packet);
      this.target.startSkip(packet.timestampMs, packet.trace);
      return;
    }
    const value: Record<string, unknown> = { [first]: packet.value };
    for (const port of this.#newest) value[port.name] = cloneValue(port.value);
    this.target.start(value, packet.timestampMs, packet.trace);
  }
}

class PrimaryPort implements Consumer {
  onReady: () => void = () => {};
  isIdle = false;
  #ended = false;

  constructor(
    private readonly target: InputTarget,
    private readonly pair: (packet: Packet) => void,
    private readonly idleChanged: (isIdle: boolean) => void,
  ) {}

  get ready(): boolean {
    return !this.#ended && this.target.canStart;
  }

  accept(packet: Packet): void {
    this.pair(packet);
  }

  startsAfter(timestampMs: number): void {
    this.target.inputsStartAfter(timestampMs);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.target.inputsEnded();
  }

  idle(isIdle: boolean): void {
    this.isIdle = isIdle;
    this.idleChanged(isIdle);
  }
}

class NewestPort implements Consumer {
  readonly ready = true;
  onReady: () => void = () => {};
  isIdle = false;
  hasValue = false;
  value: unknown;
  #cleared = false;

  constructor(
    readonly name: string,
    private readonly idleChanged: (isIdle: boolean) => void,
  ) {}

  accept(packet: Packet): void {
    if (packet.skip) return;
    if (this.#cleared) {
      closePacket(packet); // still taken: the producer may feed others that have not ended
      return;
    }
    closeValue(this.value);
    this.hold(packet.value);
  }

  hold(value: unknown): void {
    this.value = value;
    this.hasValue = true;
  }

  take(): unknown {
    const { value } = this;
    this.value = undefined;
    this.hasValue = false;
    return value;
  }

  /** Only the primary input tells the times of pairs. */
  startsAfter(): void {}

  /** The last value stays good: pairs go on being made with it. */
  end(): void {}

  idle(isIdle: boolean): void {
    this.isIdle = isIdle;
    this.idleChanged(isIdle);
  }

  clear(): void {
    closeValue(this.take());
    this.#cleared = true;
  }
}
