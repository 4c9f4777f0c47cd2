import { EventLoopBreather, KinegraphError, deferred, eventLoopTurn, isPromiseLike } from '../../base/index.js';
import type { Clock, Deferred } from '../../base/index.js';
import { StreamItem, closePacket, closeValue, valuePacket } from '../../kinds/index.js';
import type { FrameSource, Packet } from '../../kinds/index.js';
import { Frame, FrameClosedError, MonotonicTimestamps } from '../../vision/index.js';
import type { Timed } from '../../vision/index.js';
import { describeValue, isRecord } from '../checks/value-check.js';
import type { ValueCheck } from '../checks/value-check.js';
import type { NodeFigures } from '../figures/node-figures.js';
import type { Consumer } from '../wires/consumer.js';
import { Outlet } from '../wires/outlet.js';
import { BadAnswerError, checkValue, closeRefused } from './answers.js';
import type { ConfigChange, NodeRunner, RunnerEvents } from './node-runner.js';
import { TakingOver } from './taking-over.js';

/** Cause of drops: a live source had a newer frame before anybody took this one. */
export const DROP_REPLACED_AT_SOURCE = 'replaced';
/** Cause of drops: the source was stopped before anybody took the frame at hand. */
export const DROP_STOPPED = 'stopped';
/** Cause of drops: a live source brought the frame while the run was paused. */
export const DROP_PAUSED = 'paused';

/** A source that always has a frame at hand must not starve timers and sockets: it pauses after this long, or this many reads. */
const BREATHE_AFTER_MS = 1;
const BREATHE_AFTER_READS = 256;

/** A source gave something without a place in its stream; the source has failed. */
export class BadTimestampError extends KinegraphError {
  override readonly name = 'BadTimestampError';
  readonly code = 'RUN_BAD_TIMESTAMP';
  constructor(override readonly data: { node: string; sequence: number; timestampMs: number }) {
    super(
      `Source "${data.node}" stamped frame ${data.sequence} with timestampMs ${data.timestampMs}. It must be a finite number of ` +
        `milliseconds; a stream without times of its own can take them from the run's Clock.`,
    );
  }
}

export interface SourceRunnerOptions {
  readonly name: string;
  readonly source: FrameSource<Timed>;
  readonly outputPort: string;
  /** Live sources keep only their newest frame while nobody is ready; the others wait. */
  readonly live: boolean;
  /** What it may bring. Left out: any value. */
  readonly check?: ValueCheck;
  readonly figures: NodeFigures;
  readonly clock: Clock;
  readonly events: RunnerEvents;
}

/** Runs a source: reads, stamps, hands over. */
export class SourceRunner implements NodeRunner {
  readonly name: string;
  readonly figures: NodeFigures;
  readonly inputs: ReadonlyMap<string, Consumer> = new Map();
  readonly outputs: ReadonlyMap<string, Outlet>;
  /** A source has no inputs that could be idle. */
  onDrained: () => void = () => {};
  readonly #outlet = new Outlet();
  readonly #ended = deferred<void>();
  readonly ended = this.#ended.promise;
  readonly #timestamps = new MonotonicTimestamps();
  readonly #abort = new AbortController();
  /** The same as the signal's `aborted`, which is slow to ask for every frame. */
  #halted = false;
  readonly #takingOver = new TakingOver();
  #handedOver: (() => void) | undefined;
  /** When the frame that waits was read; NaN where it is not timed. */
  #readMs = Number.NaN;
  #reading: Promise<void> | undefined;
  /** What was wrong with something that the source gave by itself. */
  #givenFault: { readonly error: unknown } | undefined;
  /** There while the run is paused; resolving it lets reading go on. */
  #paused: Deferred<void> | undefined;
  /** What waited for its consumers when the run was paused. */
  #withdrawn: Packet | undefined;

  constructor(private readonly options: SourceRunnerOptions) {
    this.name = options.name;
    this.figures = options.figures;
    this.outputs = new Map([[options.outputPort, this.#outlet]]);
    this.#outlet.onHandedOver = () => {
      this.#gaveOut();
      this.#handedOver?.();
    };
    this.#outlet.onFault = (error) => {
      this.figures.fail(error, options.clock.nowMs());
      options.events.packetFailed(this.name, error);
    };
  }

  async open(signal: AbortSignal): Promise<void> {
    await this.options.source.open?.(signal);
  }

  /** Starts reading. Called once, after every node of the run is open. */
  begin(): void {
    if (this.options.live) this.options.source.feed?.((item) => this.#given(item));
    this.#reading = this.#read().then(
      () => this.#isOver(this.#givenFault),
      // Reading that was told to stop may take that as it likes.
      (error: unknown) => this.#isOver(this.#givenFault ?? (this.#abort.signal.aborted ? undefined : { error })),
    );
    void this.#reading.then(() => {
      this.#outlet.end();
      this.#ended.resolve();
    });
  }

  #isOver(fault: { readonly error: unknown } | undefined): void {
    this.figures.state = fault === undefined ? 'ended' : 'failed';
    if (fault === undefined) return;
    this.figures.fail(fault.error, this.options.clock.nowMs());
    this.options.events.nodeFailed(this.name, fault.error);
  }

  /** Hands nothing over until `resume`. What a live source brings meanwhile is dropped; the others wait with it. */
  pause(): void {
    if (this.#paused !== undefined) return;
    this.#paused = deferred<void>();
    if (!this.options.live) this.#withdrawn = this.#outlet.withdraw();
    else this.#discard(DROP_PAUSED);
  }

  resume(): void {
    const paused = this.#paused;
    const packet = this.#withdrawn;
    this.#paused = undefined;
    this.#withdrawn = undefined;
    if (packet !== undefined && this.#outlet.offer(packet)) this.#outlet.onHandedOver();
    paused?.resolve();
  }

  async reconfigure(change: ConfigChange): Promise<boolean> {
    return await this.#takingOver.ask(this.name, [this.options.source], change);
  }

  /** It reads all the time, changes or not. */
  rest(): Promise<Disposable> {
    return Promise.resolve({ [Symbol.dispose]: () => {} });
  }

  rewire(): void {}

  /** Stops reading and waits for the read under way. */
  async stop(): Promise<void> {
    this.halt();
    await this.#reading;
  }

  halt(): void {
    this.#halted = true;
    this.#abort.abort();
    this.#discard(DROP_STOPPED);
    if (this.#withdrawn !== undefined) {
      const { trace } = this.#withdrawn;
      closePacket(this.#withdrawn);
      this.#withdrawn = undefined;
      this.figures.drop(DROP_STOPPED, 1, trace);
    }
    this.#paused?.resolve();
    this.#handedOver?.();
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {
    await this.#reading;
    await this.#takingOver.settled();
    await this.options.source.close?.();
  }

  async #read(): Promise<void> {
    using breather = new EventLoopBreather();
    const { signal } = this.#abort;
    const { clock, source } = this.options;
    let breathedAtMs = clock.nowMs();
    let reads = 0;
    let turn = eventLoopTurn();
    while (!signal.aborted) {
      const beforeMs = this.figures.time();
      const answer = source.read(signal);
      const item = isPromiseLike(answer) ? await answer : answer;
      if (item === undefined) return;
      const nowMs = clock.nowMs();
      this.figures.workMs.observe(nowMs - beforeMs);
      while (this.#paused !== undefined && !this.options.live && !signal.aborted) await this.#paused.promise;
      this.#stamp(item, beforeMs, Number.isNaN(beforeMs) ? beforeMs : nowMs);
      if (this.#outlet.holds && !this.options.live) await this.#whenHandedOver();
      reads += 1;
      const turnNow = eventLoopTurn();
      if (turn !== turnNow) {
        turn = turnNow; // it waited for something: everybody else has had a turn
        breathedAtMs = nowMs;
        reads = 0;
      }
      if (nowMs - breathedAtMs >= BREATHE_AFTER_MS || reads >= BREATHE_AFTER_READS) {
        await breather.breathe();
        breathedAtMs = clock.nowMs();
        reads = 0;
      }
    }
  }

  /** The source gives without being read. Who brought it there must not hear of the run's faults. */
  #given(item: Timed): void {
    const nowMs = this.figures.time();
    try {
      this.#stamp(item, nowMs, nowMs);
    } catch (error) {
      this.#givenFault = { error };
      this.#halted = true;
      this.#abort.abort();
    }
  }

  /**
   * @param beforeMs, readMs - when reading began and ended; NaN where the frame is not timed
   * @throws FrameClosedError, BadTimestampError
   */
  #stamp(item: Timed, beforeMs: number, readMs: number): void {
    if (item instanceof Frame && item.closed) throw new FrameClosedError({ sequence: item.sequence });
    if (isRecord(item) && !Number.isFinite(item.timestampMs)) {
      closeValue(carried(item));
      const { sequence, timestampMs } = item;
      throw new BadTimestampError({ node: this.name, sequence, timestampMs }); // joins could never place it
    }
    if (!this.#isFit(item)) return;
    const timestampMs = this.#timestamps.next(item.timestampMs);
    const trace = {
      source: this.name,
      sequence: item.sequence,
      capturedAtMs: item.capturedAtMs,
      clockOffsetMs: this.options.source.clockOffsetMs ?? 0,
    };
    const value = item instanceof Frame && timestampMs !== item.timestampMs ? item.restamp(timestampMs) : carried(item);
    const packet = valuePacket(timestampMs, trace, value);
    if (this.#halted) {
      closePacket(packet);
      return;
    }
    this.figures.in += 1;
    this.figures.trace?.read(trace, timestampMs, beforeMs, readMs);
    this.figures.watch?.entered(timestampMs, trace);
    this.figures.watch?.brought(this.options.outputPort, packet);
    if (this.#paused !== undefined) {
      closePacket(packet); // live: the others have waited
      this.figures.drop(DROP_PAUSED, 1, trace);
      return;
    }
    this.#readMs = readMs;
    if (this.#outlet.holds) {
      const replaced = this.#outlet.replace(packet); // live only: the others have waited for the hand-over
      if (replaced !== undefined) closePacket(replaced);
      this.figures.drop(DROP_REPLACED_AT_SOURCE, 1, replaced?.trace);
    } else if (this.#outlet.offer(packet)) this.#gaveOut();
  }

  /** One wrong thing among others costs itself: the next may be right again. */
  #isFit(item: Timed): boolean {
    try {
      if (!isRecord(item)) {
        const mend = 'A source reads frames, or other objects with sequence, timestampMs and capturedAtMs.';
        throw new BadAnswerError({ node: this.name, fault: describeValue(item), mend });
      }
      checkValue(this.name, this.options.outputPort, carried(item), item.timestampMs, this.options.check);
      return true;
    } catch (error) {
      closeRefused(carried(item), undefined, false);
      this.figures.in += 1;
      this.figures.fail(error, this.options.clock.nowMs());
      this.options.events.packetFailed(this.name, error);
      return false;
    }
  }

  /** Lets go what waits for its consumers. */
  #discard(cause: string): void {
    const trace = this.#outlet.discard();
    if (trace !== undefined) this.figures.drop(cause, 1, trace);
  }

  #gaveOut(): void {
    this.figures.gaveOut(this.#readMs);
    this.figures.trace?.handedOver(this.#readMs);
  }

  async #whenHandedOver(): Promise<void> {
    const { promise, resolve } = deferred<void>();
    this.#handedOver = resolve;
    await promise;
    this.#handedOver = undefined;
  }
}

/** What of an item travels on. */
function carried(item: Timed): unknown {
  return item instanceof StreamItem ? item.value : item;
}
