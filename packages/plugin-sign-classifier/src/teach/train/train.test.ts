import { createHash } from 'node:crypto';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { encodeModel, inspectModel } from '@kinegraph/onnx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OnnxSession } from '@kinegraph/onnx';
import { signFeatures1 } from '../../features/index.js';
import { SignModelCard, labelsOf } from '../../model/index.js';
import { randomEncoder } from '../../testing/random-encoder.js';
import { signTake } from '../../testing/takes.js';
import { evaluateSigns } from '../evaluate.js';
import type { Take } from '../takes/index.js';
import { encoderParts, trainSigns } from './index.js';
import type { TrainedSigns, TrainingProgress, TrainingRequest } from './index.js';
import { trainingTake } from './train.js';

const bytes = randomEncoder();
const encoder = encoderParts(bytes, 'random');
let session: OnnxSession;
beforeAll(async () => {
  session = await nodeOnnxRuntime.open(bytes);
});
afterAll(async () => await session.release());

async function run(
  model: OnnxSession,
  input: string,
  output: string,
  features: Float32Array,
  count: number,
): Promise<Float32Array> {
  const answer = (await model.run({ [input]: { type: 'float32', dims: [count, 30, 96], data: features } }))[output];
  return Float32Array.from(answer?.data as Float32Array);
}

async function train(takes: TrainingRequest['takes'], more: Partial<TrainingRequest> = {}): Promise<TrainedSigns> {
  return await trainSigns({
    takes,
    encoder,
    embed: async (features, count) => await run(session, encoder.input, encoder.output, features, count),
    title: 'test',
    seed: 1,
    sha256: async (content) => await Promise.resolve(createHash('sha256').update(content).digest('hex')),
    ...more,
  });
}

function takesOf(signs: readonly number[], from: number, to: number): Take[] {
  return signs.flatMap((sign) => Array.from({ length: to - from }, (_, index) => signTake(sign, from + index)));
}

async function evaluated(model: TrainedSigns, takes: readonly Take[]): ReturnType<typeof evaluateSigns> {
  const opened = await nodeOnnxRuntime.open(model.onnx);
  try {
    const labels = labelsOf(SignModelCard.parse(model.card));
    return await evaluateSigns(
      takes,
      labels,
      'none',
      async (features, count) => await run(opened, 'features', 'probabilities', features, count),
    );
  } finally {
    await opened.release();
  }
}

const SIGNS = [0, 1, 2, 4, 5, 6, 8, 10];

describe('a model of taught signs', () => {
  it('names takes that it has not seen, and has one file that any runtime runs, with its card', async () => {
    const model = await train(takesOf(SIGNS, 0, 5));
    const { accuracy, labels } = await evaluated(model, takesOf(SIGNS, 20, 25));
    expect(labels).toHaveLength(SIGNS.length);
    const [right, windows] = [
      labels.reduce((sum, one) => sum + one.right, 0),
      labels.reduce((sum, one) => sum + one.windows, 0),
    ];
    expect(right / windows).toBeCloseTo(accuracy ?? 0, 10);
    expect(accuracy).toBeGreaterThan(0.85);
    expect(model.report.accuracy).toBeGreaterThan(0.85);
    const info = inspectModel(model.onnx);
    expect([...info.opsets.keys()]).toEqual(['']);
    expect([info.inputs[0]?.dims, info.outputs[0]?.dims]).toEqual([
      ['n', 30, 96],
      ['n', SIGNS.length + 1],
    ]);
    const card = SignModelCard.parse(model.card);
    expect(card).toMatchObject({
      features: 'signfeat/1',
      activation: 'probabilities',
      noneLabel: 'none',
      sha256: createHash('sha256').update(model.onnx).digest('hex'),
    });
    expect(labelsOf(card).at(-1)?.label).toBe('none');
    expect(labelsOf(card).find(({ label }) => label === 'sign-2')?.static).toBe(false);
    expect(labelsOf(card).find(({ label }) => label === 'sign-0')?.static).toBe(true);
  });

  it('answers with probabilities that sum to 1, whatever it is shown', async () => {
    const opened = await nodeOnnxRuntime.open((await train(takesOf([0, 1, 2], 0, 3))).onnx);
    const window = trainingTake(signTake(0, 9)).windows[0];
    const sane = window === undefined ? new Float32Array(2880) : signFeatures1(window);
    for (const features of [
      sane,
      new Float32Array(2880),
      new Float32Array(2880).fill(20),
      sane.map((value) => -value * 5),
    ]) {
      const answer = await run(opened, 'features', 'probabilities', features, 1);
      expect(answer.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      expect(Math.min(...answer)).toBeGreaterThanOrEqual(-1e-6);
    }
    await opened.release();
  });

  it('is the same file for the same takes and seed, and another for another seed', async () => {
    const takes = takesOf([0, 1, 2], 0, 3);
    const [first, again, other] = [await train(takes), await train(takes), await train(takes, { seed: 2 })];
    expect(again).toEqual(first);
    expect(Buffer.from(other.onnx).equals(first.onnx)).toBe(false);
  });

  it('answers none to hands that were recorded as none, better than without them', async () => {
    const none = takesOf([3, 7, 9, 12], 0, 3).map((take, index) => ({ ...take, label: 'none', id: `none-${index}` }));
    const unseen = takesOf([3, 7, 9, 12], 30, 34).map((take) => ({ ...take, label: 'none' }));
    const named = async (takes: readonly Take[]): Promise<number> => {
      const { unknown, windows } = await evaluated(await train(takes), unseen);
      return (windows - (unknown[0]?.rejected ?? 0)) / windows;
    };
    const known = takesOf(SIGNS, 0, 4);
    const [without, withNone] = [await named(known), await named([...known, ...none])];
    expect(withNone).toBeLessThan(without);
    expect(withNone).toBeLessThan(0.15);
  });

  it('tells which signs look alike, and that two labels are one sign', async () => {
    const copies = takesOf([1], 10, 14).map((take) => ({ ...take, label: 'the-same' }));
    const { report } = await train([...takesOf([0, 1, 4, 6], 0, 4), ...copies]);
    const pair = report.alikes.map(({ label, taken }) => [label, taken].toSorted());
    expect(pair).toContainEqual(['sign-1', 'the-same']);
    expect(report.alikes[0]?.advice).toMatch(/"(?:sign-1|the-same)"/);
    expect(report.alikes.every(({ share }) => share > 0 && share <= 1)).toBe(true);
  });

  it('is made of labels with one take each, and says that this is little', async () => {
    const model = await train(takesOf(SIGNS, 0, 1));
    expect(model.report.accuracy).toBeUndefined();
    expect(model.report.labels.every(({ accuracy }) => accuracy === undefined)).toBe(true);
    expect(model.report.warnings[0]).toMatch(/Fewer than 3 takes: "sign-0"/);
    const { labels } = await evaluated(model, takesOf(SIGNS, 20, 23));
    const wrong = labels.reduce((sum, { taken }) => sum + taken.reduce((all, { windows }) => all + windows, 0), 0);
    const windows = labels.reduce((sum, one) => sum + one.windows, 0);
    expect(wrong / windows).toBeLessThan(0.15);
  });

  it.each([
    ['no takes', [], /there are no takes/],
    ['no hand', [{ ...signTake(0, 0), frames: [] }], /no take of a label other than "none" shows a hand/],
    ['one label', takesOf([0], 0, 3), /"sign-0" is the only label/],
    [
      'labels that are one but for case',
      [...takesOf([0, 1], 0, 2), { ...signTake(1, 5), label: 'Sign-1' }],
      /"sign-1" and "Sign-1" differ only by case/,
    ],
  ])('is refused for %s, with a sentence', async (_what, takes, message) => {
    await expect(train(takes)).rejects.toMatchObject({
      code: 'SIGNS_TRAINING_REFUSED',
      message: expect.stringMatching(message) as unknown,
    });
  });

  it('is made without takes that show no hand, which are told', async () => {
    const { report } = await train([...takesOf([0, 1], 0, 3), { ...signTake(1, 7), frames: [] }]);
    expect(report.warnings[0]).toMatch(/left out: sign-1\/take-7\./);
    expect(report.takes).toBe(6);
  });

  it('is given up when it is cancelled, and tells how far it is until then', async () => {
    const shares: number[] = [];
    const signal = { aborted: false };
    const training = train(takesOf(SIGNS, 0, 4), {
      signal,
      onProgress: ({ share }) => {
        shares.push(share);
        if (share > 0.3) signal.aborted = true;
      },
    });
    await expect(training).rejects.toMatchObject({ code: 'CORE_ABORTED' });
    expect(shares.every((share, index) => share >= (shares[index - 1] ?? 0) && share <= 1)).toBe(true);
    expect(shares.at(-1)).toBeLessThan(0.6);
  });

  it('is given up at whatever it does when it is cancelled, and tells nothing more then', async () => {
    const takes = takesOf([0, 1, 5], 0, 2);
    const cancelledAt = async (event: number): Promise<TrainingProgress[]> => {
      const told: TrainingProgress[] = [];
      const signal = { aborted: false };
      const onProgress = (progress: TrainingProgress): void => {
        signal.aborted = told.push(progress) > event;
      };
      const training = train(takes, { signal, onProgress });
      if (event === Infinity) await training;
      else await expect(training).rejects.toMatchObject({ code: 'CORE_ABORTED' });
      return told;
    };
    const all = await cancelledAt(Infinity);
    expect(new Set(all.map(({ step }) => step))).toEqual(new Set(['takes', 'features', 'heads', 'model']));
    for (let event = 0; event < all.length; event += 1)
      expect(await cancelledAt(event)).toEqual(all.slice(0, event + 1));
  });

  it('is given up in the middle of whatever takes long', async () => {
    let [looks, until, step] = [0, Infinity, ''];
    const signal = {
      get aborted(): boolean {
        looks += 1;
        byStep.set(step, (byStep.get(step) ?? 0) + 1);
        return looks >= until;
      },
    };
    const byStep = new Map<string, number>();
    const more = { signal, onProgress: (progress: TrainingProgress): void => void ({ step } = progress) };
    const takes = takesOf([0, 1, 5], 0, 3);
    await train(takes, more);
    // For each take; for each take and batch of 64; for each row of each matrix; at the end.
    expect(byStep.get('takes')).toBeGreaterThan(9);
    expect(byStep.get('features')).toBeGreaterThan(3);
    expect(byStep.get('heads')).toBeGreaterThan(2 * (64 + 380));
    expect(byStep.get('model')).toBe(2);
    const all = looks;
    for (let at = 1; at <= all; at += Math.ceil(all / 12)) {
      [looks, until] = [0, at];
      await expect(train(takes, more)).rejects.toMatchObject({ code: 'CORE_ABORTED' });
      expect(looks).toBe(at);
    }
  }, 120_000);

  it('takes its takes one after the other, and refuses more than it holds', async () => {
    const some = takesOf([0, 1], 0, 2);
    async function* streamed(): AsyncGenerator<Take> {
      for (const take of some) yield await Promise.resolve(take);
    }
    expect(await train(streamed())).toEqual(await train(some));
    const none = { ...signTake(0, 0), frames: [] };
    let given = 0;
    function* endless(): Generator<Take> {
      for (; ; given += 1) yield none;
    }
    await expect(train(endless())).rejects.toMatchObject({
      code: 'SIGNS_TRAINING_REFUSED',
      message: expect.stringMatching(/there are more than 10000 takes/) as unknown,
    });
    expect(given).toBe(10_000);
  });

  it.each([1, 2])(
    'of 2,000 labels of %i takes each is made within memory, with a sound card and report',
    async (each) => {
      const base = takesOf(SIGNS, 0, each);
      const takes = Array.from({ length: 2000 * each }, (_, index): Take => {
        const take = base[index % base.length] ?? signTake(0, 0);
        const label = `label ${Math.floor(index / each)}`;
        return { ...take, label, id: `take-${index}`, frames: take.frames.slice(0, 20) };
      });
      const before = process.memoryUsage().rss;
      const { card, report } = await train(takes);
      expect(SignModelCard.parse(card).labels).toHaveLength(2001);
      expect(report.takes).toBe(2000 * each);
      expect(report.labels).toHaveLength(2000);
      const measured = report.labels.filter(({ accuracy }) => accuracy !== undefined);
      expect(measured).toHaveLength(each === 1 ? 0 : 2000);
      for (const { accuracy } of measured) expect(accuracy).toBeLessThanOrEqual(1);
      const thresholds = labelsOf(SignModelCard.parse(card)).map(({ threshold }) => threshold);
      expect(thresholds.every((threshold) => threshold >= 0 && threshold <= 1)).toBe(true);
      expect(report.alikes.length).toBeLessThanOrEqual(20);
      expect(process.memoryUsage().rss - before).toBeLessThan(1.2e9);
    },
    240_000,
  );
});

describe('an encoder', () => {
  const wrong = (dims: readonly (number | string)[], outputs = ['n', 4], opset = 17): Uint8Array =>
    encodeModel({
      graph: {
        name: 'e',
        inputs: [{ name: 'x', type: 'float32', dims }],
        outputs: [{ name: 'y', type: 'float32', dims: outputs }],
        nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
      },
      opset,
    });

  it.each([
    ['of other features', wrong(['n', 30, 201]), /takes float32 \[n, 30, 201\]/],
    ['of one window at once', wrong([1, 30, 96]), /takes 1 windows at once/],
    ['that gives rows of rows', wrong(['n', 30, 96], ['n', '4', '4']), /gives float32 \[n, 4, 4\]/],
    ['of a later opset', wrong(['n', 30, 96], ['n', '4'], 20), /opset 20/],
  ])('%s is refused with both shapes', (_what, model, message) => {
    expect(() => encoderParts(model, 'mine.onnx')).toThrow(message);
    expect(() => encoderParts(model, 'mine.onnx')).toThrow(/has to take float32 \[N, 30, 96\]/);
  });
});
