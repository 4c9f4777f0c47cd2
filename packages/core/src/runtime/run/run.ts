import { deferred, errorMessage, toErrorRecord, withTimeLimit } from '../../base/index.js';
import type { Clock, HistogramBounds, Logger } from '../../base/index.js';
import type { EncodedFrameCache } from '../../kinds/index.js';
import type { GraphDocument, NodeTypeCatalog, ResolvedGraph, ResolvedNode } from '../../graph/index.js';
import { RunChanges } from '../changes/run-changes.js';
import type { AppliedGraph } from '../changes/run-changes.js';
import { RunningGraph } from '../changes/running-graph.js';
import type { NodeRunner, RunnerEvents } from '../runners/node-runner.js';
import { SourceRunner } from '../runners/source-runner.js';
import type { RunRecorder } from '../traces/run-recorder.js';
import type { TraceWriter } from '../traces/trace-event.js';
import { NodeOpenings } from './node-openings.js';
import type { RunObserver } from '../observe/run-observer.js';
import type { RunObservers } from '../observe/run-observers.js';
import { OrderedShutdown } from './ordered-shutdown.js';
import type { ShutdownStepError } from './ordered-shutdown.js';
import type { Admission } from './admission.js';
import { DEFAULT_RUN_LIMITS } from './run-limits.js';
import type { RunLimits } from './run-limits.js';
import { wasNotExact } from './not-exact.js';
import { nothingWorked } from './nothing-worked.js';
import { agesOf } from './run-snapshot.js';
import type { RunOutcome, RunResult, RunSnapshot, RunState } from './run-snapshot.js';
import { watchRun } from './watch-run.js';
import type { WatchOptions } from './watch-run.js';
import { NodeFailedError, NodeOpenError } from './run-errors.js';

export interface RunOptions {
  readonly runId: string;
  readonly graph: ResolvedGraph;
  /** What node types there are, for graphs that are applied later. */
  readonly catalog: NodeTypeCatalog;
  /** Makes the runner of a node of `graph`, its wires not yet laid. */
  createRunner(
    node: ResolvedNode,
    graph: ResolvedGraph,
    events: RunnerEvents,
    signal: AbortSignal,
  ): Promise<NodeRunner>;
  /** Releases what the run's containers hold; the very last step. */
  release(): Promise<void>;
  /** JPEGs of its frames; those of a source that has disconnected are not kept. */
  readonly previews?: EncodedFrameCache;
  /** Whom it tells what happens. */
  readonly observers: RunObservers;
  readonly recorder: RunRecorder;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: Partial<RunLimits>;
  readonly admission?: Admission;
}

/**
 * A graph being executed. `start()` opens all nodes and lets the sources go; `finished` settles once everything is
 * released, whether the sources ran dry, somebody called `stop()`, or a node failed.
 */
export class Run {
  readonly runId: string;
  /** What becomes of packets that nobody can take yet. */
  readonly admission: Admission;
  readonly #limits: RunLimits;
  readonly #abort = new AbortController();
  readonly #finished = deferred<RunOutcome>();
  readonly finished: Promise<RunOutcome> = this.#finished.promise;
  #state: RunState = 'created';
  readonly #running: RunningGraph;
  #startedMs: number | undefined;
  #endedMs: number | undefined;
  #ending: Promise<void> | undefined;
  #opening: Promise<void> | undefined;
  readonly #openings: NodeOpenings;
  readonly #hurry = deferred<void>();
  readonly #changes: RunChanges;
  /** The ends of nodes that are waited for; true: it has come. */
  readonly #ends = new WeakMap<Promise<void>, boolean>();
  #paused = false;

  constructor(private readonly options: RunOptions) {
    this.runId = options.runId;
    this.admission = options.admission ?? 'live';
    this.#limits = { ...DEFAULT_RUN_LIMITS, ...options.limits };
    const { runId, graph, catalog, clock, logger } = options;
    this.#running = new RunningGraph(graph, options.recorder);
    this.#openings = new NodeOpenings(clock, this.#limits.openMs, this.#abort);
    this.#changes = new RunChanges({
      runId,
      running: this.#running,
      catalog,
      clock,
      logger,
      limits: this.#limits,
      runSignal: this.#abort.signal,
      isRunning: () => this.#state === 'running',
      createRunner: (node, after) => this.#createRunner(node, after),
      onChanged: (beginning) => {
        this.#begin(beginning);
        this.#watchEnds();
      },
      onIdle: () => this.#completeWhenOver(),
    });
  }

  get state(): RunState {
    return this.#state;
  }

  /**
   * Opens every node, then starts the sources. Where `stop()` comes meanwhile, nothing starts and `finished` tells.
   * @throws TypeError where the run was started, or stopped, already.
   * @throws NodeOpenError - all that had opened is closed again by then, and `finished` has settled as failed.
   */
  async start(): Promise<void> {
    if (this.#state !== 'created')
      throw new TypeError(`Run ${this.runId} was started or stopped already; a run starts once.`);
    this.#state = 'opening';
    try {
      this.#opening = this.#open();
      await this.#opening;
    } catch (error) {
      const isStopped = this.#ending !== undefined;
      await this.#end('failed', error);
      if (isStopped) return; // giving up is what was asked for
      throw error;
    }
    if (this.#ending !== undefined) return; // stopped while it opened
    this.#state = 'running';
    this.#startedMs = this.options.clock.nowMs();
    this.#begin(this.#running.runners);
    this.#watchEnds();
    this.#completeWhenOver(); // where there is no node
  }

  /**
   * Ends the run in order. `drain` (the default) lets packets under way reach their sinks, within the limit; `drop` lets
   * them go. Calling it again with `drop` cuts a drain short. Settles as `finished` does.
   */
  async stop(mode: 'drain' | 'drop' = 'drain'): Promise<RunOutcome> {
    if (mode === 'drop') this.#hurry.resolve();
    void this.#end('stopped');
    return await this.finished;
  }

  /** True between `pause()` and `resume()`. */
  get paused(): boolean {
    return this.#paused;
  }

  /** The graph that runs now, every change in it. `formatGraph(toDocument(run.graph))` writes it down. */
  get graph(): ResolvedGraph {
    return this.#running.graph;
  }

  /**
   * Sources stop handing over; what is behind them is finished. What live sources bring meanwhile is dropped (counted as
   * `paused`), the others wait and lose nothing. Before `start()`: the run then starts paused.
   */
  pause(): void {
    this.#paused = true;
    for (const source of this.#running.sources) source.pause();
  }

  resume(): void {
    this.#paused = false;
    for (const source of this.#running.sources) source.resume();
  }

  /**
   * Gives a node of the running graph another value for one key of its configuration, between two packets; undefined
   * brings the default back. True: the node goes on with it, its state kept. False: the node was restarted: the new one
   * was open before the old one was closed, and no packet of another node was lost. Changes are made one after the other.
   * @throws NodeUnknownError, ConfigRefusedError, RunNotRunningError, NotRestartableError, NodeOpenError, TimeLimitError,
   *   AbortedError where the run ends meanwhile - the node then goes on as it was.
   */
  async set(node: string, key: string, value: unknown): Promise<boolean> {
    return await this.#changes.set(node, key, value);
  }

  /**
   * Goes over into a run of another graph: only nodes that changed are restarted, sources and sinks that did not stay open.
   * All that begins is open before anything changes; where that fails the run goes on as it was. What is before a node
   * whose wires change is emptied first, its sources held meanwhile, so that no packet is lost or out of order. Nodes behind
   * another source than before, or fed another type of value, begin anew; sinks go on. Settles when what was removed is
   * released.
   * @throws GraphInvalidError, RunNotRunningError, NodeOpenError, NotRestartableError, TimeLimitError (limit `changeMs`),
   *   AbortedError where the run ends meanwhile - the run's graph is then as it was.
   */
  async apply(document: GraphDocument): Promise<AppliedGraph> {
    return await this.#changes.apply(document);
  }

  /**
   * What `apply` would come to now; nothing is changed. Nodes are not asked: one that would refuse a live change is among
   * `takenOver` here, and is restarted when it comes to it.
   * @throws GraphInvalidError, RunNotRunningError
   */
  preview(document: GraphDocument): AppliedGraph {
    return this.#changes.preview(document);
  }

  /** @param bounds - what the histograms count up to, in milliseconds; left out: none */
  snapshot(bounds?: HistogramBounds): RunSnapshot {
    const untilMs = this.#endedMs ?? this.options.clock.nowMs();
    const nodes = this.#running.runners.map((runner) => runner.figures.snapshot(untilMs, bounds));
    return {
      runId: this.runId,
      state: this.#state,
      elapsedMs: this.#startedMs === undefined ? 0 : untilMs - this.#startedMs,
      nodes,
      ageMs: agesOf(nodes),
    };
  }

  /** JPEGs of its frames, each made once for all who ask. Undefined where the platform makes none. */
  get previews(): EncodedFrameCache | undefined {
    return this.options.previews;
  }

  /** Tells `observer` of each frame, value and drop from now on, until the answer is disposed of. */
  observe(observer: RunObserver): Disposable {
    return this.options.observers.add(observer);
  }

  /**
   * Records each step of each packet, all of which are timed meanwhile, until the answer is disposed of or the run ends.
   * @param title - of the run in the trace; default: its id.
   * @throws RecordingRefusedError where it is being recorded already, or has ended.
   */
  record(writer: TraceWriter, title?: string): Disposable {
    return this.options.recorder.begin(writer, title);
  }

  /**
   * The figures twice a second while the run lasts, in `for await`. They are taken when they are asked for, so a slow
   * consumer gets the newest; no timer waits while it works or after it has left. The last one is of the ended run.
   */
  watch(options: WatchOptions = {}): AsyncGenerator<RunSnapshot, void, undefined> {
    return watchRun(this, this.options.clock, options);
  }

  async #open(): Promise<void> {
    const { clock } = this.options;
    await withTimeLimit(clock, this.#limits.openMs, 'Preparing the nodes', this.#createRunners());
    await this.#openings.open(this.#running.runners);
  }

  async #createRunners(): Promise<void> {
    const { graph } = this.#running;
    const runners = new Map<string, NodeRunner>();
    for (const node of graph.nodes) {
      try {
        runners.set(node.name, await this.#createRunner(node, graph));
      } catch (cause) {
        throw new NodeOpenError(node.name, node.descriptor.type, { cause });
      }
    }
    this.#running.replace(graph, runners);
    for (const wire of graph.wires) this.#running.connect(wire);
  }

  async #createRunner(node: ResolvedNode, graph: ResolvedGraph): Promise<NodeRunner> {
    const { type } = node.descriptor;
    const events: RunnerEvents = {
      packetFailed: (name, error) =>
        this.options.logger.warn(`A packet failed: ${errorMessage(error)}`, {
          node: name,
          error: toErrorRecord(error),
        }),
      nodeFailed: (name, error) => {
        const failure = new NodeFailedError(name, type, { cause: error });
        if (this.#running.runner(name) === runner) void this.#end('failed', failure);
        else this.options.logger.warn(failure.message, { node: name, error: toErrorRecord(failure) }); // taken out already
      },
    };
    const runner = await this.options.createRunner(node, graph, events, this.#abort.signal);
    return runner; // the events refer to it
  }

  #begin(runners: readonly NodeRunner[]): void {
    for (const runner of runners) runner.figures.begin();
    for (const source of runners.filter((runner) => runner instanceof SourceRunner)) {
      if (this.#paused) source.pause();
      source.begin();
    }
  }

  /** Each end is watched once, however often the graph changes: a run may last for weeks. */
  #watchEnds(): void {
    for (const { ended } of this.#running.runners) {
      if (this.#ends.has(ended)) continue;
      this.#ends.set(ended, false);
      void ended.then(() => {
        this.#ends.set(ended, true);
        this.#completeWhenOver();
      });
    }
  }

  /** The run ends when all of the nodes that it has now have ended; not before a change that may bring others is made. */
  #completeWhenOver(): void {
    if (this.#state !== 'running' || this.#changes.underWay) return;
    if (this.#running.runners.every(({ ended }) => this.#ends.get(ended) === true)) void this.#end('completed');
  }

  #end(result: RunResult, error?: unknown): Promise<void> {
    this.#ending ??= this.#shutDown(result, error);
    return this.#ending;
  }

  async #shutDown(result: RunResult, cause: unknown): Promise<void> {
    const opening = this.#state === 'opening' || this.#state === 'created';
    this.#state = 'stopping';
    if (opening) this.#abort.abort();
    await Promise.allSettled([this.#opening, this.#changes.close()]); // what is still opening is not closed under its feet
    const shutdown = this.#planShutdown(result === 'completed');
    const shutdownFailures = [...(await shutdown.run()), ...(await this.#release())];
    this.#endedMs = this.options.clock.nowMs();
    this.#state = 'ended';
    for (const failure of shutdownFailures)
      this.options.logger.warn(failure.message, { error: toErrorRecord(failure) });
    const snapshot = this.snapshot();
    if (this.admission === 'lossless')
      for (const { code, node, message, mend } of wasNotExact(snapshot.nodes))
        this.options.logger.warn(`${message} ${mend ?? ''}`, { code, node });
    const error = cause instanceof Error ? cause : result === 'completed' ? nothingWorked(snapshot) : undefined;
    this.#finished.resolve({
      result: error === undefined ? result : 'failed',
      ...(error === undefined ? {} : { error }),
      snapshot,
      shutdownFailures,
    });
  }

  #planShutdown(isDrained: boolean): OrderedShutdown {
    const shutdown = new OrderedShutdown(this.options.clock);
    const limits = this.#limits;
    for (const runner of this.#running.runners) {
      const { name } = runner;
      if (runner instanceof SourceRunner) {
        shutdown.add({
          id: `${name}.stop`,
          phase: 'stopSources',
          timeoutMs: limits.stopSourceMs,
          run: () => runner.stop(),
        });
      }
      if (isOpen(runner))
        shutdown.add({
          id: `${name}.flush`,
          phase: 'flushSinks',
          timeoutMs: limits.flushMs,
          run: () => runner.flush(),
        });
      shutdown.add({
        id: `${name}.close`,
        phase: 'release',
        timeoutMs: limits.releaseMs,
        run: async () => {
          await this.#openings.settled(name);
          await runner.close();
          if (runner.figures.state !== 'failed') runner.figures.state = 'closed';
        },
      });
    }
    if (!isDrained) {
      shutdown.add({ id: 'drain', phase: 'drain', timeoutMs: limits.drainMs + 1_000, run: () => this.#drain() });
    }
    return shutdown;
  }

  /** The very last step, a shutdown of its own behind that of the nodes: their containers are needed until then. */
  async #release(): Promise<readonly ShutdownStepError[]> {
    const shutdown = new OrderedShutdown(this.options.clock);
    shutdown.add({
      id: 'run.release',
      phase: 'release',
      timeoutMs: this.#limits.releaseMs,
      run: () => this.options.release(),
    });
    return await shutdown.run();
  }

  /** Waits for packets under way; what is left after the limit, or when somebody is in a hurry, is let go. */
  async #drain(): Promise<void> {
    const empty = Promise.all(this.#running.runners.map(async (runner) => await runner.ended));
    if (this.#startedMs !== undefined) {
      const limit = this.options.clock.schedule(this.#limits.drainMs, () => this.#hurry.resolve());
      await Promise.race([empty, this.#hurry.promise]);
      limit[Symbol.dispose]();
    }
    this.#abort.abort();
    for (const runner of this.#running.runners) runner.halt();
  }
}

/** Nodes that never opened have nothing to flush. */
function isOpen({ figures: { state } }: NodeRunner): boolean {
  return state === 'open' || state === 'ended' || state === 'restarting' || state === 'quarantined';
}
