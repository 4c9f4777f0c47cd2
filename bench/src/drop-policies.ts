import { setTimeout as wait } from 'node:timers/promises';
import { Clock, Frame, NodeConfig, inject, injectable, type FrameSource } from '@kinegraph/core/plugin';
import { jitteredArrivals, servedInTheory } from '@kinegraph/core/testing';
import { median, type Benchmark, type Figure } from './benchmark.js';
import { inlineExtractor, inlinePlugin, inlineSource } from './inline-plugin.js';
import { runGraph } from './run-graph.js';

const SECONDS = 30;
const PER_SECOND = 30;
const PERIOD_MS = 1000 / PER_SECOND;
const SERVICES_MS = [20, 36, 50, 100] as const;
/** What a real service may be longer than asked: timers count whole milliseconds. */
const TICK_MS = 1;

/** The buffer of each policy. */
const POLICIES = {
  latest: { type: 'core.buffer.latest' },
  'refuse-newest': { type: 'core.buffer.fifo', config: { capacity: 2, whenFull: 'drop-newest' } },
  fresh: { type: 'core.buffer.latest', config: { admit: 'fresh' } },
} as const;
type PolicyName = keyof typeof POLICIES;

const arrivals = jitteredArrivals({ count: SECONDS * PER_SECOND, perSecond: PER_SECOND, jitterMs: 3, seed: 8 });
const NO_BYTES = new Uint8Array(0);

/** When each frame really came, by sequence. */
let cameMs: number[] = [];

/** Frames when they are due, each up to 3 ms early or late. */
@injectable()
class JitteryCamera implements FrameSource {
  #sequence = -1;
  #beganMs: number | undefined;
  constructor(@inject(Clock) private readonly clock: Clock) {}
  async read(signal: AbortSignal): Promise<Frame | undefined> {
    this.#beganMs ??= this.clock.nowMs();
    this.#sequence += 1;
    const sequence = this.#sequence;
    const dueMs = arrivals[sequence];
    if (dueMs === undefined) return undefined;
    await wait(Math.max(0, this.#beganMs + dueMs - this.clock.nowMs()), undefined, { signal });
    const timestampMs = this.clock.nowMs();
    cameMs.push(timestampMs);
    return Frame.fromEncoded(
      { sequence, timestampMs, capturedAtMs: timestampMs, width: 640, height: 480, format: 'jpeg' },
      NO_BYTES,
    );
  }
}

interface Result {
  readonly sequence: number;
  readonly doneMs: number;
}

/** Takes as long as its configuration says. */
@injectable()
class SteadyWorker {
  readonly #serviceMs: number;
  constructor(
    @inject(NodeConfig) config: { serviceMs: number },
    @inject(Clock) private readonly clock: Clock,
  ) {
    this.#serviceMs = config.serviceMs;
  }
  async extract({ sequence }: Frame): Promise<Result> {
    await wait(this.#serviceMs);
    return { sequence, doneMs: this.clock.nowMs() };
  }
}

const plugin = inlinePlugin([
  inlineSource('bench.jittery-camera', JitteryCamera, true),
  inlineExtractor('bench.steady-worker', SteadyWorker),
]);

/** What each drop policy makes of a camera before a worker of known speed, in real time, against the theory of the queue. */
export const dropPoliciesBenchmark: Benchmark = {
  name: 'drop-policies',
  title: `a camera of ${PER_SECOND}/s with 3 ms of jitter before workers of known speed, ${SECONDS} s in real time`,
  async run(tell): Promise<readonly Figure[]> {
    const figures: Figure[] = [];
    for (const name of Object.keys(POLICIES) as PolicyName[]) {
      tell(`${name}: workers of ${SERVICES_MS.join(', ')} ms behind the same camera`);
      const results = await measure(name);
      for (const serviceMs of SERVICES_MS) {
        const measured = summary(results.get(serviceMs) ?? []);
        const theory = inTheory(name, serviceMs);
        figures.push(
          {
            what: `${name}, ${serviceMs} ms: rate`,
            value: measured.perSecond,
            unit: 'results/s',
            target: { near: { value: theory.perSecond, within: 1 } },
          },
          {
            what: `${name}, ${serviceMs} ms: median age`,
            value: measured.medianAgeMs,
            unit: 'ms',
            target: { near: { value: theory.medianAgeMs, within: 5 + TICK_MS } },
          },
        );
      }
    }
    return figures;
  },
};

/**
 * Rate and median age where the phase between camera and worker drifts, as it does wherever a service is not a whole
 * number of periods to the microsecond. `fresh` at 36 and 100 ms depends on the jitter: there the queue is simulated.
 */
function inTheory(name: PolicyName, serviceMs: number): { perSecond: number; medianAgeMs: number } {
  const isKeptBusy = serviceMs > PERIOD_MS;
  if (name === 'fresh') {
    const served = servedInTheory('fresh', arrivals, () => serviceMs);
    return { perSecond: served.length / SECONDS, medianAgeMs: serviceMs };
  }
  if (!isKeptBusy) return { perSecond: PER_SECOND, medianAgeMs: serviceMs };
  const medianAgeMs = name === 'latest' ? serviceMs + PERIOD_MS / 2 : 3 * serviceMs - PERIOD_MS / 2;
  return { perSecond: 1000 / serviceMs, medianAgeMs };
}

function summary(results: readonly Result[]): { perSecond: number; medianAgeMs: number } {
  const spanMs = (results.at(-1)?.doneMs ?? Number.NaN) - (results[0]?.doneMs ?? Number.NaN);
  return {
    perSecond: ((results.length - 1) * 1000) / spanMs,
    medianAgeMs: median(results.map(({ sequence, doneMs }) => doneMs - (cameMs[sequence] ?? Number.NaN))),
  };
}

/** Results by service time: all workers are behind the same camera, each with a buffer of its own. */
async function measure(name: PolicyName): Promise<ReadonlyMap<number, readonly Result[]>> {
  cameMs = [];
  const results = new Map(SERVICES_MS.map((serviceMs) => [serviceMs as number, [] as Result[]]));
  const branches = SERVICES_MS.map((serviceMs) => ({
    nodes: {
      [`buffer${serviceMs}`]: POLICIES[name],
      [`worker${serviceMs}`]: { type: 'bench.steady-worker', config: { serviceMs } },
      [`results${serviceMs}`]: { type: 'core.sink.callback' },
    },
    wires: [
      ['camera.frame', `buffer${serviceMs}.in`],
      [`buffer${serviceMs}.out`, `worker${serviceMs}.frame`],
      [`worker${serviceMs}.out`, `results${serviceMs}.in`],
    ] as const,
  }));
  await runGraph({
    nodes: {
      camera: { type: 'bench.jittery-camera' },
      ...Object.fromEntries(branches.flatMap(({ nodes }) => Object.entries(nodes))),
    },
    wires: branches.flatMap(({ wires }) => wires),
    plugins: [plugin],
    callbacks: Object.fromEntries(
      SERVICES_MS.map((serviceMs) => [
        `results${serviceMs}`,
        (value: unknown) => void results.get(serviceMs)?.push(value as Result),
      ]),
    ),
  });
  return results;
}
