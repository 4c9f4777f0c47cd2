import type { Container } from 'inversify';
import { Clock } from '../../base/index.js';
import type { HistogramSummary } from '../../base/index.js';
import type { ResolvedGraph, ResolvedNode, ResolvedWire } from '../../graph/index.js';
import type { ResultCallback } from '../../kinds/index.js';
import type { Landmarks } from '../../vision/index.js';
import type { NodeSnapshot } from '../figures/node-figures.js';
import { createRun } from '../run/create-run.js';
import type { CreateRunOptions } from '../run/create-run.js';
import type { RunResult } from '../run/run-snapshot.js';
import type { NodeClassProvider } from '../run/services.js';
import { HandScore } from './hand-truth.js';
import type { HandAccuracy, HandTruth } from './hand-truth.js';
import { ProcessMeter } from './process-meter.js';

export interface MeasureOptions {
  readonly graph: ResolvedGraph;
  readonly host: NodeClassProvider;
  /** The outermost container; it binds `ProcessMeter` besides what every run asks for. */
  readonly platform: Container;
  readonly baseFolder: string;
  /** Stops after this long; left out: when the sources end. */
  readonly durationMs?: number;
  /** Where the hand truly is in the clip that the graph reads. */
  readonly truth?: HandTruth;
  readonly trace?: CreateRunOptions['trace'];
  /** Stops early; what was measured so far is the answer. */
  readonly signal?: AbortSignal;
}

/** What arrived at one sink. */
export interface SinkMeasurement {
  readonly node: string;
  readonly results: number;
  readonly perSecond: number;
  readonly ageMs: HistogramSummary;
}

/** One run of a graph in figures, as plain data. */
export interface Measurement {
  readonly result: RunResult;
  /**
   * From the start of the sources, in milliseconds: to the last result where they ended (0 without results), else to the
   * stop, or to the last result where that came later.
   */
  readonly measuredMs: number;
  /** For the nodes to open, and until the first result from the same moment (undefined without results). */
  readonly openMs: number;
  readonly firstResultMs: number | undefined;
  /** At the sink that got most. */
  readonly results: number;
  readonly perSecond: number;
  /** From the start of the sources to the stop, or until all was closed where they ended. */
  readonly cpuMs: number;
  /** Processor cores in use on average. Processes that nodes have started, such as a decoder's, are not in it. */
  readonly cpuCores: number;
  /** NaN without results. */
  readonly cpuMsPerResult: number;
  /** The most that was seen while it ran. What earlier runs of the process have left is in it. */
  readonly peakRssBytes: number;
  readonly peakHeapBytes: number;
  readonly sinks: readonly SinkMeasurement[];
  /** All packets dropped, by cause. */
  readonly dropped: Readonly<Record<string, number>>;
  readonly nodes: readonly NodeSnapshot[];
  /**
   * By node: the share (0-1) of the time that its instances worked. Sources are left out: keeping the pace counts as
   * work there.
   */
  readonly busy: Readonly<Record<string, number>>;
  /** Only with a truth and a wire that carries hands. */
  readonly accuracy?: HandAccuracy;
}

const MEMORY_EVERY_MS = 100;
const PROBE_TYPE = 'core.sink.callback';
const HANDS = 'landmarks/hand-21';
/** No name of a graph document has a space in it: probes meet no node's name. */
const PROBE_PREFIX = 'probe of ';

/** Runs a graph and measures it. @throws what kept it from starting, or what it failed with */
export async function measureGraph(options: MeasureOptions): Promise<Measurement> {
  const { graph, host, platform, baseFolder, durationMs, truth, trace, signal } = options;
  const clock = platform.get(Clock);
  const meter = platform.get(ProcessMeter);
  const score = truth === undefined ? undefined : new HandScore(truth);
  const arrivals = new Arrivals(clock);
  const probed = withProbes(graph, host, arrivals, score);
  const run = createRun({
    ...probed,
    host,
    platform,
    baseFolder,
    ...(trace === undefined ? {} : { trace }),
  });
  const memory = new PeakMemory(clock, meter);
  const reading = (): { readonly atMs: number; readonly cpuMs: number } => ({
    atMs: clock.nowMs(),
    cpuMs: meter.read().cpuMs,
  });
  let stopped: ReturnType<typeof reading> | undefined;
  const stop = (): void => {
    stopped ??= reading();
    void run.stop();
  };
  signal?.addEventListener('abort', stop, { once: true });
  let timer: Disposable | undefined;
  try {
    const createdAtMs = clock.nowMs();
    const started = run.start();
    if (signal?.aborted === true) stop();
    await started;
    const begun = reading();
    if (durationMs !== undefined) timer = clock.schedule(durationMs, stop);
    const { result, error, snapshot } = await run.finished;
    if (error !== undefined) throw error;
    const { atMs, cpuMs: cpuAtEndMs } = stopped ?? reading();
    const lastedMs = Math.max(0, atMs - begun.atMs);
    const cpuMs = Math.max(0, cpuAtEndMs - begun.cpuMs); // a run that was stopped before it began has none
    // A graph that dies must not look fast: only where the sources ended, the rate ends with the last result.
    const stoppedAtMs = result === 'completed' ? begun.atMs : begun.atMs + lastedMs;
    const measuredMs = Math.max(arrivals.lastAtMs ?? begun.atMs, stoppedAtMs) - begun.atMs;
    const perSecond = (results: number): number => (measuredMs > 0 ? (results * 1000) / measuredMs : 0);
    const nodes = snapshot.nodes.filter(({ name }) => !name.startsWith(PROBE_PREFIX));
    const sinks = nodes.flatMap(({ name, in: results, ageMs }) =>
      ageMs === undefined ? [] : [{ node: name, results, perSecond: perSecond(results), ageMs }],
    );
    const results = Math.max(0, ...sinks.map((sink) => sink.results));
    return {
      result,
      measuredMs,
      openMs: begun.atMs - createdAtMs,
      firstResultMs: arrivals.firstAtMs === undefined ? undefined : arrivals.firstAtMs - createdAtMs,
      results,
      perSecond: perSecond(results),
      cpuMs,
      cpuCores: lastedMs > 0 ? cpuMs / lastedMs : 0,
      cpuMsPerResult: results === 0 ? Number.NaN : cpuMs / results,
      ...memory.peak(),
      sinks,
      dropped: droppedByCause(nodes),
      nodes,
      busy: busyShares(graph, nodes, measuredMs),
      ...(score === undefined || !probed.hasHands ? {} : { accuracy: score.accuracy() }),
    };
  } finally {
    timer?.[Symbol.dispose]();
    memory[Symbol.dispose]();
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * Measures several subjects `repeat` times in turn (A B A B), so that a machine that grows warm or busy is no subject's
 * fault.
 * @param signal - No further turn is taken once it fires.
 * @returns the measurements of each subject, in the order of `subjects`.
 */
export async function measureInTurn<T>(
  subjects: readonly T[],
  repeat: number,
  measure: (subject: T, round: number) => Promise<Measurement>,
  signal?: AbortSignal,
): Promise<readonly (readonly Measurement[])[]> {
  const all: Measurement[][] = subjects.map(() => []);
  for (let round = 0; round < repeat; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      if (signal?.aborted === true) return all;
      all[index]?.push(await measure(subject, round));
    }
  }
  return all;
}

/** When the first and the last result came, at any sink. */
class Arrivals {
  firstAtMs: number | undefined;
  lastAtMs: number | undefined;

  constructor(private readonly clock: Clock) {}

  observe(): void {
    this.lastAtMs = this.clock.nowMs();
    this.firstAtMs ??= this.lastAtMs;
  }
}

/** Looks at the memory at regular times until it is disposed. */
class PeakMemory implements Disposable {
  #rssBytes = 0;
  #heapBytes = 0;
  #timer: Disposable;

  constructor(
    private readonly clock: Clock,
    private readonly meter: ProcessMeter,
  ) {
    this.#timer = this.#look();
  }

  peak(): Pick<Measurement, 'peakRssBytes' | 'peakHeapBytes'> {
    return { peakRssBytes: this.#rssBytes, peakHeapBytes: this.#heapBytes };
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #look(): Disposable {
    const { rssBytes, heapBytes } = this.meter.read();
    this.#rssBytes = Math.max(this.#rssBytes, rssBytes);
    this.#heapBytes = Math.max(this.#heapBytes, heapBytes);
    this.#timer = this.clock.schedule(MEMORY_EVERY_MS, () => void this.#look());
    return this.#timer;
  }
}

/** The graph with a callback beside each sink, and one where hands are last seen. */
function withProbes(
  graph: ResolvedGraph,
  host: NodeClassProvider,
  arrivals: Arrivals,
  score: HandScore | undefined,
): { graph: ResolvedGraph; callbacks: Readonly<Record<string, ResultCallback>>; hasHands: boolean } {
  const descriptor = host.catalog.get(PROBE_TYPE);
  if (descriptor === undefined) throw new TypeError(`The catalog has no "${PROBE_TYPE}", which measuring needs.`);
  const nodes: ResolvedNode[] = [...graph.nodes];
  const wires: ResolvedWire[] = [...graph.wires];
  const callbacks: Record<string, ResultCallback> = {};
  const [port = 'in'] = Object.keys(descriptor.inputs);
  const probe = (wire: ResolvedWire, name: string, callback: ResultCallback): void => {
    nodes.push({ name, descriptor, config: {}, concurrency: 1, sync: 'timestamp' });
    wires.push({ from: wire.from, to: { node: name, port }, type: wire.type });
    callbacks[name] = callback;
  };
  for (const { name } of graph.nodes.filter((node) => node.descriptor.kind === 'sink')) {
    const wire = graph.wires.find(({ to }) => to.node === name);
    if (wire !== undefined) probe(wire, `${PROBE_PREFIX}${name}`, () => arrivals.observe());
  }
  const order = new Map(graph.nodes.map(({ name }, index) => [name, index]));
  const hands = graph.wires
    .filter(({ type }) => type === HANDS)
    .toSorted((a, b) => (order.get(b.from.node) ?? 0) - (order.get(a.from.node) ?? 0))[0];
  if (score !== undefined && hands !== undefined) {
    // The wire's type says what the value is.
    probe(hands, `${PROBE_PREFIX}hands`, (value, info) => score.observe(info.timestampMs, value as Landmarks));
  }
  return { graph: { nodes, wires }, callbacks, hasHands: hands !== undefined };
}

function droppedByCause(nodes: readonly NodeSnapshot[]): Readonly<Record<string, number>> {
  const causes: Record<string, number> = {};
  for (const { dropped } of nodes)
    for (const [cause, count] of Object.entries(dropped)) causes[cause] = (causes[cause] ?? 0) + count;
  return causes;
}

function busyShares(
  graph: ResolvedGraph,
  nodes: readonly NodeSnapshot[],
  measuredMs: number,
): Readonly<Record<string, number>> {
  const shares: Record<string, number> = {};
  for (const { name, descriptor, concurrency } of graph.nodes) {
    const node = nodes.find((candidate) => candidate.name === name);
    if (descriptor.kind === 'source' || node === undefined || node.workMs.count === 0 || measuredMs === 0) continue;
    shares[name] = Math.min(1, (node.workMs.mean * node.in) / (measuredMs * concurrency)); // not every packet is timed
  }
  return shares;
}
