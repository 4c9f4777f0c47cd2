import { errorCode, errorMessage, toErrorRecord } from '@kinegraph/core';
import type { GraphDocument, Logger, Run, RunOutcome, RunSnapshot, Skeleton } from '@kinegraph/core';
import { Overlays } from '../overlays/overlays.js';
import type { OverlayOptions } from '../overlays/overlays.js';
import { FrameTally } from './frame-tally.js';
import { PictureBoard } from './picture-board.js';
import { ResultsHub } from './results-hub.js';
import { RunClients } from './run-clients.js';

/** A run as the server's answers list it. */
export interface RunSummary {
  readonly id: string;
  readonly title: string;
  readonly state: RunSnapshot['state'];
  /** Of a run that has ended. */
  readonly result?: RunOutcome['result'];
  readonly error?: { readonly code: string; readonly message: string };
  /** When it was started, ISO 8601. */
  readonly startedAt: string;
  readonly sources: readonly { readonly node: string; readonly type: string; readonly connection?: unknown }[];
  readonly sinks: readonly { readonly node: string; readonly type: string }[];
}

/** A graph that runs on the server, with what is shown of it. */
export class LiveRun {
  readonly results: ResultsHub;
  readonly pictures = new PictureBoard();
  readonly overlays: Overlays;
  readonly clients = new RunClients();
  readonly received = new FrameTally();
  readonly startedAt = new Date();
  #outcome: RunOutcome | undefined;
  readonly #atEnd = new Set<() => void>();

  constructor(
    readonly run: Run,
    readonly document: GraphDocument,
    drawing: OverlayOptions,
    /** Those that its landmarks may be of: the plugins' and its graph's own. */
    readonly skeletons: () => readonly Skeleton[],
    logger: Logger,
  ) {
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
    run.observe(this.results.observer);
    run.observe(this.pictures.observer);
    void run.finished.then((outcome) => {
      this.#outcome = outcome;
      this.pictures[Symbol.dispose]();
      this.overlays[Symbol.dispose]();
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

  /** How it ended; undefined while it runs. */
  get outcome(): RunOutcome | undefined {
    return this.#outcome;
  }

  summary(): RunSummary {
    const { nodes, state } = this.run.snapshot();
    const { graph } = this.run;
    const connections = new Map(nodes.map(({ name, connection }) => [name, connection]));
    const ofKind = (kind: string): readonly { node: string; type: string }[] =>
      graph.nodes.flatMap(({ name, descriptor }) =>
        descriptor.kind === kind ? [{ node: name, type: descriptor.type }] : [],
      );
    const outcome = this.#outcome;
    return {
      id: this.id,
      title: this.title,
      state,
      ...(outcome === undefined ? {} : { result: outcome.result }),
      ...(outcome?.error === undefined
        ? {}
        : { error: { code: errorCode(outcome.error), message: outcome.error.message } }),
      startedAt: this.startedAt.toISOString(),
      sources: ofKind('source').map((source) => {
        const connection = connections.get(source.node);
        return connection === undefined ? source : { ...source, connection };
      }),
      sinks: ofKind('sink'),
    };
  }
}
