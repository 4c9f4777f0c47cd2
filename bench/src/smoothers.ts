import { EmaConfig, EmaSmoother, OneEuroConfig, OneEuroSmoother } from '@kinegraph/core';
import type { Landmarks, Smoother } from '@kinegraph/core/plugin';
import { tryOutSmoother } from '@kinegraph/core/testing';
import type { Benchmark, Figure } from './benchmark.js';

const PACES = [15, 30, 60].flatMap((framesPerSecond) =>
  [0, 0.3].map((irregularity) => ({ framesPerSecond, irregularity })),
);

interface Candidate {
  readonly name: string;
  readonly make: () => Smoother<Landmarks>;
  /** True where the figures have to reach the project's targets. */
  readonly isDefault: boolean;
}

const CANDIDATES: readonly Candidate[] = [
  ...(['responsive', 'calm', 'mediapipe-pose'] as const).map((preset) => ({
    name: `one-euro, ${preset}`,
    make: () => new OneEuroSmoother(OneEuroConfig.parse({ preset })),
    isDefault: preset === 'responsive',
  })),
  { name: 'ema', make: landmarksEma, isDefault: false },
];

/** What smoothers make of seeded noise and motion; the same figures at every run. */
export const smoothersBenchmark: Benchmark = {
  name: 'smoothers',
  title: 'a hand with 0.75 % of a palm of noise, at rest, waving, reaching and after a gap',
  async run(tell): Promise<readonly Figure[]> {
    const figures: Figure[] = [];
    for (const { name, make, isDefault } of CANDIDATES) {
      tell(name);
      for (const pace of isDefault
        ? PACES
        : PACES.filter(({ framesPerSecond }) => framesPerSecond === 30).slice(0, 1)) {
        const { jitterShare, lagMs, overshootPalms, recoveryFrames } = await tryOutSmoother(make, pace);
        const irregular = pace.irregularity === 0 ? '' : ' irregular';
        const row = (what: string, value: number, unit: string, below: number): Figure => ({
          what: `${name}, ${pace.framesPerSecond}/s${irregular}: ${what}`,
          value,
          unit,
          ...(isDefault ? { target: { below } } : {}),
        });
        figures.push(
          row('jitter at rest, of raw', 100 * jitterShare, '%', 25),
          row('lag in motion', lagMs, 'ms', 12),
          row('overshoot of a reach, of palm', 100 * overshootPalms, '%', 2),
          row('recovery after a gap of 5 frames', recoveryFrames, 'frames', 2),
        );
      }
    }
    return figures;
  },
};

/** The EMA takes angles as well; of landmarks it makes landmarks. */
function landmarksEma(): Smoother<Landmarks> {
  const ema = new EmaSmoother(EmaConfig.parse({}));
  return { smooth: (value, info) => ema.smooth(value, info) as Landmarks };
}
