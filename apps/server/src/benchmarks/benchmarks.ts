import path from 'node:path';
import { Clock, Logger, errorCode, errorMessage, formatGraph, hasErrors, serviceId } from '@kinegraph/core';
import type { GraphDocument, Measurement } from '@kinegraph/core';
import { ConfinedPaths } from '@kinegraph/core/node';
import { inject, injectable } from 'inversify';
import type { z } from 'zod';
import { BenchmarkConditions, BenchmarkResult } from '../api/shapes/benchmarks.js';
import type { Benchmark as BenchmarkShape, BenchmarkRequest, BenchmarkSummary } from '../api/shapes/benchmarks.js';
import { withoutCredentials } from '../answers/without-credentials.js';
import { applyInput, applyPace } from '../graph-edits.js';
import { GraphLibrary } from '../graphs/index.js';
import { machineFacts } from '../output/machine-facts.js';
import { NodeHost } from '../runs/node-host.js';
import { GraphRefusedError } from '../runs/run-errors.js';
import { RunService } from '../runs/run-service.js';
import { ServerFolders } from '../serve/server-folders.js';
import { sha256Of } from '../store/atomic-file.js';
import { BenchmarkStore } from '../store/index.js';
import type { Author, BenchmarkInfo, BenchmarkedGraph } from '../store/index.js';
import { measureInProcess } from './benchmark-child.js';
import { BenchmarkBusyError, BenchmarkUnknownError } from './benchmark-errors.js';
import type { BenchmarkNews, BenchmarkPlatform as Platform } from './benchmark-task.js';

/** What benchmarks measure with. */
export type BenchmarkPlatform = Platform;
export const BenchmarkPlatform = serviceId<BenchmarkPlatform>('server.BenchmarkPlatform');

/** A benchmark as clients see it. */
export type Benchmark = Readonly<z.infer<typeof BenchmarkShape>>;
type Summary = Readonly<z.infer<typeof BenchmarkSummary>>;
type Request = z.infer<typeof BenchmarkRequest>;
type Result = z.infer<typeof BenchmarkResult>;

/** What a graph may take besides its time: opening, models that are fetched, ending. Each run. */
const BESIDES_MS = 120_000;

/** The one that is being measured. */
interface Running {
  readonly id: number;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  /** Grows. */
  readonly measured: Measurement[][];
  readonly runs: number;
  now: { readonly graph: number; readonly round: number };
  readonly listeners: Set<() => void>;
}

interface Subject extends BenchmarkedGraph {
  /** As it is measured: with another input, at another pace. */
  readonly document: GraphDocument;
}

/** Measures graphs for clients, one benchmark at a time, each in a process of its own, and keeps what came of it. */
@injectable()
export class Benchmarks {
  #running: Running | undefined;

  constructor(
    @inject(BenchmarkStore) private readonly store: BenchmarkStore,
    @inject(GraphLibrary) private readonly graphs: GraphLibrary,
    @inject(RunService) private readonly runs: RunService,
    @inject(NodeHost) private readonly host: NodeHost,
    @inject(BenchmarkPlatform) private readonly platform: BenchmarkPlatform,
    @inject(ServerFolders) private readonly folders: ServerFolders,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** Newest first, that which runs among them. @throws what keeps the store from opening */
  list(options: Parameters<BenchmarkStore['list']>[0]): readonly Summary[] {
    return withoutCredentials(this.store.list(options).map((info) => this.#summary(info)));
  }

  /** @throws BenchmarkUnknownError, and what keeps the store from opening */
  get(id: number): Benchmark {
    const kept = this.store.get(id);
    if (kept === undefined) throw new BenchmarkUnknownError({ benchmark: id });
    const running = this.#runningOf(id);
    const result = BenchmarkResult.partial().safeParse(kept.result ?? {}).data; // none of an earlier version
    return withoutCredentials({
      ...this.#summary(kept),
      conditions: BenchmarkConditions.parse(kept.request),
      ...result,
      ...(running === undefined
        ? {}
        : { measured: plainMeasurements(running.measured), progress: progressOf(running) }),
    });
  }

  /**
   * Begins one.
   * @throws BenchmarkBusyError; GraphUnknownError, RevisionUnknownError, GraphRefusedError, InputUnclearError,
   *   FileNotAllowedError; what keeps the store from writing: what cannot be kept is not begun
   */
  start(request: Request, by: Author): Benchmark {
    if (this.#running !== undefined) throw new BenchmarkBusyError({ benchmark: this.#running.id });
    const { graphs, ...conditions } = request;
    const subjects = graphs.map((graph) => this.#subject(graph, conditions));
    const id = this.store.begin({
      by,
      graphs: subjects.map(({ document: _, ...subject }) => subject),
      request: conditions,
    });
    const abort = new AbortController();
    const measured: Measurement[][] = subjects.map(() => []);
    const ended = Promise.resolve().then(async () => await this.#measure(id, subjects, conditions));
    this.#running = {
      ...{ id, abort, ended, measured, runs: subjects.length * conditions.repeat },
      ...{ now: { graph: 0, round: 0 }, listeners: new Set() },
    };
    this.logger.info(`Benchmark ${id} has begun: ${subjects.map(({ title }) => title).join(', ')}.`, { benchmark: id });
    return this.get(id);
  }

  /**
   * Gives up one that runs, and keeps what it has measured so far; one that has ended is deleted.
   * @throws BenchmarkUnknownError, and what keeps the store from writing
   */
  async remove(id: number): Promise<void> {
    const running = this.#runningOf(id);
    if (running === undefined) {
      if (!this.store.delete(id)) throw new BenchmarkUnknownError({ benchmark: id });
      return;
    }
    running.abort.abort();
    await running.ended;
  }

  /** Calls back whenever there is more to tell of one that runs, the last time when it has ended. */
  onNews(id: number, callback: () => void): Disposable {
    const listeners = this.#runningOf(id)?.listeners;
    listeners?.add(callback);
    return { [Symbol.dispose]: () => void listeners?.delete(callback) };
  }

  /** Gives up what runs. */
  async close(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.ended;
  }

  async #measure(
    id: number,
    subjects: readonly Subject[],
    { seconds, repeat }: z.infer<typeof BenchmarkConditions>,
  ): Promise<void> {
    const running = this.#runningOf(id);
    if (running === undefined) return;
    const { signal } = running.abort;
    const result: Result = { machine: machineFacts(), alongside: this.#liveRuns(), measured: [] };
    let limit: Disposable | undefined;
    let state: 'done' | 'failed' | 'cancelled' = 'done';
    const onNews = (news: BenchmarkNews): void => {
      if (news.kind === 'measuring') running.now = news;
      if (news.kind === 'measured') running.measured[news.graph]?.push(news.measurement);
      if (news.kind === 'failed') [state, result.error] = ['failed', news.error];
      tellAll(running);
    };
    try {
      const durationMs = seconds * 1000;
      const limitMs = running.runs * (durationMs + BESIDES_MS);
      limit = this.clock.schedule(limitMs, () => {
        [state, result.error] = ['failed', tooLong(limitMs)];
        running.abort.abort();
      });
      await measureInProcess(
        {
          ...this.platform,
          documents: subjects.map(({ document }) => document),
          ...{ baseFolder: this.folders.workspace, durationMs, repeat },
        },
        { clock: this.clock, signal, onNews },
      );
      if (signal.aborted && result.error === undefined) state = 'cancelled';
    } catch (error) {
      [state, result.error] = ['failed', { code: errorCode(error), message: errorMessage(error) }];
    } finally {
      limit?.[Symbol.dispose]();
    }
    result.measured = plainMeasurements(running.measured);
    this.#end(running, state, result);
  }

  #end(running: Running, state: 'done' | 'failed' | 'cancelled', result: Result): void {
    const { id } = running;
    try {
      this.store.end(id, state, result);
    } catch (error) {
      this.logger.error(`What came of benchmark ${id} cannot be kept: ${errorMessage(error)}`, { benchmark: id });
    }
    this.#running = undefined;
    const why = result.error === undefined ? '' : `, ${result.error.message}`;
    this.logger.log(state === 'failed' ? 'warn' : 'info', `Benchmark ${id} has ended: ${state}${why}`, {
      benchmark: id,
    });
    tellAll(running);
  }

  /** @throws as `start` */
  #subject(
    graph: Request['graphs'][number],
    { input, pace }: Pick<z.infer<typeof BenchmarkConditions>, 'input' | 'pace'>,
  ): Subject {
    const { document: original, ...subject } = this.#named(graph);
    const document = structuredClone(original);
    const { catalog } = this.host.host;
    if (input !== undefined) {
      const { workspace } = this.folders;
      const { files } = this.platform.confinement;
      const file =
        files === undefined ? path.resolve(workspace, input) : new ConfinedPaths(workspace, files).resolve(input);
      applyInput(document, file, catalog, input); // where the workspace is is nobody's business
    }
    if (pace !== undefined) applyPace(document, pace, catalog);
    const { problems } = this.runs.validate(document);
    if (hasErrors(problems)) throw new GraphRefusedError({ problems });
    return { ...subject, document };
  }

  #named(graph: Request['graphs'][number]): Subject {
    if ('id' in graph) {
      const { document, text, revision } =
        graph.revision === undefined ? this.graphs.get(graph.id) : this.graphs.revision(graph.id, graph.revision);
      return { title: document.title ?? graph.id, graph: graph.id, revision, sha256: sha256Of(text), document };
    }
    const { document, problems } = this.runs.validate(graph.graph);
    if (document === undefined) throw new GraphRefusedError({ problems });
    return { title: graph.title ?? document.title ?? 'untitled', sha256: sha256Of(formatGraph(document)), document };
  }

  #summary({ id, at, by, state, graphs }: BenchmarkInfo): Summary {
    const isCut = state === 'running' && this.#runningOf(id) === undefined;
    return { id, at, by, graphs: [...graphs], state: isCut ? 'interrupted' : state };
  }

  #runningOf(id: number): Running | undefined {
    return this.#running?.id === id ? this.#running : undefined;
  }

  #liveRuns(): number {
    return this.runs.list().filter(({ outcome }) => outcome === undefined).length;
  }
}

function tellAll({ listeners }: Running): void {
  for (const tell of listeners) tell();
}

function progressOf({ now, measured, runs }: Running): NonNullable<Benchmark['progress']> {
  return { graph: now.graph, run: now.round + 1, done: measured.flat().length, of: runs };
}

/** As JSON has them, and no more than is told of them. */
function plainMeasurements(measured: readonly (readonly Measurement[])[]): Result['measured'] {
  return BenchmarkResult.shape.measured.parse(JSON.parse(JSON.stringify(measured)));
}

function tooLong(limitMs: number): { readonly code: string; readonly message: string } {
  const minutes = Math.ceil(limitMs / 60_000);
  return {
    code: 'CORE_TIME_LIMIT',
    message: `The benchmark took more than ${minutes} minutes, and was ended. A node that does not end by itself is the likeliest reason: measure the graphs one by one.`,
  };
}
