import { errorCode, errorMessage, notExact, toErrorRecord } from '@kinegraph/core';
import type {
  AppliedGraph,
  GraphDocument,
  InletKind,
  Logger,
  NodeKind,
  Run,
  RunOutcome,
  Skeleton,
} from '@kinegraph/core';
import { Overlays } from '../overlays/overlays.js';
import type { OverlayOptions } from '../overlays/overlays.js';
import type { RunSummary } from '../api/shapes/run.js';
import { FrameTally } from './frame-tally.js';
import { ProbeBoard } from '../probes/probe-board.js';
import { PictureBoard } from './picture-board.js';
import { ResultsHub } from './results-hub.js';
import { RunClients } from './run-clients.js';
import { vitalsOf } from './run-vitals.js';

/** A graph that runs on the server, with what is shown of it. */
export class LiveRun {
  readonly results: ResultsHub;
  readonly pictures = new PictureBoard();
  readonly overlays: Overlays;
  readonly probes: ProbeBoard;
  readonly clients = new RunClients();
  readonly received = new FrameTally();
  readonly startedAt = new Date();
  #outcome: RunOutcome | undefined;
  readonly #atEnd = new Set<() => void>();
  #document: GraphDocument;
  #changes = 0;

  constructor(
    readonly run: Run,
    document: GraphDocument,
    drawing: OverlayOptions,
    /** Those that its landmarks may be of: the plugins' and its graph's own. */
    readonly skeletons: () => readonly Skeleton[],
    logger: Logger,
  ) {
    this.#document = document;
    this.results = new ResultsHub(
      drawing.clock,
      () => run.graph,
      (error) =>
        logger.error(`A result could not be told, and perhaps others: ${errorMessage(error)}`, {
          run: run.runId,
          error: toErrorRecord(error),
        }),
    );
    this.overlays = new Overlays(
      drawing,
      (observer) => run.observe(observer),
      (source) => this.pictures.isAway(source),
    );
    this.probes = new ProbeBoard(run, drawing.clock, logger);
    run.observe(this.results.observer);
    run.observe(this.pictures.observer);
    void run.finished.then((outcome) => {
      this.#outcome = outcome;
      this.pictures[Symbol.dispose]();
      this.overlays[Symbol.dispose]();
      this.probes[Symbol.dispose]();
      this.results.end();
      for (const tell of this.#atEnd) tell();
      this.#atEnd.clear();
    });
  }

  /** Calls back when the run has ended, at once where it has; not after the answer is disposed of. */
  onEnd(callback: () => void): Disposable {
    if (this.#outcome !== undefined) callback();
    else this.#atEnd.add(callback);
    return { [Symbol.dispose]: () => void this.#atEnd.delete(callback) };
  }

  get id(): string {
    return this.run.runId;
  }

  get title(): string {
    return this.document.title ?? this.id;
  }

  /** The graph as it runs now, every change in it. */
  get document(): GraphDocument {
    return this.#document;
  }

  /** How often it has changed. */
  get changes(): number {
    return this.#changes;
  }

  /** Goes over to another graph. @throws what `Run.apply` throws; the graph is then as it was */
  async apply(document: GraphDocument): Promise<AppliedGraph> {
    const applied = await this.run.apply(document);
    this.#document = document;
    this.#changes += 1;
    return applied;
  }

  /** Gives a key of a node another value. @throws what `Run.set` throws. @returns false where the node was restarted */
  async set(node: string, key: string, value: unknown): Promise<boolean> {
    const isLive = await this.run.set(node, key, value);
    this.#document = withValue(this.#document, node, key, value);
    this.#changes += 1;
    return isLive;
  }

  /** How it ended; undefined while it runs. */
  get outcome(): RunOutcome | undefined {
    return this.#outcome;
  }

  summary(): RunSummary {
    const snapshot = this.run.snapshot();
    const { nodes, state } = snapshot;
    const { graph } = this.run;
    const connections = new Map(nodes.map(({ name, connection }) => [name, connection]));
    const ofKind = (kind: NodeKind): { node: string; type: string; takes?: InletKind }[] =>
      graph.nodes.flatMap(({ name, descriptor: { kind: itsKind, type, takes } }) =>
        itsKind === kind ? [{ node: name, type, ...(takes === undefined ? {} : { takes }) }] : [],
      );
    const outcome = this.#outcome;
    return {
      id: this.id,
      title: this.title,
      state,
      paused: this.run.paused,
      ...(this.run.admission === 'lossless' ? { exact: true, warnings: [...notExact(graph)] } : {}),
      ...(outcome === undefined ? {} : { result: outcome.result }),
      ...(outcome?.error === undefined
        ? {}
        : { error: { code: errorCode(outcome.error), message: outcome.error.message } }),
      startedAt: this.startedAt.toISOString(),
      vitals: vitalsOf(snapshot, outcome?.result),
      sources: ofKind('source').map((source) => {
        const connection = connections.get(source.node);
        return connection === undefined ? source : { ...source, connection };
      }),
      sinks: ofKind('sink'),
    };
  }
}

/** The document with one value changed; undefined takes it out. */
export function withValue(document: GraphDocument, node: string, key: string, value: unknown): GraphDocument {
  const before = document.nodes[node];
  if (before === undefined) return document;
  const { [key]: _, ...others } = before.config ?? {};
  const config = value === undefined ? others : { ...others, [key]: value };
  return { ...document, nodes: { ...document.nodes, [node]: { ...before, config } } };
}
