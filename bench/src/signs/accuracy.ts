import { handWindow, signFeatures1 } from '@kinegraph/plugin-sign-classifier/features';
import { LETTERS_ASPECT } from '@kinegraph/signer';
import { CLASS_LABELS, WINDOW_VALUES, bestClasses, evaluateSigns, isNamed, type Predict } from '@kinegraph/trainer';
import { median, type Benchmark, type Figure } from '../benchmark.js';
import { REAL_LETTERS, realLetterWindows } from './real-letters.js';
import { openShippedModel } from './shipped-model.js';

/** Another seed than that of the report, so that these are other takes. */
const SEED = 77;
const TAKES = 300;
const TIMED_RUNS = 2000;
/** The letters among the 30 signs; F is the same shape as `ok`. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ...'a b c d g i l o u v w y'.split(' ').map((letter) => [letter, letter] as const),
  ['f', 'ok'],
]);
/** S is the sign `fist`, and J and Z move: the data hold them still. */
const LEFT_OUT = new Set(['s', 'j', 'z']);

/** How well the shipped model names signs, and what it does with what it does not know. */
export const signsBenchmark: Benchmark = {
  name: 'signs',
  title: `the default model of 30 signs: ${TAKES} takes of each by made-up signers not met in training, and real letters`,
  async run(tell): Promise<readonly Figure[]> {
    const model = await openShippedModel();
    const thresholds = model.labels.map(({ threshold }) => threshold);
    const predict: Predict = async (inputs, windows) => {
      const each = Array.from({ length: windows }, (_, at) =>
        inputs.subarray(at * WINDOW_VALUES, (at + 1) * WINDOW_VALUES),
      );
      return Float32Array.from((await model.scores(each)).flatMap((scores) => [...scores]));
    };
    tell('made-up signers');
    const made = await evaluateSigns(predict, thresholds, { takes: TAKES, negatives: TAKES }, SEED);
    const figures = [
      percent('made-up signers: right sign of 30', made.heldOut, { atLeast: 96 }),
      percent('the same, every second frame missing', made.everySecondMissing, { atLeast: 96 }),
      percent('the same, three times the jitter', made.tripleJitter, { atLeast: 92 }),
      percent('changes, rest and the like named', made.negativesNamed, { below: 3 }),
      percent('made-up hands in other letters named', made.othersNamed),
      ...(await realLetters(predict, thresholds, tell)),
      await inferenceTime(predict),
    ];
    await model.release();
    return figures;
  },
};

function percent(what: string, share: number, target?: Figure['target']): Figure {
  return { what, value: share * 100, unit: '%', ...(target === undefined ? {} : { target }) };
}

async function realLetters(
  predict: Predict,
  thresholds: readonly number[],
  tell: (line: string) => void,
): Promise<readonly Figure[]> {
  if (!REAL_LETTERS.areThere()) {
    tell(`left out the real letters, since there is no ${REAL_LETTERS.files.join(', ')} beside the repository`);
    return [];
  }
  const windows = realLetterWindows().flatMap((frames) => {
    const endMs = frames.at(-1)?.timestampMs ?? 0;
    const window = handWindow(1, frames, LETTERS_ASPECT, { endMs, spanMs: 1000 });
    return window === undefined ? [] : [{ letter: frames[0]?.letter ?? '', features: signFeatures1(window) }];
  });
  const best = await bestClasses(
    predict,
    windows.map(({ features }) => features),
  );
  const seen = windows.map(({ letter }, index) => {
    const top = best[index] ?? { best: 0, score: 0 };
    return { letter, right: CLASS_LABELS[top.best] === KNOWN.get(letter), ...top };
  });
  const known = seen.filter(({ letter }) => KNOWN.has(letter));
  const unknown = seen.filter(({ letter }) => !KNOWN.has(letter) && !LEFT_OUT.has(letter));
  const rightScores = known.filter(({ right }) => right).map(({ score }) => score);
  const curve = [0.99, 0.95, 0.9, 0.8].map((acceptance) => {
    const threshold = rightScores.toSorted((a, b) => b - a)[Math.ceil(acceptance * rightScores.length) - 1] ?? 1;
    const uniform = CLASS_LABELS.map(() => threshold);
    const share = unknown.filter((each) => isNamed(each, uniform)).length / unknown.length;
    const what = `unknown real letters named where ${acceptance * 100} % of the right ones pass (scores from ${threshold.toFixed(2)})`;
    return percent(what, share);
  });
  const shareOf = (of: typeof known, is: (each: (typeof known)[number]) => boolean): number =>
    of.filter(is).length / of.length;
  return [
    percent(
      '13 real letters, never seen in training: right',
      shareOf(known, ({ right }) => right),
      { atLeast: 85 },
    ),
    percent(
      'the same, and over the threshold of the card',
      shareOf(known, (each) => each.right && isNamed(each, thresholds)),
    ),
    percent(
      'the ten other real letters, which are no sign of ours: named by the thresholds of the card',
      shareOf(unknown, (each) => isNamed(each, thresholds)),
    ),
    ...curve,
  ];
}

/** One window at a time, as a live stream brings them. */
async function inferenceTime(predict: Predict): Promise<Figure> {
  const window = new Float32Array(30 * 96);
  const times: number[] = [];
  for (let run = 0; run < TIMED_RUNS; run += 1) {
    const startedMs = performance.now();
    await predict(window, 1);
    times.push(performance.now() - startedMs);
  }
  const tail = times.slice(TIMED_RUNS / 10).toSorted((a, b) => a - b);
  const p95 = tail[Math.floor(tail.length * 0.95)] ?? Number.NaN;
  return {
    what: `inference of one window, p95 (median ${median(tail).toFixed(3)} ms)`,
    value: p95,
    unit: 'ms',
    target: { below: 0.5 },
  };
}
