import { deferred, errorMessage, toErrorRecord, withTimeLimit } from '../../base/index.js';
import type { Clock, HistogramSummary, Logger } from '../../base/index.js';
import type { ResolvedGraph, ResolvedNode } from '../../graph/index.js';
import type { NodeSnapshot } from '../figures/node-figures.js';
import type { NodeRunner, RunnerEvents } from '../runners/node-runner.js';
import { SourceRunner } from '../runners/source-runner.js';
import { DROP_WORKER_DOWN } from '../workers/supervised-instance.js';
import { ConfigChanges } from './config-changes.js';
import { OrderedShutdown } from './ordered-shutdown.js';
import type { ShutdownStepError } from './ordered-shutdown.js';
import { watchRun } from './watch-run.js';
import type { WatchOptions } from './watch-run.js';
import { NodeFailedError, NodeOpenError, NothingWorkedError } from './run-errors.js';

export const RUN_STATES = ['created', 'opening', 'running', 'stopping', 'ended'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Why a run came to its end. */
export type RunResult = 'completed' | 'stopped' | 'failed';

/** The figures of a run at one moment, as plain data. */
export interface RunSnapshot {
  readonly runId: string;
  readonly state: RunState;
  /** Milliseconds since the sources began; 0 before. Stands still once the run has ended. */
  readonly elapsedMs: number;
  readonly nodes: readonly NodeSnapshot[];
  /** Age of what arrived, in milliseconds, by sink. */
  readonly ageMs: Readonly<Record<string, HistogramSummary>>;
}

export interface RunOutcome {
  readonly result: RunResult;
  /** Why it failed. */
  readonly error?: Error;
  readonly snapshot: RunSnapshot;
  /** Steps of the shutdown that failed or overran; the run has ended all the same. */
  readonly shutdownFailures: readonly ShutdownStepError[];
}

/** Time limits of a run, in milliseconds. */
export interface RunLimits {
  /** For all nodes to open: models may have to be built first. */
  readonly openMs: number;
  /** For packets under way to reach their sinks after the sources have stopped. */
  readonly drainMs: number;
  /** For a node to take over another configuration: packets under way in it, and opening it again where that is needed. */
  readonly changeMs: number;
  readonly stopSourceMs: number;
  readonly flushMs: number;
  readonly releaseMs: number;
  /** For a node in a worker to answer one packet; then its worker counts as hung and is replaced. */
  readonly watchdogMs: number;
}
export const DEFAULT_RUN_LIMITS: RunLimits = {
  openMs: 60_000,
  drainMs: 5_000,
  changeMs: 60_000,
  stopSourceMs: 3_000,
  flushMs: 5_000,
  releaseMs: 5_000,
  watchdogMs: 10_000,
};

export interface RunOptions {
  readonly runId: string;
  readonly graph: ResolvedGraph;
  /** Makes the runner of each node, wired inputs and all; called at start, in the graph's order. */
  createRunners(events: RunnerEvents, signal: AbortSignal): Promise<readonly NodeRunner[]>;
  /** Releases what the run's containers hold; the very last step. */
  release(): Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: Partial<RunLimits>;
}

/**
 * A graph being executed. `start()` opens all nodes and lets the sources go; `finished` settles once everything is
 * released, whether the sources ran dry, somebody called `stop()`, or a node failed.
 */
export class Run {
  readonly runId: string;
  readonly #limits: RunLimits;
  readonly #abort = new AbortController();
  readonly #finished = deferred<RunOutcome>();
  readonly finished: Promise<RunOutcome> = this.#finished.promise;
  #state: RunState = 'created';
  #runners: readonly NodeRunner[] = [];
  #startedMs: number | undefined;
  #endedMs: number | undefined;
  #ending: Promise<void> | undefined;
  #opening: Promise<void> | undefined;
  /** Opens under way by node: nothing is closed while a call into it is. */
  readonly #opens = new Map<string, Promise<void>>();
  readonly #hurry = deferred<void>();
  readonly #changes: ConfigChanges;
  #paused = false;

  constructor(private readonly options: RunOptions) {
    this.runId = options.runId;
    this.#limits = { ...DEFAULT_RUN_LIMITS, ...options.limits };
    const { runId, graph, clock, logger } = options;
    this.#changes = new ConfigChanges({
      runId,
      graph,
      clock,
      logger,
      limitMs: this.#limits.changeMs,
      runner: (node) =>
        this.#state === 'running' ? this.#runners.find((candidate) => candidate.name === node) : undefined,
    });
  }

  get state(): RunState {
    return this.#state;
  }

  /**
   * Opens every node, then starts the sources. Where `stop()` comes first, nothing starts and `finished` tells.
   * @throws NodeOpenError - all that had opened is closed again by then, and `finished` has settled as failed.
   */
  async start(): Promise<void> {
    if (this.#state !== 'created') throw new TypeError(`Run ${this.runId} was started already; a run starts once.`);
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
    for (const runner of this.#runners) runner.figures.begin();
    for (const source of this.#sources()) {
      if (this.#paused) source.pause();
      source.begin();
    }
    void Promise.all(this.#runners.map(async (runner) => await runner.ended)).then(() => this.#end('completed'));
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

  /** The nodes with the configurations that they have now. */
  get nodes(): readonly ResolvedNode[] {
    return this.#changes.nodes;
  }

  /**
   * Sources stop handing over; what is behind them is finished. What live sources bring meanwhile is dropped (counted as
   * `paused`), the others wait and lose nothing. Before `start()`: the run then starts paused.
   */
  pause(): void {
    this.#paused = true;
    for (const source of this.#sources()) source.pause();
  }

  resume(): void {
    this.#paused = false;
    for (const source of this.#sources()) source.resume();
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

  snapshot(): RunSnapshot {
    const untilMs = this.#endedMs ?? this.options.clock.nowMs();
    const nodes = this.#runners.map((runner) => runner.figures.snapshot(untilMs));
    return {
      runId: this.runId,
      state: this.#state,
      elapsedMs: this.#startedMs === undefined ? 0 : untilMs - this.#startedMs,
      nodes,
      ageMs: agesOf(nodes),
    };
  }

  /**
   * The figures twice a second while the run lasts, in `for await`. They are taken when they are asked for, so a slow
   * consumer gets the newest; no timer waits while it works or after it has left. The last one is of the ended run.
   */
  watch(options: WatchOptions = {}): AsyncGenerator<RunSnapshot, void, undefined> {
    return watchRun(this, this.options.clock, options);
  }

  async #open(): Promise<void> {
    const events: RunnerEvents = {
      packetFailed: (node, error) =>
        this.options.logger.warn(`A packet failed: ${errorMessage(error)}`, { node, error: toErrorRecord(error) }),
      nodeFailed: (node, error) =>
        void this.#end('failed', new NodeFailedError(node, this.#typeOf(node), { cause: error })),
    };
    const { clock } = this.options;
    this.#runners = await withTimeLimit(
      clock,
      this.#limits.openMs,
      'Preparing the nodes',
      this.options.createRunners(events, this.#abort.signal),
    );
    const opened = await Promise.allSettled(
      this.#runners.map(async (runner) => {
        runner.figures.state = 'opening';
        try {
          await withTimeLimit(clock, this.#limits.openMs, `Opening node "${runner.name}"`, this.#openOne(runner));
          runner.figures.state = 'open';
        } catch (cause) {
          runner.figures.state = 'failed';
          runner.figures.fail(cause, clock.nowMs());
          this.#abort.abort(); // the others need not go on opening
          throw new NodeOpenError(runner.name, this.#typeOf(runner.name), { cause });
        }
      }),
    );
    const failures = opened
      .filter((result) => result.status === 'rejected')
      .map((result) => result.reason as NodeOpenError);
    // An abort makes others fail as well: the one that was not aborted is the one to tell.
    const failure = failures.find((error) => error.data.causeCode !== 'CORE_ABORTED') ?? failures[0];
    if (failure !== undefined) throw failure;
  }

  #openOne(runner: NodeRunner): Promise<void> {
    const open = runner.open(this.#abort.signal);
    this.#opens.set(runner.name, open);
    return open;
  }

  #sources(): readonly SourceRunner[] {
    return this.#runners.filter((runner) => runner instanceof SourceRunner);
  }

  #typeOf(node: string): string {
    return this.options.graph.nodes.find((candidate) => candidate.name === node)?.descriptor.type ?? 'unknown type';
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
    for (const runner of this.#runners) {
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
          await Promise.allSettled([this.#opens.get(name)]);
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
    const empty = Promise.all(this.#runners.map(async (runner) => await runner.ended));
    if (this.#startedMs !== undefined) {
      const limit = this.options.clock.schedule(this.#limits.drainMs, () => this.#hurry.resolve());
      await Promise.race([empty, this.#hurry.promise]);
      limit[Symbol.dispose]();
    }
    this.#abort.abort();
    for (const runner of this.#runners) runner.halt();
  }
}

function agesOf(nodes: readonly NodeSnapshot[]): Readonly<Record<string, HistogramSummary>> {
  return Object.fromEntries(nodes.flatMap(({ name, ageMs }) => (ageMs === undefined ? [] : [[name, ageMs]])));
}

/** Nodes that never opened have nothing to flush. */
function isOpen({ figures: { state } }: NodeRunner): boolean {
  return state === 'open' || state === 'ended' || state === 'restarting' || state === 'quarantined';
}

/** A run in which one node failed on everything has not done what it was for, even though its sources ran dry. */
function nothingWorked(snapshot: RunSnapshot): NothingWorkedError | undefined {
  const node = snapshot.nodes.find(
    (candidate) =>
      candidate.failed > 0 && candidate.failed + (candidate.dropped[DROP_WORKER_DOWN] ?? 0) === candidate.in,
  );
  if (node === undefined) return undefined;
  return new NothingWorkedError({
    node: node.name,
    type: node.type,
    failed: node.failed,
    lastMessage: node.lastFault?.message ?? 'unknown',
  });
}
