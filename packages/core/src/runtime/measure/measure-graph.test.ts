import { Container } from 'inversify';
import { describe, expect, it } from 'vitest';
import { Clock, Logger, silentLogger, sleep } from '../../base/index.js';
import type { NodeTypeDescriptor, ResolvedGraph } from '../../graph/index.js';
import type { NodeClass, NodeKind, ProcessInfo } from '../../kinds/index.js';
import { CallbackSink } from '../../nodes/index.js';
import { VirtualClock, nodeOf, sinkInto, sourceOf } from '../../testing/index.js';
import type { Landmarks } from '../../vision/index.js';
import { PathResolverFactory } from '../run/services.js';
import type { NodeClassProvider } from '../run/services.js';
import { parseHandTruth } from './hand-truth.js';
import { measureGraph, measureInTurn } from './measure-graph.js';
import type { MeasureOptions, Measurement } from './measure-graph.js';
import { ProcessMeter } from './process-meter.js';

const points = Array.from({ length: 21 }, (_, index) => [index / 40, 0.5, 0]);
const truthHeader = {
  format: 'kinegraph-signer-truth',
  version: 1,
  skeleton: 'hand-21',
  fps: 10,
  width: 200,
  height: 100,
};
const truth = parseHandTruth(
  [truthHeader, ...[0, 1, 2, 3].map((frame) => ({ frame, points }))].map((line) => JSON.stringify(line)).join('\n'),
);

/** The hand of the truth, `offsetPx` below it; none in the frame of sequence 1. */
function handIn(sequence: number, offsetPx: number): Landmarks {
  const image = Float32Array.from(points.flatMap(([x = 0, y = 0]) => [x, y + offsetPx / 100, 0, 1]));
  return {
    frameWidth: 200,
    frameHeight: 100,
    tracks: sequence === 1 ? [] : [{ skeleton: 'hand-21', trackId: 0, score: 1, image }],
  };
}

interface Parts {
  readonly frames?: number;
  readonly workMs?: number;
  readonly fails?: boolean;
  /** How many of the frames are answered; those after them with nothing. Default: all. */
  readonly answers?: number;
}

/** A source of 10 frames a second, hands that take `workMs`, and a sink, on virtual time. */
function aGraph({
  frames = 4,
  workMs = 40,
  fails = false,
  answers = Number.POSITIVE_INFINITY,
}: Parts): Omit<MeasureOptions, 'signal'> & { clock: VirtualClock } {
  const clock = new VirtualClock();
  const platform = new Container();
  let readings = 0;
  platform.bind(Clock).toConstantValue(clock);
  platform.bind(Logger).toConstantValue(silentLogger);
  platform.bind(PathResolverFactory).toConstantValue(() => ({ resolve: (path: string) => path }));
  platform.bind(ProcessMeter).toConstantValue({
    // Two cores are in use, and the memory is highest at the third look.
    read: () => ({ cpuMs: clock.nowMs() * 2, rssBytes: (readings += 1) === 3 ? 900 : 500, heapBytes: 100 }),
  });
  const classes: Readonly<Record<string, NodeClass>> = {
    camera: sourceOf(function* () {
      for (let sequence = 0; sequence < frames; sequence += 1)
        yield { sequence, timestampMs: sequence * 100, capturedAtMs: clock.nowMs() };
    }, 100),
    hands: nodeOf(() => ({
      async extract(_frame: unknown, { trace }: ProcessInfo): Promise<Landmarks | undefined> {
        await sleep(clock, workMs);
        if (fails) throw new Error('no model');
        return trace.sequence < answers ? handIn(trace.sequence, 3) : undefined;
      },
    })),
    out: sinkInto([]),
    'core.sink.callback': CallbackSink,
  };
  const descriptor = (type: string, kind: NodeKind): NodeTypeDescriptor => ({
    type,
    typeVersion: 1,
    kind,
    title: type,
    plugin: 'test',
    runsIn: 'main',
    native: false,
    stateless: false,
    live: true,
    inputs: kind === 'source' ? {} : { in: { type: 'any' } },
    outputs: kind === 'sink' ? {} : { out: { type: 'any' } },
    configSchema: {},
    liveConfig: [],
  });
  const node = (name: string, kind: NodeKind): ResolvedGraph['nodes'][number] => ({
    name,
    descriptor: descriptor(name, kind),
    config: {},
    concurrency: 1,
    sync: 'timestamp',
  });
  const graph: ResolvedGraph = {
    nodes: [node('camera', 'source'), node('hands', 'extractor'), node('out', 'sink')],
    wires: [
      { from: { node: 'camera', port: 'out' }, to: { node: 'hands', port: 'in' }, type: 'any' },
      { from: { node: 'hands', port: 'out' }, to: { node: 'out', port: 'in' }, type: 'landmarks/hand-21' },
    ],
  };
  const host: NodeClassProvider = {
    catalog: {
      get: (type) => (type === 'core.sink.callback' ? descriptor(type, 'sink') : undefined),
      list: () => [],
      hasPlugin: () => true,
    },
    nodeClass: (type) => {
      const nodeClass = classes[type];
      if (nodeClass === undefined) throw new Error(`No class ${type}`);
      return Promise.resolve({ nodeClass, container: new Container({ parent: platform }) });
    },
    workerPlugin: () => ({ plugin: undefined, configuration: {} }),
  };
  return { graph, host, platform, baseFolder: '.', clock };
}

async function measure(parts: Parts, more: Partial<MeasureOptions> = {}): Promise<Measurement> {
  const { clock, ...options } = aGraph(parts);
  const measured = measureGraph({ ...options, ...more });
  measured.catch(() => {});
  await clock.advance(20_000);
  return await measured;
}

describe('measureGraph', () => {
  it('tells rate, ages, drops, processor time, memory and the share of time that nodes work', async () => {
    const run = await measure({});
    // Frames at 100, 200, 300, 400 ms; results 40 ms later each.
    expect(run).toMatchObject({
      result: 'completed',
      results: 4,
      measuredMs: 440,
      openMs: 0,
      firstResultMs: 140,
      peakRssBytes: 900,
      peakHeapBytes: 100,
      cpuCores: 2,
      dropped: {},
    });
    expect(run.perSecond).toBeCloseTo(4000 / 440, 6);
    expect(run.cpuMsPerResult).toBeCloseTo(run.cpuMs / 4, 6);
    expect(run.busy['hands']).toBeCloseTo(160 / 440, 6);
    expect(run.busy).not.toHaveProperty('camera');
    expect(run.sinks).toMatchObject([{ node: 'out', results: 4, ageMs: { count: 4, max: 40 } }]);
    expect(run.nodes.map(({ name }) => name)).toEqual(['camera', 'hands', 'out']); // none of the probes
  });

  it('counts what a slow node makes the source drop', async () => {
    const run = await measure({ frames: 20, workMs: 300 });
    const [cause, count] = Object.entries(run.dropped)[0] ?? [];
    expect(cause).toBe('replaced');
    expect(run.results + (count ?? 0)).toBe(20);
    expect(run.busy['hands']).toBeGreaterThan(0.9);
  });

  it('stops after its time', async () => {
    const run = await measure({ frames: 1000 }, { durationMs: 1050 });
    expect([run.result, run.results]).toEqual(['stopped', 10]);
  });

  it('takes the rate over all of its time, so that a graph that dies is not a fast one', async () => {
    const run = await measure({ frames: 1000, answers: 3 }, { durationMs: 2_000 });
    expect(run).toMatchObject({ results: 3, measuredMs: 2_000, perSecond: 1.5 });
    expect(run.busy['hands']).toBeCloseTo(0.4, 1);
  });

  it('leaves out of the processor time what comes after its time', async () => {
    const run = await measure({ frames: 1000, workMs: 1_500 }, { durationMs: 2_000 }); // the second is done at 3,100
    expect(run).toMatchObject({ results: 2, measuredMs: 3_100, cpuMs: 4_000, cpuCores: 2 });
  });

  it('stops early when its signal fires, also before the start', async () => {
    expect((await measure({ frames: 1000 }, { signal: AbortSignal.abort() })).results).toBe(0);
    const abort = new AbortController();
    const { clock, ...options } = aGraph({ frames: 1000 });
    const measured = measureGraph({ ...options, signal: abort.signal });
    await clock.advance(550);
    abort.abort();
    await clock.advance(10_000);
    expect((await measured).results).toBe(5);
    expect(clock.pendingCount).toBe(0);
  });

  it('compares hands with the truth', async () => {
    const { accuracy } = await measure({}, { truth });
    expect(accuracy).toMatchObject({ frames: 4, framesWithHand: 4, foundShare: 0.75 });
    expect(accuracy?.meanErrorPercent).toBeCloseTo(3, 4);
    expect(await measure({})).not.toHaveProperty('accuracy');
  });

  it('has figures that are no numbers where nothing came, and throws what a run failed with', async () => {
    const run = await measure({ frames: 0 });
    expect(run).toMatchObject({ results: 0, measuredMs: 0, perSecond: 0, cpuMsPerResult: Number.NaN });
    expect(run.firstResultMs).toBeUndefined();
    await expect(measure({ fails: true })).rejects.toThrow('no model');
  });
});

describe('measureInTurn', () => {
  const none = {} as Measurement;

  it('takes turns', async () => {
    const order: string[] = [];
    const all = await measureInTurn(['a', 'b'], 2, (subject, round) => {
      order.push(`${subject}${round}`);
      return Promise.resolve(none);
    });
    expect([order, all.map((runs) => runs.length)]).toEqual([
      ['a0', 'b0', 'a1', 'b1'],
      [2, 2],
    ]);
  });

  it('takes no further turn once its signal has fired', async () => {
    const abort = new AbortController();
    const measureOne = (): Promise<Measurement> => {
      abort.abort();
      return Promise.resolve(none);
    };
    expect((await measureInTurn(['a', 'b'], 3, measureOne, abort.signal)).map((runs) => runs.length)).toEqual([1, 0]);
  });
});
