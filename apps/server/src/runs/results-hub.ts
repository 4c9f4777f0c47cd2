import { ageMs } from '@kinegraph/core';
import type { Clock, ResolvedGraph, RunObserver, SinkValue } from '@kinegraph/core';
import { FloatResultEncoder } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { Publication } from './publication.js';
import { sourcesByNode } from './source-reach.js';
import { StageTimes } from './stage-times.js';

/** Someone who wants the results of a run. */
export interface ResultViewer {
  /**
   * In the run's own turn: keeps the newest, never waits.
   * @returns false where a result will not reach it, since it is too slow: this one, or an older one that this replaces.
   */
  offer(publication: Publication): boolean;
  /** The run has ended. */
  end(): void;
}

/** A result that more sinks of this turn may add to. */
interface Gathering {
  readonly first: SinkValue;
  readonly values: Record<string, unknown>;
}

/** Gathers what the sinks of a run get for a frame and shows it to all who watch. */
export class ResultsHub {
  readonly #viewers = new Set<ResultViewer>();
  readonly #stages = new StageTimes();
  readonly #floats = new FloatResultEncoder();
  /** By source and timestamp. */
  readonly #gathering = new Map<string, Gathering>();
  /** Frames dropped so far, by source. */
  readonly #dropped = new Map<string, number>();
  /** Of those, the ones that a result has told of. */
  readonly #droppedTold = new Map<string, number>();
  /** Results so far, by source. */
  readonly #counts = new Map<string, number>();
  /** The frame that was counted last, by source. */
  readonly #counted = new Map<string, number>();
  #missed = 0;
  #hasFailed = false;
  #reach: { readonly graph: ResolvedGraph; readonly sources: ReturnType<typeof sourcesByNode> } | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly graph: () => ResolvedGraph,
    /** Told of the first value that a viewer fails on: the server goes on, and so does the viewer. */
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** What the run tells it. */
  readonly observer: RunObserver = {
    worked: (packet) => this.#viewers.size > 0 && this.#stages.worked(packet),
    dropped: (node, _cause, count) => this.#drop(node, count),
    sinkValue: (value) => this.#gather(value),
  };

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Results that frames of a source have come to so far: those of the sink that had most are no more than this. */
  resultsOf(source: string): number {
    return this.#counts.get(source) ?? 0;
  }

  /** Frames of a source that nodes have dropped so far. */
  droppedOf(source: string): number {
    return this.#dropped.get(source) ?? 0;
  }

  /** Results so far, by source. */
  get published(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** Results that did not reach a viewer, since it was too slow; of all viewers so far. */
  get missed(): number {
    return this.#missed;
  }

  /** Shows every result from now on, until the answer is disposed of. */
  watch(viewer: ResultViewer): Disposable {
    this.#viewers.add(viewer);
    return { [Symbol.dispose]: () => void this.#viewers.delete(viewer) };
  }

  /** The run has ended; viewers are told. */
  end(): void {
    for (const viewer of this.#viewers) viewer.end();
    this.#viewers.clear();
  }

  #drop(node: string, count: number): void {
    const graph = this.graph();
    if (this.#reach?.graph !== graph) this.#reach = { graph, sources: sourcesByNode(graph) };
    for (const source of this.#reach.sources.get(node) ?? []) this.#dropped.set(source, this.droppedOf(source) + count);
  }

  /** Sinks behind the same node get a frame's values in one turn: they are told of in one message. */
  #gather(value: SinkValue): void {
    if (this.#viewers.size === 0) {
      this.#count(value);
      return;
    }
    const key = `${value.trace.source}\n${value.timestampMs}`;
    const gathering = this.#gathering.get(key);
    if (gathering !== undefined) {
      gathering.values[value.sink] = value.value;
      return;
    }
    const begun = { first: value, values: { [value.sink]: value.value } };
    this.#gathering.set(key, begun);
    queueMicrotask(() => this.#publish(key, begun));
  }

  /** A frame's values count as one result, however many sinks get one in a turn. */
  #count({ trace: { source }, timestampMs }: SinkValue): void {
    if (this.#counted.get(source) === timestampMs) return;
    this.#counted.set(source, timestampMs);
    this.#counts.set(source, this.resultsOf(source) + 1);
  }

  #publish(key: string, { first, values }: Gathering): void {
    this.#gathering.delete(key);
    const { trace, timestampMs } = first;
    const { source, sequence, capturedAtMs } = trace;
    this.#count(first);
    const message: ResultMessage = {
      type: 'result',
      source,
      sequence,
      timestampMs,
      capturedAtMs,
      ageMs: ageMs(trace, this.clock.nowMs()),
      stages: this.#stages.of(source, timestampMs),
      dropped: this.droppedOf(source) - (this.#droppedTold.get(source) ?? 0),
      values,
    };
    this.#droppedTold.set(source, this.droppedOf(source));
    const publication = new Publication(message, this.#floats);
    for (const viewer of this.#viewers) if (!this.#offer(viewer, publication)) this.#missed += 1;
  }

  /** Values are what the plugins make of them. Nobody is above to catch what is thrown here. */
  #offer(viewer: ResultViewer, publication: Publication): boolean {
    try {
      return viewer.offer(publication);
    } catch (error) {
      if (!this.#hasFailed) this.onFault(error);
      this.#hasFailed = true;
      return false;
    }
  }
}
