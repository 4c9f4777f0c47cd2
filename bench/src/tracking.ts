import {
  ObjectTracker,
  TrackAssigner,
  TrackerConfig,
  assignGreedily,
  assignOptimally,
  coco17,
  sightingsOf,
  sigmasOf,
} from '@kinegraph/core';
import type { Assign, Sighting } from '@kinegraph/core';
import { aWalker, peopleScene, trackingFigures } from '@kinegraph/core/testing';
import type { SceneOptions, TrackedFrame } from '@kinegraph/core/testing';
import { median } from './benchmark.js';
import type { Benchmark, Figure } from './benchmark.js';

/** Scenes of each kind, each with people and noise of its own. */
const SEEDS = [1, 2, 3, 4, 5];
const SECONDS = 20;

/** What a fair detector makes of people who hide each other. */
const DETECTION: Partial<SceneOptions> = {
  noise: 0.015,
  missed: 0.05,
  unsure: 0.1,
  falseFinds: 0.3,
  occlusion: true,
  irregularity: 0.3,
};

const PER_MINUTE = 'a person and minute';

/** The targets keep what is reached: they leave about a tenth of room. */
const SCENES = [
  { people: 5, targets: { switches: 0.6, idf1: 0.9, mota: 0.88, ms: 0.5 } },
  { people: 10, targets: { switches: 2.7, idf1: 0.78, mota: 0.82, ms: 0.5 } },
  { people: 20, targets: { switches: 7, idf1: 0.6, mota: 0.75, ms: 1 } },
] as const;

interface Outcome {
  readonly switches: number;
  readonly idf1: number;
  readonly mota: number;
  readonly msPerFrame: readonly number[];
}

/** Ids of people who cross: switches, IDF1 and MOTA of seeded scenes (the same at every run), and the time of a frame. */
export const trackingBenchmark: Benchmark = {
  name: 'tracking',
  title: `people who cross and hide each other, ${SEEDS.length} scenes of ${SECONDS} s: noise, misses, low scores, false finds`,
  run(tell): Promise<readonly Figure[]> {
    const figures = SCENES.flatMap(({ people, targets }) => {
      tell(`${people} people`);
      const [own, greedy, nearest] = [tracker(assignOptimally), tracker(assignGreedily), nearestCentres].map((make) =>
        follow(people, make),
      );
      const row = (what: string, value: number | undefined, unit: string, target?: Figure['target']): Figure => ({
        what: `${people} people: ${what}`,
        value: value ?? Number.NaN,
        unit,
        ...(target === undefined ? {} : { target }),
      });
      const ms = own?.msPerFrame ?? [];
      return [
        row('id switches', own?.switches, PER_MINUTE, { below: targets.switches }),
        row('IDF1', own?.idf1, '', { atLeast: targets.idf1 }),
        row('MOTA', own?.mota, '', { atLeast: targets.mota }),
        row('time of a frame, median', median(ms), 'ms', { below: targets.ms }),
        row('time of a frame, p99', percentile(ms, 0.99), 'ms'),
        row('id switches with greedy assignment', greedy?.switches, PER_MINUTE),
        row('IDF1 with greedy assignment', greedy?.idf1, ''),
        row('id switches of nearest centres', nearest?.switches, PER_MINUTE),
        row('IDF1 of nearest centres', nearest?.idf1, ''),
      ];
    });
    return Promise.resolve(figures);
  },
};

/** What gives the finds of a frame their ids. */
type Update = (sightings: readonly Sighting[], timestampMs: number) => readonly (number | undefined)[];

/** The tracker of `core.transform.tracker`, as it is by default. */
function tracker(assign: Assign): () => Update {
  const sigmas = sigmasOf(coco17.points, coco17.points.length);
  return () => {
    const objects = new ObjectTracker(TrackerConfig.parse({}), () => sigmas, assign);
    return (sightings, timestampMs) => objects.update(sightings, timestampMs);
  };
}

/** What extractors give their finds identities with, which knows neither scores nor motion. */
function nearestCentres(): Update {
  const assigner = new TrackAssigner();
  return (sightings, timestampMs) => assigner.assign(sightings, timestampMs);
}

/** All scenes with so many people, as a tracker follows them. */
function follow(count: number, make: () => Update): Outcome {
  const msPerFrame: number[] = [];
  const outcomes = SEEDS.map((seed) => {
    const people = Array.from({ length: count }, (_, id) => aWalker(id, 100 * seed + id));
    const update = make();
    const frames: TrackedFrame[] = [];
    for (const frame of peopleScene({ ...DETECTION, people, seconds: SECONDS, seed })) {
      const startMs = performance.now();
      const ids = update(sightingsOf(frame.landmarks, frame.boxes), frame.timestampMs);
      msPerFrame.push(performance.now() - startMs);
      const answers = ids.flatMap((id, index) => (id === undefined ? [] : [{ id, truth: frame.truth[index] }]));
      frames.push({ present: frame.present, answers });
    }
    return trackingFigures(frames);
  });
  const sum = (key: 'switches' | 'idf1' | 'mota'): number =>
    outcomes.reduce((total, outcome) => total + outcome[key], 0);
  return {
    switches: sum('switches') / ((SEEDS.length * count * SECONDS) / 60),
    idf1: sum('idf1') / SEEDS.length,
    mota: sum('mota') / SEEDS.length,
    msPerFrame,
  };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
