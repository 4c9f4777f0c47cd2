import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { labelsOf, SignModelCard } from '@kinegraph/plugin-sign-classifier/model';
import { encoderParts, evaluateSigns, trainSigns } from '@kinegraph/plugin-sign-classifier/teach';
import type { Evaluation, Take, TrainedSigns } from '@kinegraph/plugin-sign-classifier/teach';
import {
  BUNDLED_ENCODER,
  TakeStore,
  trainInWorker,
  writeModelFiles,
} from '@kinegraph/plugin-sign-classifier/teach/node';
import { signTake } from '@kinegraph/plugin-sign-classifier/testing';
import { median } from '../benchmark.js';
import type { Benchmark, Figure } from '../benchmark.js';
import { REAL_LETTERS, realLetterTakes } from './real-letters.js';

const SIGNS = 20;
const TAKES = 10;
const REPEATS = 5;
/** Of each letter these windows are tested with, whatever was trained with. */
const TRAINED_AT_MOST = 5;

/** How long it takes to teach signs, and how good what comes of it is on real hands. */
export const signsTeachBenchmark: Benchmark = {
  name: 'signs-teach',
  title: 'signs of one’s own: time of a training, and the 26 letters of a real signer from a few windows each',
  async run(tell): Promise<readonly Figure[]> {
    const figures = await times(tell);
    if (!REAL_LETTERS.areThere()) {
      tell(`The real letters are not there (${REAL_LETTERS.files.join(', ')}), so they are left out.`);
      return figures;
    }
    return [...figures, ...(await letters(tell)), ...(await unknownLetters(tell))];
  },
};

async function times(tell: (line: string) => void): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'signs-teach-'));
  try {
    const takes = Array.from({ length: SIGNS * TAKES }, (_, at) => signTake(at % SIGNS, Math.floor(at / SIGNS)));
    const out = path.join(folder, 'model.onnx');
    const spent: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const startMs = performance.now();
      const { onnx, card } = await train(takes);
      await writeModelFiles(out, onnx, card);
      const session = await nodeOnnxRuntime.open(out);
      spent.push(performance.now() - startMs);
      await session.release();
      tell(`training ${repeat + 1}: ${Math.round(spent.at(-1) ?? 0)} ms`);
    }
    const store = new TakeStore(path.join(folder, 'set'));
    for (const take of takes) await store.add(take);
    const startMs = performance.now();
    await trainInWorker({ folder: store.folder, out });
    const label = `${SIGNS} signs x ${TAKES} takes`;
    return [
      {
        what: `${label}: features, training, writing, loading`,
        value: median(spent),
        unit: 'ms',
        target: { below: 1000 },
      },
      { what: `${label}: the first time in a process`, value: spent[0] ?? Number.NaN, unit: 'ms' },
      {
        what: `${label}: from files, on a new thread of its own`,
        value: performance.now() - startMs,
        unit: 'ms',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function letters(tell: (line: string) => void): Promise<Figure[]> {
  const all = realLetterTakes();
  const tested = [...all.values()].flatMap((windows) => windows.slice(TRAINED_AT_MOST));
  const figures: Figure[] = [];
  for (const [count, atLeast] of [
    [1, 88],
    [3, 95],
    [5, 98],
  ] as const) {
    tell(`letters from ${count} windows each`);
    const model = await train([...all.values()].flatMap((windows) => windows.slice(0, count)));
    const { accuracy = 0, curve, best } = await evaluated(model, tested);
    const each = `26 real letters from ${count} ${count === 1 ? 'window' : 'windows'} each`;
    figures.push(
      { what: `${each}: the best label is right`, value: 100 * best, unit: '%', target: { atLeast } },
      { what: `${each}: named right, with none and thresholds`, value: 100 * accuracy, unit: '%' },
      {
        what: `${each}: named wrong at a threshold of 0.6`,
        value: 100 * (curve.find(({ threshold }) => threshold === 0.6)?.wrong ?? 0),
        unit: '%',
      },
    );
  }
  return figures;
}

/** Half of the letters are taught, the other half must not be named; four ways to halve them. */
async function unknownLetters(tell: (line: string) => void): Promise<Figure[]> {
  const all = realLetterTakes();
  const names = [...all.keys()].toSorted();
  const sums = { right: 0, known: 0, named: 0, unknown: 0 };
  for (let half = 0; half < 4; half += 1) {
    tell(`unknown letters, half ${half + 1}`);
    const isKnown = (index: number): boolean => ((index >> (half % 2)) + (half >> 1) + index * half) % 2 === 0;
    const known = names.filter((_, index) => isKnown(index));
    const model = await train(known.flatMap((name) => (all.get(name) ?? []).slice(0, TRAINED_AT_MOST)));
    const tested = names.flatMap((name) => (all.get(name) ?? []).slice(known.includes(name) ? TRAINED_AT_MOST : 0));
    const { labels, unknown } = await evaluated(model, tested);
    for (const { windows, right } of labels) [sums.known, sums.right] = [sums.known + windows, sums.right + right];
    for (const { windows, rejected } of unknown)
      [sums.unknown, sums.named] = [sums.unknown + windows, sums.named + windows - rejected];
  }
  return [
    { what: '13 of the letters taught: named right', value: (100 * sums.right) / sums.known, unit: '%' },
    { what: 'the other 13 letters: named, though not taught', value: (100 * sums.named) / sums.unknown, unit: '%' },
  ];
}

const bytes = (): Uint8Array => readFileSync(BUNDLED_ENCODER);

async function train(takes: readonly Take[]): Promise<TrainedSigns> {
  const file = bytes();
  const encoder = encoderParts(file, BUNDLED_ENCODER);
  const session = await nodeOnnxRuntime.open(file);
  try {
    return await trainSigns({
      ...{ takes, encoder, title: '', seed: 1 },
      embed: async (data, count) =>
        floats(
          (await session.run({ [encoder.input]: { type: 'float32', dims: [count, 30, 96], data } }))[encoder.output],
        ),
      sha256: async (content) => await Promise.resolve(createHash('sha256').update(content).digest('hex')),
    });
  } finally {
    await session.release();
  }
}

/** `best`: share of windows whose likeliest label is right, were none no answer. */
async function evaluated(model: TrainedSigns, takes: readonly Take[]): Promise<Evaluation & { readonly best: number }> {
  const session = await nodeOnnxRuntime.open(model.onnx);
  try {
    const labels = labelsOf(SignModelCard.parse(model.card));
    const classify = async (data: Float32Array, count: number): Promise<Float32Array> =>
      floats((await session.run({ features: { type: 'float32', dims: [count, 30, 96], data } }))['probabilities']);
    const evaluation = await evaluateSigns(takes, labels, 'none', classify);
    const withoutNone = await evaluateSigns(
      takes,
      labels.map((label) => ({ ...label, threshold: 0 })),
      'none',
      async (data, count) => {
        const scores = await classify(data, count);
        for (let row = 1; row <= count; row += 1) scores[row * labels.length - 1] = -1;
        return scores;
      },
    );
    return { ...evaluation, best: withoutNone.accuracy ?? 0 };
  } finally {
    await session.release();
  }
}

function floats(value: { readonly data: unknown } | undefined): Float32Array {
  if (!(value?.data instanceof Float32Array)) throw new Error('The model gave something else than float32.');
  return value.data.slice();
}
