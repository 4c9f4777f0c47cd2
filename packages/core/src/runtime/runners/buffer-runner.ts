import { deferred } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import { closePacket, skipPacket } from '../../kinds/index.js';
import type { Packet, PacketBuffer } from '../../kinds/index.js';
import type { ValueCheck } from '../checks/value-check.js';
import type { NodeFigures } from '../figures/node-figures.js';
import type { Consumer } from '../wires/consumer.js';
import { Outlet } from '../wires/outlet.js';
import { BadAnswerError, checkValue } from './answers.js';
import { HeldTimes } from './held-times.js';
import type { ConfigChange, NodeRunner, Replacement, RunnerEvents } from './node-runner.js';
import { openTogether, retire } from './replacing.js';
import { TakingOver } from './taking-over.js';

/** Cause of drops: the buffer that held the packets was restarted with another configuration. */
export const DROP_RESTARTED = 'restarted';

export interface BufferRunnerOptions {
  readonly name: string;
  readonly buffer: PacketBuffer;
  /** One with another configuration, not yet open; left out, the buffer cannot restart by itself. */
  readonly createBuffer?: (config: Readonly<Record<string, unknown>>) => PacketBuffer;
  /** Fires when the run gives up opening and answering. */
  readonly signal?: AbortSignal;
  readonly inputPort: string;
  readonly outputPort: string;
  /**
   * Whatever its policy, it lets nothing go: it is given a packet only while none waits, and told a time at which no packet
   * is old. So what leaves it depends on what came, and not on when.
   */
  readonly lossless?: boolean;
  /** What may go out. Left out: any value. */
  readonly check?: ValueCheck;
  readonly figures: NodeFigures;
  readonly clock: Clock;
  readonly events: RunnerEvents;
}

/** Runs a buffer: pushes what comes, hands over what the buffer offers whenever its consumers are ready. */
export class BufferRunner implements NodeRunner, Consumer {
  readonly name: string;
  readonly figures: NodeFigures;
  readonly inputs: ReadonlyMap<string, Consumer>;
  readonly outputs: ReadonlyMap<string, Outlet>;
  onReady: () => void = () => {};
  onDrained: () => void = () => {};
  #buffer: PacketBuffer;
  readonly #outlet = new Outlet();
  readonly #ended = deferred<void>();
  readonly ended = this.#ended.promise;
  #pumping = false;
  #inputEnded = false;
  #inputIdle = false;
  #halted = false;
  /** The buffer has thrown: it is left alone, and what still comes is closed, so that nobody waits for it. */
  #failed = false;
  readonly #takingOver = new TakingOver();
  readonly #held = new HeldTimes();
  #newestIn: Packet | undefined;
  #newestOutMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: BufferRunnerOptions) {
    this.name = options.name;
    this.figures = options.figures;
    this.#buffer = options.buffer;
    this.inputs = new Map([[options.inputPort, this]]);
    this.outputs = new Map([[options.outputPort, this.#outlet]]);
    this.#outlet.onIdle = () => this.#pump();
    this.#outlet.onFault = (error) => this.#refused(error);
  }

  get ready(): boolean {
    return !this.#inputEnded && !this.#halted && this.#accepting;
  }

  async open(signal: AbortSignal): Promise<void> {
    await this.#buffer.open?.(signal);
  }

  accept(packet: Packet): void {
    if (packet.skip) this.figures.skipped += 1;
    else this.figures.in += 1;
    if (this.#failed) {
      closePacket(packet);
      return;
    }
    this.#newestIn = packet;
    const nowMs = this.options.clock.nowMs();
    if (!packet.skip && this.figures.timedAt(nowMs)) this.#held.cameIn(packet.timestampMs, nowMs);
    try {
      const { lossless = false } = this.options;
      this.#buffer.push(packet, {
        nowMs: this.#timeFor(packet, nowMs),
        consumerReady: lossless || this.#outlet.ready,
      });
    } catch (error) {
      closePacket(packet);
      this.#fail(error);
      return;
    }
    this.#pump();
  }

  startsAfter(timestampMs: number): void {
    this.#outlet.startsAfter(timestampMs);
  }

  end(): void {
    if (this.#inputEnded) return;
    this.#inputEnded = true;
    this.#endBuffer();
    this.#pump();
  }

  idle(isIdle: boolean): void {
    this.#inputIdle = isIdle;
    this.#tellDrained();
  }

  halt(): void {
    this.#halted = true;
    this.#outlet.discard();
    try {
      this.#buffer.clear();
    } catch (error) {
      this.#fail(error);
    }
    this.#ended.resolve();
  }

  async reconfigure(change: ConfigChange): Promise<boolean> {
    const isTaken = await this.#takingOver.ask(this.name, [this.#buffer], change);
    this.#pump(); // it may have room now
    return isTaken;
  }

  async prepare({ config, signal }: ConfigChange): Promise<Replacement> {
    const { createBuffer } = this.options;
    if (createBuffer === undefined) throw new Error(`Node "${this.name}" was made without a way to restart.`);
    const next = createBuffer(config);
    const parts = { open: (opening: AbortSignal) => next.open?.(opening), close: () => next.close?.() };
    await openTogether([parts], this.options.signal ?? signal, signal);
    const old = this.#buffer;
    return {
      commit: () => {
        if (old.size > 0) this.figures.drop(DROP_RESTARTED, old.size);
        this.#buffer = next;
        if (this.#inputEnded) this.#endBuffer();
      },
      retire: async (limit) => {
        return await retire([() => release(old)], limit);
      },
      discard: async (limit) => {
        await retire([() => next.close?.()], limit);
      },
    };
  }

  /** Nothing is called that could be under way; afterwards it may have room, or something to hand over. */
  rest(): Promise<Disposable> {
    return Promise.resolve({ [Symbol.dispose]: () => this.#pump() });
  }

  rewire(): void {}

  async flush(): Promise<void> {}

  async close(): Promise<void> {
    await this.#takingOver.settled();
    await release(this.#buffer);
  }

  get #accepting(): boolean {
    try {
      if (this.#failed) return true;
      return this.#buffer.accepting && (this.options.lossless !== true || this.#buffer.size === 0);
    } catch (error) {
      this.#fail(error);
      return true;
    }
  }

  #pump(): void {
    if (this.#pumping || this.#halted || this.#failed) return; // handing over calls back; the loop sees what has changed
    this.#pumping = true;
    while (this.#outlet.ready) {
      const packet = this.#takeFit() ?? this.#skipOfLost();
      if (packet === undefined) break;
      this.#newestOutMs = packet.timestampMs;
      if (!packet.skip) this.#gaveOut(packet);
      this.#outlet.offer(packet);
    }
    this.#pumping = false;
    this.figures.trace?.size(this.#buffer.size);
    if (this.#failed) return;
    this.#tellDrained();
    if (this.#inputEnded && this.#buffer.size === 0) {
      this.figures.state = 'ended';
      this.#finish();
      return;
    }
    if (this.#accepting) this.onReady();
  }

  /** The next packet; a skip in the place of one whose value may not go out. */
  #takeFit(): Packet | undefined {
    for (;;) {
      const { size } = this.#buffer;
      const packet = this.#take();
      if (packet === undefined) return undefined;
      const { timestampMs, trace } = packet;
      try {
        if (!(timestampMs > this.#newestOutMs)) throw this.#outOfOrder(timestampMs);
        if (!packet.skip) checkValue(this.name, this.options.outputPort, packet.value, timestampMs, this.options.check);
        return packet;
      } catch (error) {
        closePacket(packet);
        if (timestampMs > this.#newestOutMs) {
          this.#refused(error);
          return skipPacket(timestampMs, trace);
        }
        if (this.#buffer.size >= size) {
          this.#fail(error); // it would bring the same for ever
          return undefined;
        }
        this.#refused(error);
      }
    }
  }

  #refused(error: unknown): void {
    this.figures.fail(error, this.options.clock.nowMs());
    this.options.events.packetFailed(this.name, error);
  }

  #outOfOrder(timestampMs: number): BadAnswerError {
    return new BadAnswerError({
      node: this.name,
      port: this.options.outputPort,
      fault: `a packet of ${timestampMs} ms after one of ${this.#newestOutMs} ms`,
      mend: 'A buffer hands its packets over in the order of their timestamps, each once.',
    });
  }

  #gaveOut(packet: Packet): void {
    const inMs = this.#held.goesOut(packet.timestampMs);
    this.figures.gaveOut(inMs);
    this.figures.trace?.held(packet, inMs);
    this.figures.watch?.gaveOut(this.options.outputPort, packet);
  }

  /** What the buffer is told of the time: in a lossless run, that at which the newest packet was captured. */
  #timeFor(newest: Packet | undefined, nowMs: number): number {
    if (this.options.lossless !== true || newest === undefined) return nowMs;
    return newest.trace.capturedAtMs + newest.trace.clockOffsetMs;
  }

  #endBuffer(): void {
    try {
      this.#buffer.end?.();
    } catch (error) {
      this.#fail(error);
    }
  }

  #tellDrained(): void {
    if (this.#inputIdle && this.#buffer.size === 0 && this.#skipOfLost() === undefined) this.onDrained();
  }

  #take(): Packet | undefined {
    try {
      return this.#buffer.take(this.#timeFor(this.#newestIn, this.options.clock.nowMs()));
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  /**
   * An empty buffer that has not handed over the newest timestamp has let it go. A join fed by another branch would wait
   * for it, and hold up that branch and the source for ever; so what buffers do not tell by themselves is told here.
   */
  #skipOfLost(): Packet | undefined {
    const newest = this.#newestIn;
    if (this.#failed || newest === undefined || newest.timestampMs <= this.#newestOutMs || this.#buffer.size > 0)
      return undefined;
    return skipPacket(newest.timestampMs, newest.trace);
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.figures.fail(error, this.options.clock.nowMs());
    this.figures.state = 'failed';
    this.#finish();
    this.options.events.nodeFailed(this.name, error);
    this.onReady();
  }

  #finish(): void {
    this.#outlet.end();
    this.#ended.resolve();
  }
}

/** Lets go what it holds, and closes it, whatever becomes of the first. @throws what the buffer throws */
async function release(buffer: PacketBuffer): Promise<void> {
  try {
    buffer.clear();
  } finally {
    await buffer.close?.();
  }
}
