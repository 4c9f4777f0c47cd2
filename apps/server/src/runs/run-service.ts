import { randomBytes } from 'node:crypto';
import {
  Clock,
  ImageCodec,
  Logger,
  createRun,
  errorMessage,
  toErrorRecord,
  hasErrors,
  parseGraph,
  resolveGraph,
  serviceId,
  skeletonsAtHand,
  validateGraph,
} from '@kinegraph/core';
import type { AppliedGraph, GraphDocument, Problem, RunLimits, Skeleton } from '@kinegraph/core';
import { NodeHost } from './node-host.js';
import { inject, injectable, optional } from 'inversify';
import { NO_TELEMETRY, Telemetry } from '../telemetry/index.js';
import { LiveRun } from './live-run.js';
import {
  GraphRefusedError,
  RunExistsError,
  RunUnknownError,
  ServerStoppingError,
  TooManyNodesError,
  TooManyRunsError,
} from './run-errors.js';

/** How much may run. */
export interface RunServiceLimits {
  readonly runs: number;
  readonly nodesPerGraph: number;
  readonly run?: Partial<RunLimits>;
}
export const RunServiceLimits = serviceId<RunServiceLimits>('server.RunServiceLimits');

export interface StartOptions {
  /** The run's id in paths; made up where it is left out. */
  readonly id?: string;
  /** Folder that relative paths of the graph refer to. */
  readonly baseFolder: string;
  /** Its sources are held from the start. */
  readonly paused?: boolean;
  /** Its buffers drop nothing: a replay gives the same results each time. */
  readonly exact?: boolean;
}

/** Ended runs that are still listed; the oldest leave. */
const ENDED_KEPT = 32;

/** Starts, finds and stops the graphs that run on this server. */
@injectable()
export class RunService {
  /** From the moment when they begin to open. */
  readonly #runs = new Map<string, LiveRun>();
  /** Why graphs that this server was told to run do not, by the id that they would have. */
  readonly #refused = new Map<string, unknown>();
  #isStopping = false;

  constructor(
    @inject(NodeHost) private readonly platform: NodeHost,
    @inject(RunServiceLimits) private readonly limits: RunServiceLimits,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
    @inject(Telemetry) @optional() private readonly telemetry: Telemetry = NO_TELEMETRY,
  ) {}

  /** Those that run, and the last that have ended; the oldest first. */
  list(): readonly LiveRun[] {
    return [...this.#runs.values()];
  }

  find(id: string): LiveRun | undefined {
    return this.#runs.get(id);
  }

  /** Graphs that this server was told to run and that do not, with the reason. */
  get refused(): ReadonlyMap<string, unknown> {
    return this.#refused;
  }

  /** Remembers why a graph does not run: whoever asks for its run is told. */
  refuse(id: string, error: unknown): void {
    this.#refused.set(id, error);
  }

  /** Nobody is told any more why it does not run. */
  forget(id: string): void {
    this.#refused.delete(id);
  }

  /** @throws RunUnknownError, or why it could not be started */
  get(id: string): LiveRun {
    const run = this.#runs.get(id);
    if (run === undefined && this.#refused.has(id)) throw this.#refused.get(id);
    if (run === undefined) throw new RunUnknownError({ run: id });
    return run;
  }

  /** What is wrong with a document, as far as can be told without running it. */
  validate(input: unknown): { readonly document?: GraphDocument; readonly problems: readonly Problem[] } {
    const { document, problems } = parseGraph(input);
    if (document === undefined) return { problems };
    return { document, problems: [...problems, ...validateGraph(document, this.platform.host.catalog)] };
  }

  /**
   * Starts a graph; settles when all of its nodes are open and its sources go.
   * @param input - a graph document as text or as a value.
   * @throws GraphRefusedError, TooManyNodesError, TooManyRunsError, RunExistsError, ServerStoppingError, NodeOpenError
   */
  async start(
    input: unknown,
    { id = randomBytes(6).toString('base64url'), baseFolder, paused = false, exact = false }: StartOptions,
  ): Promise<LiveRun> {
    if (this.#isStopping) throw new ServerStoppingError();
    const document = this.#accepted(input);
    const running = this.list().filter(({ outcome }) => outcome === undefined);
    if (running.some((live) => live.id === id)) throw new RunExistsError({ run: id });
    if (running.length >= this.limits.runs) throw new TooManyRunsError({ most: this.limits.runs });
    return await this.#start(document, id, { baseFolder, paused, exact });
  }

  /**
   * Goes over to another graph; only nodes that changed are restarted.
   * @throws RunUnknownError, GraphRefusedError, TooManyNodesError, and what `Run.apply` throws
   */
  async apply(id: string, input: unknown): Promise<AppliedGraph> {
    const live = this.get(id);
    return await live.apply(this.#accepted(input));
  }

  /** What `apply` would come to. @throws RunUnknownError, GraphRefusedError, TooManyNodesError, RunNotRunningError */
  preview(id: string, input: unknown): AppliedGraph {
    return this.get(id).run.preview(this.#accepted(input));
  }

  /** Ends a run in order and forgets it. @throws RunUnknownError */
  async stop(id: string, mode: 'drain' | 'drop' = 'drain'): Promise<void> {
    const live = this.get(id);
    await live.run.stop(mode);
    if (this.#runs.get(id) === live) this.#runs.delete(id);
  }

  /** Ends all runs and starts none any more. */
  async close(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.list().map(async ({ run }) => await run.stop('drop')));
  }

  /** @throws GraphRefusedError, TooManyNodesError */
  #accepted(input: unknown): GraphDocument {
    const { document, problems } = this.validate(input);
    if (document === undefined || hasErrors(problems)) throw new GraphRefusedError({ problems });
    const nodes = Object.keys(document.nodes).length;
    if (nodes > this.limits.nodesPerGraph) throw new TooManyNodesError({ nodes, most: this.limits.nodesPerGraph });
    return document;
  }

  async #start(
    document: GraphDocument,
    id: string,
    { baseFolder, paused, exact }: Required<Omit<StartOptions, 'id'>>,
  ): Promise<LiveRun> {
    const { host, container } = this.platform;
    const graph = resolveGraph(document, host.catalog);
    const run = createRun({
      graph,
      host,
      platform: container,
      baseFolder,
      runId: id,
      admission: exact ? 'lossless' : 'live',
      ...(this.limits.run === undefined ? {} : { limits: this.limits.run }),
    });
    this.telemetry.follow(run);
    const skeletons = (): readonly Skeleton[] => skeletonsAtHand(run.graph, host.catalog);
    const live = new LiveRun(
      run,
      document,
      {
        clock: this.clock,
        codec: container.get(ImageCodec),
        skeleton: (wanted) => skeletons().find((skeleton) => skeleton.id === wanted),
      },
      skeletons,
      this.logger,
    );
    this.#runs.delete(id); // an ended run of the same id goes to the end of the list
    this.#runs.set(id, live);
    this.#refused.delete(id);
    void run.finished.then(({ result, error }) => {
      const why = error === undefined ? '' : `, ${errorMessage(error)}`;
      this.logger.log(error === undefined ? 'info' : 'error', `Run "${id}" has ended: ${result}${why}`, {
        run: id,
        ...(error === undefined ? {} : { error: toErrorRecord(error) }),
      });
      this.#forgetOldest();
    });
    if (paused) run.pause();
    try {
      await run.start();
    } catch (error) {
      // Who asked for it is told; there is nothing to look at. Another may have taken its place meanwhile.
      if (this.#runs.get(id) === live) this.#runs.delete(id);
      throw error;
    }
    if (this.#isStopping) {
      await run.stop('drop');
      throw new ServerStoppingError();
    }
    this.logger.info(`Run "${id}" is running.`, { run: id, title: live.title });
    return live;
  }

  #forgetOldest(): void {
    const ended = this.list().filter(({ outcome }) => outcome !== undefined);
    for (const { id } of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) this.#runs.delete(id);
  }
}
