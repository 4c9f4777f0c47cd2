import type { Packet } from '../../kinds/index.js';
import type { Consumer } from '../wires/consumer.js';
import type { InputSet, InputTarget } from './input-set.js';

/** One wired input: every packet goes straight to the node. */
export class SingleInput implements InputSet, Consumer {
  readonly consumers: ReadonlyMap<string, Consumer>;
  onReady: () => void = () => {};
  #ended = false;

  /** @param asObject - true where the node type has several inputs of which only this one is wired. */
  constructor(
    private readonly port: string,
    private readonly target: InputTarget,
    private readonly asObject = false,
  ) {
    this.consumers = new Map([[port, this]]);
  }

  get ready(): boolean {
    return !this.#ended && this.target.canStart;
  }

  accept(packet: Packet): void {
    if (packet.skip) this.target.startSkip(packet.timestampMs, packet.trace);
    else
      this.target.start(this.asObject ? { [this.port]: packet.value } : packet.value, packet.timestampMs, packet.trace);
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
    this.target.inputsIdle(isIdle);
  }

  nodeReady(): void {
    this.onReady();
  }

  clear(): void {}
}
