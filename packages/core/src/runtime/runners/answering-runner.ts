import { deferred, isPromiseLike } from '../../base/index.js';
import type { Awaitable, Clock } from '../../base/index.js';
import { closeValue } from '../../kinds/index.js';
import type { Packet, ProcessInfo, Trace } from '../../kinds/index.js';
import type { ValueCheck } from '../checks/value-check.js';
import { planInputs } from '../inputs/input-plan.js';
import type { InputPlan } from '../inputs/input-plan.js';
import type { InputSet, InputTarget } from '../inputs/input-set.js';
import type { NodeInstance } from '../instances/node-instance.js';
import type { NodeFigures, NodeState } from '../figures/node-figures.js';
import type { Consumer } from '../wires/consumer.js';
import { Outlet } from '../wires/outlet.js';
import { answerPackets, closeInput, closeRefused, skipAnswer } from './answers.js';
import type { ConfigChange, NodeRunner, Replacement, RunnerEvents } from './node-runner.js';
import { openTogether, retire, whenAborted } from './replacing.js';
import { TakingOver } from './taking-over.js';

export interface AnsweringRunnerOptions {
  readonly name: string;
  /** One for each packet that may be worked on at once. */
  readonly instances: readonly NodeInstance[];
  /** As many with another configuration, not yet open; left out, the node cannot restart by itself. */
  readonly createInstances?: (config: Readonly<Record<string, unknown>>) => Promise<readonly NodeInstance[]>;
  readonly inputPlan: InputPlan;
  readonly outputPorts: readonly string[];
  /** What may go out at each output port, in their order; any value where there is none. */
  readonly checks?: readonly ValueCheck[];
  readonly figures: NodeFigures;
  readonly clock: Clock;
  /** Fires when the run no longer waits for answers. */
  readonly signal: AbortSignal;
  readonly events: RunnerEvents;
}

/** A packet that is being worked on, or whose answer waits for its turn or for its consumers. */
interface Entry {
  readonly timestampMs: number;
  readonly trace: Trace;
  /** One for each output port once the answer is there. */
  answer: readonly Packet[] | undefined;
  /** These are NaN where it is not timed. */
  startMs: number;
  doneMs: number;
  isResult: boolean;
  /** A skip only waits for its turn: it takes no place from packets to work on. */
  readonly isSkip: boolean;
}

/** Skips that may wait behind a packet that is being worked on; then they hold up their producer, as packets do. */
const MAX_WAITING_SKIPS = 256;

/**
 * Runs a node that answers packets: transform, extractor, smoother, classifier, sink. As many packets are under way as
 * there are instances up; answers leave in the order their packets came. A place is free again only after its answer was
 * handed over: that is how back-pressure travels upstream.
 */
export class AnsweringRunner implements NodeRunner, InputTarget {
  readonly name: string;
  readonly figures: NodeFigures;
  readonly outputs: ReadonlyMap<string, Outlet>;
  onDrained: () => void = () => {};
  #inputSet: InputSet;
  #instances: readonly NodeInstance[];
  #idle: NodeInstance[];
  readonly #takingOver = new TakingOver();
  readonly #entries: Entry[] = [];
  /** How many of the entries are skips. */
  #skips = 0;
  readonly #outlets: readonly Outlet[];
  #ended = deferred<void>();
  /** Settles when no call is under way; made only while somebody waits for that. */
  #quiet: { promise: Promise<void>; resolve: (value: void) => void } | undefined;
  #calls = 0;
  #undelivered = 0;
  /** The timestamp of the newest packet that was begun. */
  #newestMs = Number.NEGATIVE_INFINITY;
  #emitting = false;
  #inputsEnded = false;
  #inputsIdle = false;
  #halted = false;
  /** How many ask that nothing is started, since the node changes. */
  #holds = 0;
  #freeSinceMs: number;

  constructor(private readonly options: AnsweringRunnerOptions) {
    this.name = options.name;
    this.figures = options.figures;
    this.#instances = options.instances;
    this.#idle = this.#employ(options.instances);
    this.#outlets = options.outputPorts.map(() => new Outlet());
    for (const outlet of this.#outlets) {
      outlet.onHandedOver = () => this.#handedOver();
      outlet.onFault = (error) => this.#fault(error);
    }
    this.outputs = new Map(options.outputPorts.map((port, index) => [port, this.#outlets[index] ?? new Outlet()]));
    this.#inputSet = planInputs(options.inputPlan, this);
    this.#freeSinceMs = options.figures.free();
  }

  get inputs(): ReadonlyMap<string, Consumer> {
    return this.#inputSet.consumers;
  }

  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  get canStart(): boolean {
    const isFree = this.#entries.length - this.#skips < this.#places && this.#skips < MAX_WAITING_SKIPS;
    return isFree && !this.#halted && this.#holds === 0;
  }

  /** One that is down answers at once, with nothing: it would get all that the others are too busy for. */
  get #places(): number {
    let places = 0;
    for (const instance of this.#instances) if (instance.isDown !== true) places += 1;
    return Math.max(1, places);
  }

  async open(signal: AbortSignal): Promise<void> {
    await this.#each((instance) => instance.open(signal));
    this.#freeSinceMs = this.figures.free();
  }

  start(value: unknown, timestampMs: number, trace: Trace): void {
    const startMs = this.figures.started(this.#freeSinceMs, trace);
    const doneMs = Number.NaN;
    const entry: Entry = { timestampMs, trace, answer: undefined, startMs, doneMs, isResult: false, isSkip: false };
    this.#entries.push(entry);
    this.#newestMs = timestampMs;
    const instance = this.#takeIdle();
    if (instance === undefined)
      throw new Error(`Node "${this.name}" was given a packet while busy. This is a fault of the runtime.`);
    const info: ProcessInfo = { timestampMs, trace, signal: this.options.signal };
    this.figures.watch?.begins(value, timestampMs, trace);
    this.#calls += 1;
    let answer: unknown;
    try {
      answer = instance.invoke(value, info);
    } catch (error) {
      this.#failed(entry, instance, value, error);
      return;
    }
    if (!isPromiseLike(answer)) {
      this.#answered(entry, instance, value, answer);
      return;
    }
    answer.then(
      (settled) => this.#answered(entry, instance, value, settled),
      (error: unknown) => this.#failed(entry, instance, value, error),
    );
  }

  startSkip(timestampMs: number, trace: Trace): void {
    // A join that is emptied gives up what has come so far; its partner, which comes later, is no second skip of that time.
    if (timestampMs <= this.#newestMs) return;
    this.#newestMs = timestampMs;
    this.figures.skipped += 1;
    const answer = skipAnswer(this.options.outputPorts, timestampMs, trace);
    const untimed = { startMs: Number.NaN, doneMs: Number.NaN };
    this.#entries.push({ timestampMs, trace, answer, ...untimed, isResult: false, isSkip: true });
    this.#skips += 1;
    this.#emit();
  }

  inputsStartAfter(timestampMs: number): void {
    for (const outlet of this.#outlets) outlet.startsAfter(timestampMs);
  }

  inputsEnded(): void {
    this.#inputsEnded = true;
    this.#endWhenEmpty();
  }

  inputsIdle(areIdle: boolean): void {
    this.#inputsIdle = areIdle;
    this.#tellDrained();
  }

  halt(): void {
    this.#halted = true;
    this.#inputSet.clear();
    for (const outlet of this.#outlets) outlet.discard();
    for (const entry of this.#entries.splice(0)) for (const packet of entry.answer ?? []) closeValue(packet.value);
    this.#ended.resolve();
  }

  async reconfigure(change: ConfigChange): Promise<boolean> {
    const held = await this.rest(change.signal);
    const taking = this.#takingOver;
    const asked = this.#halted ? Promise.resolve(false) : taking.ask(this.name, this.#instances, change);
    void this.#takingOver.settled().then(() => held[Symbol.dispose]()); // no packet comes before its answer, however late
    return await asked;
  }

  async prepare({ config, signal }: ConfigChange): Promise<Replacement> {
    const { createInstances, signal: runSignal } = this.options;
    if (createInstances === undefined) throw new Error(`Node "${this.name}" was made without a way to restart.`);
    const next = await Promise.race([createInstances(config), whenAborted(signal)]);
    await openTogether(next, runSignal, signal);
    const old = this.#instances;
    return {
      commit: () => {
        this.#instances = next;
        this.#idle = this.#employ(next);
        if (isDown(this.figures.state)) this.figures.state = 'open';
      },
      retire: (limit) =>
        retire(
          old.map((instance) => () => leave(instance)),
          limit,
        ),
      discard: async (limit) => {
        await retire(
          next.map((instance) => () => instance.close()),
          limit,
        );
      },
    };
  }

  async rest(signal: AbortSignal): Promise<Disposable> {
    this.#holds += 1;
    const held = {
      [Symbol.dispose]: () => {
        this.#holds -= 1;
        if (this.#holds === 0) this.#inputSet.nodeReady();
      },
    };
    try {
      await Promise.race([this.#whenQuiet(), whenAborted(signal)]);
      return held;
    } catch (error) {
      held[Symbol.dispose]();
      throw error;
    }
  }

  rewire(ports: readonly [string, ...string[]], unchanged: ReadonlySet<string>): void {
    const held = this.#inputSet.takeHeld?.(unchanged);
    this.#inputSet.clear(); // a latest join holds values of wires that are no more
    this.#inputSet = planInputs({ ...this.options.inputPlan, ports }, this, held);
    this.#inputsIdle = false;
    if (this.figures.state !== 'ended') return;
    this.#inputsEnded = false;
    this.#ended = deferred<void>();
    this.figures.state = 'open';
  }

  async flush(): Promise<void> {
    await this.#each((instance) => instance.flush());
  }

  async close(): Promise<void> {
    await this.#whenQuiet();
    await this.#each((instance) => instance.close());
  }

  #employ(instances: readonly NodeInstance[]): NodeInstance[] {
    for (const instance of instances)
      if (instance.isDown !== undefined) instance.onUp = () => this.#inputSet.nodeReady();
    return [...instances];
  }

  async #whenQuiet(): Promise<void> {
    await this.#takingOver.settled();
    if (this.#calls === 0) return;
    this.#quiet ??= deferred<void>();
    await this.#quiet.promise;
  }

  /** The one that rested last; one whose worker is down only where there is no other. */
  #takeIdle(): NodeInstance | undefined {
    for (let index = this.#idle.length - 1; index > 0; index -= 1)
      if (this.#idle[index]?.isDown !== true) return this.#idle.splice(index, 1)[0];
    return this.#idle.shift();
  }

  /** Calls all instances and waits for every one of them, so that no call is under way when the first failure is told. */
  async #each(call: (instance: NodeInstance) => Awaitable<void>): Promise<void> {
    const settled = await Promise.allSettled(this.#instances.map(async (instance) => await call(instance)));
    for (const result of settled) if (result.status === 'rejected') throw result.reason;
  }

  #answered(entry: Entry, instance: NodeInstance, input: unknown, answer: unknown): void {
    const { outputPorts, inputPlan } = this.options;
    let packets: readonly Packet[];
    try {
      packets = this.#toPackets(entry, answer);
    } catch (error) {
      closeRefused(answer, input, inputPlan.asObject);
      this.#failed(entry, instance, input, error);
      return;
    }
    closeInput(input, inputPlan.asObject, packets);
    entry.isResult = answer !== undefined || outputPorts.length === 0;
    if (!entry.isResult) this.figures.skipped += 1;
    entry.doneMs = this.figures.worked(entry.startMs, entry.isResult);
    this.figures.watch?.answered(entry, packets, outputPorts);
    this.#settle(entry, instance, packets);
  }

  #failed(entry: Entry, instance: NodeInstance, input: unknown, error: unknown): void {
    closeInput(input, this.options.inputPlan.asObject, []);
    const isGivenUp = this.options.signal.aborted; // by the run: no fault of the node
    if (isGivenUp) this.figures.skipped += 1;
    else this.#fault(error);
    entry.doneMs = this.figures.worked(entry.startMs, false);
    if (!isGivenUp) this.figures.watch?.failed(entry, error);
    this.#settle(entry, instance, skipAnswer(this.options.outputPorts, entry.timestampMs, entry.trace));
  }

  #fault(error: unknown): void {
    this.figures.fail(error, this.options.clock.nowMs());
    this.options.events.packetFailed(this.name, error);
  }

  #settle(entry: Entry, instance: NodeInstance, packets: readonly Packet[]): void {
    entry.answer = packets;
    this.#idle.push(instance);
    this.#calls -= 1;
    if (this.#calls === 0) {
      this.#quiet?.resolve();
      this.#quiet = undefined;
    }
    if (this.#halted) {
      for (const packet of packets) closeValue(packet.value); // nobody takes it any more
      return;
    }
    this.#emit();
  }

  #toPackets({ timestampMs, trace }: Entry, answer: unknown): readonly Packet[] {
    const { outputPorts, checks } = this.options;
    if (answer === undefined) return skipAnswer(outputPorts, timestampMs, trace);
    return answerPackets(this.name, outputPorts, answer, timestampMs, trace, checks);
  }

  /** Hands over the answers at the head of the queue. */
  #emit(): void {
    if (this.#emitting || this.#undelivered > 0) return;
    this.#emitting = true;
    for (let head = this.#entries[0]; head?.answer !== undefined && !this.#halted; head = this.#entries[0]) {
      for (let index = 0; index < this.#outlets.length; index += 1) {
        const packet = head.answer[index];
        const outlet = this.#outlets[index];
        if (packet === undefined || outlet === undefined) continue;
        if (!packet.skip) this.figures.out += 1;
        if (!outlet.offer(packet)) this.#undelivered += 1;
      }
      head.answer = []; // its packets belong to the outlets or consumers now
      if (this.#undelivered > 0) break;
      this.#free(head);
    }
    this.#emitting = false;
    this.#endWhenEmpty();
  }

  #handedOver(): void {
    this.#undelivered -= 1;
    if (this.#undelivered > 0 || this.#emitting) return;
    const head = this.#entries[0];
    if (head !== undefined) this.#free(head);
    this.#emit();
  }

  #free(head: Entry): void {
    this.#entries.shift();
    if (head.isSkip) this.#skips -= 1;
    this.#freeSinceMs = this.figures.handedOver(head.doneMs);
    this.figures.trace?.answered(head, this.#freeSinceMs);
    this.#inputSet.nodeReady();
  }

  #tellDrained(): void {
    if (this.#inputsIdle && this.#entries.length === 0) this.onDrained();
  }

  #endWhenEmpty(): void {
    this.#tellDrained();
    if (!this.#inputsEnded || this.#entries.length > 0 || this.#halted) return;
    this.figures.state = 'ended';
    this.#inputSet.clear(); // a latest join still holds the newest of its other inputs
    for (const outlet of this.#outlets) outlet.end();
    this.#ended.resolve();
  }
}

async function leave(instance: NodeInstance): Promise<void> {
  try {
    await instance.flush();
  } finally {
    await instance.close();
  }
}

function isDown(state: NodeState): boolean {
  return state === 'restarting' || state === 'quarantined';
}
