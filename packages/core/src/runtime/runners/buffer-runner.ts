import { deferred } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import type { Packet, PacketBuffer } from '../../kinds/index.js';
import type { NodeFigures } from '../figures/node-figures.js';
import type { Consumer } from '../wires/consumer.js';
import { Outlet } from '../wires/outlet.js';
import type { NodeRunner } from './node-runner.js';

export interface BufferRunnerOptions {
  readonly name: string;
  readonly buffer: PacketBuffer;
  readonly inputPort: string;
  readonly outputPort: string;
  readonly figures: NodeFigures;
  readonly clock: Clock;
}

/** Runs a buffer: pushes what comes, hands over what the buffer offers whenever its consumers are ready. */
export class BufferRunner implements NodeRunner, Consumer {
  readonly name: string;
  readonly figures: NodeFigures;
  readonly inputs: ReadonlyMap<string, Consumer>;
  readonly outputs: ReadonlyMap<string, Outlet>;
  onReady: () => void = () => {};
  readonly #buffer: PacketBuffer;
  readonly #outlet = new Outlet();
  readonly #ended = deferred<void>();
  readonly ended = this.#ended.promise;
  #pumping = false;
  #inputEnded = false;
  #halted = false;

  constructor(private readonly options: BufferRunnerOptions) {
    this.name = options.name;
    this.figures = options.figures;
    this.#buffer = options.buffer;
    this.inputs = new Map([[options.inputPort, this]]);
    this.outputs = new Map([[options.outputPort, this.#outlet]]);
    this.#outlet.onIdle = () => this.#pump();
  }

  get ready(): boolean {
    return !this.#inputEnded && !this.#halted && this.#buffer.accepting;
  }

  async open(signal: AbortSignal): Promise<void> {
    await this.#buffer.open?.(signal);
  }

  accept(packet: Packet): void {
    if (packet.skip) this.figures.skipped += 1;
    else this.figures.in += 1;
    this.#buffer.push(packet, { nowMs: this.options.clock.nowMs(), consumerReady: this.#outlet.ready });
    this.#pump();
  }

  end(): void {
    if (this.#inputEnded) return;
    this.#inputEnded = true;
    this.#buffer.end?.();
    this.#pump();
  }

  halt(): void {
    this.#halted = true;
    this.#outlet.discard();
    this.#buffer.clear();
    this.#ended.resolve();
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {
    this.#buffer.clear();
    await this.#buffer.close?.();
  }

  #pump(): void {
    if (this.#pumping || this.#halted) return; // handing over calls back; the loop sees what has changed
    this.#pumping = true;
    while (this.#outlet.ready) {
      const packet = this.#buffer.take(this.options.clock.nowMs());
      if (packet === undefined) break;
      if (!packet.skip) this.figures.out += 1;
      this.#outlet.offer(packet);
    }
    this.#pumping = false;
    if (this.#inputEnded && this.#buffer.size === 0) {
      this.figures.state = 'ended';
      this.#outlet.end();
      this.#ended.resolve();
      return;
    }
    if (this.#buffer.accepting) this.onReady();
  }
}
