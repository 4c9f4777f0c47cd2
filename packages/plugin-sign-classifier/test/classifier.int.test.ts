import { aHand } from '@kinegraph/core/testing';
import { describe, expect, it } from 'vitest';
import { SIGNFEAT_1 } from '../src/features/index.js';
import { SignFeaturesTransform } from '../src/nodes/sign-features-transform.js';
import { aClassifier, aWindow } from './support/a-classifier.js';
import { aCard, aSignModel, sumOf } from './support/sign-models.js';

const { signal } = new AbortController();
const three = { model: aSignModel({ bias: [1, 2, 0] }), card: aCard({ labels: ['a', 'b', 'none'] }) };
const softmax = (...logits: number[]): number[] => {
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  return logits.map((logit) => Math.exp(logit) / sum);
};

describe('signs.classifier', () => {
  it('names each hand of a window, best first, with what else it might be', async () => {
    const { classifier } = aClassifier(three);
    await classifier.open(signal);
    const answer = await classifier.classify(
      aWindow(() => [aHand({ trackId: 3 }), aHand({ trackId: 8, centre: [0.2, 0.5] })]),
    );
    const [a = 0, b = 0, none = 0] = softmax(1, 2, 0);
    const track = {
      label: 'b',
      score: expect.closeTo(b, 5),
      alternatives: [
        { label: 'a', score: expect.closeTo(a, 5) },
        { label: 'none', score: expect.closeTo(none, 5) },
      ],
    };
    expect(answer).toEqual({
      tracks: [
        { trackId: 3, ...track },
        { trackId: 8, ...track },
      ],
    });
    await classifier.close();
  });

  it('tells the hands of one window apart, in one run', async () => {
    // The bend of the index finger decides.
    const bend = SIGNFEAT_1.angles + 4;
    const model = aSignModel({ bias: [0, -1], weights: [{}, { [bend]: 4 }] });
    const { classifier } = aClassifier({ model, card: aCard({ labels: ['open', 'fist'] }) });
    await classifier.open(signal);
    const hands = [aHand({ trackId: 1 }), aHand({ trackId: 2, centre: [0.2, 0.5], flexionDegrees: 70 })];
    const { tracks } = await classifier.classify(aWindow(() => hands));
    expect(tracks.map(({ trackId, label }) => [trackId, label])).toEqual([
      [1, 'open'],
      [2, 'fist'],
    ]);
    await classifier.close();
  });

  it.each([
    ['[1, 30, 96]', [1, 30, 96], {}],
    ['[N, 30, 96]', ['N', 30, 96], {}],
    ['[1, 30, 63]', [1, 30, 63], { features: 'landmarks' }],
    ['[N, 30, 63]', ['N', 30, 63], { features: 'landmarks' }],
    ['[1, 30, 21, 3]', [1, 30, 21, 3], { features: 'landmarks' }],
    ['[N, 30, 21, 3]', ['N', 30, 21, 3], { features: 'landmarks', coordinates: 'wrist' }],
  ] as const)('runs models that take %s, however many hands there are', async (_shape, input, card) => {
    const model = aSignModel({ input, bias: [0, 3] });
    const { classifier } = aClassifier({ model, card: aCard({ labels: ['a', 'b'], ...card }) });
    await classifier.open(signal);
    const hands = [1, 2, 3].map((trackId) => aHand({ trackId, centre: [trackId / 4, 0.5], size: 0.2 }));
    const { tracks } = await classifier.classify(aWindow(() => hands));
    expect(tracks.map(({ trackId, label }) => [trackId, label])).toEqual([
      [1, 'b'],
      [2, 'b'],
      [3, 'b'],
    ]);
    await classifier.close();
  });

  it('feeds plain landmarks as fractions of the frame, or from the wrist', async () => {
    const scores = async (coordinates: 'image' | 'wrist'): Promise<number> => {
      // The mean of x over all points is the score.
      const model = aSignModel({ input: ['N', 30, 21, 3], bias: [0], weights: [{ 0: 1 }] });
      const card = aCard({ labels: ['x'], features: 'landmarks', coordinates, activation: 'probabilities' });
      const { classifier } = aClassifier({ model, card });
      await classifier.open(signal);
      const { tracks } = await classifier.classify(aWindow(() => [aHand({ centre: [0.6, 0.5], size: 0.2 })]));
      await classifier.close();
      return tracks[0]?.score ?? Number.NaN;
    };
    const [image, wrist] = [await scores('image'), await scores('wrist')];
    expect(image - wrist).toBeCloseTo(0.6, 5);
  });

  it('answers none below the threshold of a label, and where none wins, with the others still told', async () => {
    const labels = ['a', { label: 'b', threshold: 0.99 }, 'none'];
    const { classifier, config } = aClassifier({ ...three, card: aCard({ labels }) });
    await classifier.open(signal);
    const best = softmax(1, 2, 0)[1] ?? 0;
    const below = await classifier.classify(aWindow());
    expect(below.tracks).toMatchObject([
      { label: 'none', score: expect.closeTo(1 - best, 5), alternatives: [{ label: 'b' }, { label: 'a' }] },
    ]);
    await classifier.reconfigure({ ...config, minScore: 0.1 });
    expect((await classifier.classify(aWindow())).tracks[0]?.label).toBe('b');
    await classifier.close();

    const resting = aClassifier({ model: aSignModel({ bias: [1, 2, 9] }), card: three.card });
    await resting.classifier.open(signal);
    expect((await resting.classifier.classify(aWindow())).tracks[0]).toMatchObject({
      label: 'none',
      alternatives: [{ label: 'b' }, { label: 'a' }],
    });
    await resting.classifier.close();
  });

  it('says which signs are held shapes where the card does', async () => {
    const labels = ['a', { label: 'b', static: true }, 'none'];
    const { classifier } = aClassifier({ ...three, card: aCard({ labels }) });
    await classifier.open(signal);
    expect((await classifier.classify(aWindow())).tracks[0]).toMatchObject({ label: 'b', static: true });
    await classifier.close();
  });

  it('tells only the best of 2,000 labels', async () => {
    const labels = Array.from({ length: 2000 }, (_, index) => `sign ${index}`);
    const model = aSignModel({ bias: labels.map((_, index) => (index % 400 === 7 ? index / 100 : 0)) });
    const { classifier, config } = aClassifier({ model, card: aCard({ labels }) });
    await classifier.open(signal);
    const [track] = (await classifier.classify(aWindow())).tracks;
    expect([track?.label, ...(track?.alternatives.map(({ label }) => label) ?? [])].slice(0, 5)).toEqual(
      [1607, 1207, 807, 407, 7].map((index) => `sign ${index}`),
    );
    expect(track?.alternatives).toHaveLength(5);
    await classifier.reconfigure({ ...config, alternatives: 0 });
    expect((await classifier.classify(aWindow())).tracks[0]?.alternatives).toEqual([]);
    await classifier.close();
  });

  it('leaves out hands that have left the picture, and answers nobody for a window without hands', async () => {
    const { classifier } = aClassifier(three);
    await classifier.open(signal);
    const [stays, leaves] = [aHand({ trackId: 1, size: 0.2 }), aHand({ trackId: 2, centre: [0.2, 0.5], size: 0.2 })];
    const { tracks } = await classifier.classify(aWindow((index) => (index < 18 ? [stays, leaves] : [stays])));
    expect(tracks.map(({ trackId }) => trackId)).toEqual([1]);
    expect(await classifier.classify(aWindow(() => []))).toEqual({ tracks: [] });
    await classifier.close();
  });

  it('takes features in place of a window', async () => {
    const { classifier } = aClassifier(three, { wired: 'signs.features' });
    await classifier.open(signal);
    const features = new SignFeaturesTransform({ version: 'signfeat/1', spanMs: 1000 });
    const { tracks } = await classifier.classify(features.transform({ hands: aWindow() }));
    expect(tracks).toMatchObject([{ trackId: 1, label: 'b' }]);
    await classifier.close();
  });

  it('runs models of both hands on features of both', async () => {
    const pair = {
      model: aSignModel({ input: ['N', 30, 201], bias: [1, 2] }),
      card: aCard({ labels: ['a', 'b'], features: 'signfeat/2' }),
    };
    const { classifier } = aClassifier(pair, { wired: 'signs.features' });
    await classifier.open(signal);
    const features = new SignFeaturesTransform({ version: 'signfeat/2', spanMs: 1000 });
    const hands = [
      aHand({ trackId: 4, size: 0.2 }),
      aHand({ trackId: 2, handedness: 'left', centre: [0.2, 0.5], size: 0.2 }),
    ];
    expect((await classifier.classify(features.transform({ hands: aWindow(() => hands) }))).tracks).toMatchObject([
      { trackId: 2, label: 'b' },
    ]);
    await classifier.close();
  });
});

describe('bad windows', () => {
  const open = async () => {
    const { classifier } = aClassifier(three);
    await classifier.open(signal);
    return classifier;
  };

  it.each([
    ['NaN at one point', (index: number) => (index % 3 === 0 ? Number.NaN : 0.5)],
    ['infinity at one point', (index: number) => (index % 2 === 0 ? Infinity : 0.5)],
    ['a point far away', () => 1e30],
  ])('%s gives a sound result', async (_what, value) => {
    const classifier = await open();
    const hand = aHand();
    const { tracks } = await classifier.classify(
      aWindow((index) => [{ ...hand, image: hand.image.map((place, at) => (at === 20 ? value(index) : place)) }]),
    );
    expect(tracks).toHaveLength(1);
    for (const { score } of tracks) expect(score).toSatisfy(Number.isFinite);
    await classifier.close();
  });

  it.each([
    ['NaN throughout', () => Number.NaN, 84],
    ['one point missing', () => 0.5, 80],
    ['no points at all', () => 0.5, 0],
    ['more points than a hand', () => 0.5, 132],
  ])('%s gives nobody', async (_what, value, length) => {
    const classifier = await open();
    const image = new Float32Array(length).fill(value());
    expect(await classifier.classify(aWindow(() => [{ ...aHand(), image }]))).toEqual({ tracks: [] });
    await classifier.close();
  });

  it('a hand that changes sides is taken for what most of the window says', async () => {
    const classifier = await open();
    const { tracks } = await classifier.classify(
      aWindow((index) => [aHand({ handedness: index < 10 ? 'left' : 'right' })]),
    );
    expect(tracks).toMatchObject([{ trackId: 1, label: 'b' }]);
    await classifier.close();
  });

  it.each([6, 13, 121, 500])('%i packets a second give the same answer', async (count) => {
    const classifier = await open();
    expect((await classifier.classify(aWindow(() => [aHand()], count))).tracks).toMatchObject([{ label: 'b' }]);
    await classifier.close();
  });

  it('frames without a size are refused with a sentence', async () => {
    const classifier = await open();
    const window = aWindow();
    const packets = window.packets.map((packet) => ({ ...packet, value: { ...packet.value, frameHeight: 0 } }));
    await expect(classifier.classify({ ...window, packets })).rejects.toThrow(/width by height is Infinity/);
    await classifier.close();
  });

  it('a model that answers NaN costs its window, with a sentence', async () => {
    const { classifier } = aClassifier({
      model: aSignModel({ bias: [1, Number.NaN] }),
      card: aCard({ labels: ['a', 'b'] }),
    });
    await classifier.open(signal);
    await expect(classifier.classify(aWindow())).rejects.toMatchObject({ code: 'SIGNS_ANSWER' });
    await classifier.close();
  });
});

describe('a model that does not fit is refused', () => {
  const labels = ['a', 'b', 'none'];
  const refused: [string, Parameters<typeof aClassifier>[0], string, RegExp, string?][] = [
    ['no card', { model: three.model }, 'SIGNS_CARD_MISSING', /"mine\.onnx" has no card "mine\.json"/],
    ['a broken card', { model: three.model, card: new Uint8Array([123]) }, 'SIGNS_CARD', /it is no JSON text/],
    [
      'the card of another',
      { model: three.model, card: aCard({ labels, sha256: sumOf(aSignModel({ bias: [1] })) }) },
      'SIGNS_PAIR',
      /is not the one of its card/,
    ],
    [
      'more labels than outputs',
      { model: three.model, card: aCard({ labels: [...labels, 'd'] }) },
      'SIGNS_MODEL_OUTPUT',
      /gives "scores" of float32 \[N, 3\], but its card has 4 labels, which is one float32 output of \[N, 4\]/,
    ],
    [
      'more outputs than it says',
      { model: aSignModel({ bias: [1, 2, 3], output: ['N', 'labels'] }), card: aCard({ labels: ['a', 'b'] }) },
      'SIGNS_MODEL_OUTPUT',
      /gives "scores" of float32 .*, but its card has 2 labels/,
    ],
    [
      'features of another width',
      { model: aSignModel({ input: ['N', 30, 63], bias: [1, 2, 3] }), card: aCard({ labels }) },
      'SIGNS_MODEL_INPUT',
      /takes "window" of float32 \[N, 30, 63\], .*"signfeat\/1", which is one float32 input of \[N, 30, 96\] or \[1, 30, 96\]/,
    ],
    [
      'another number of frames',
      { model: aSignModel({ input: [1, 45, 96], bias: [1, 2, 3] }), card: aCard({ labels }) },
      'SIGNS_MODEL_INPUT',
      /\[1, 45, 96\].*\[N, 30, 96\]/,
    ],
    [
      'a batch that is neither one nor open',
      { model: aSignModel({ input: [8, 30, 96], bias: [1, 2, 3] }), card: aCard({ labels }) },
      'SIGNS_MODEL_INPUT',
      /\[8, 30, 96\]/,
    ],
    [
      'both hands, from a window',
      {
        model: aSignModel({ input: ['N', 30, 201], bias: [1, 2, 3] }),
        card: aCard({ labels, features: 'signfeat/2' }),
      },
      'SIGNS_FEATURES',
      /trained with features "signfeat\/2", but node input "in" gets a window/,
    ],
    [
      'plain landmarks, from features',
      { model: aSignModel({ input: ['N', 30, 63], bias: [1, 2, 3] }), card: aCard({ labels, features: 'landmarks' }) },
      'SIGNS_FEATURES',
      /trained with plain landmarks/,
      'signs.features',
    ],
    ['no ONNX file', { model: new Uint8Array([1, 2, 3]), card: three.card }, 'ONNX_NOT_A_MODEL', /mine\.onnx/],
  ];
  it.each(refused)('%s', async (_what, pair, code, message, wired) => {
    const { classifier } = aClassifier(pair, wired === undefined ? {} : { wired });
    await expect(classifier.open(signal)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
    await classifier.close();
  });

  it('features of another version than it was trained with', async () => {
    const { classifier } = aClassifier(three, { wired: 'signs.features' });
    await classifier.open(signal);
    const features = new SignFeaturesTransform({ version: 'signfeat/2', spanMs: 1000 }).transform({ hands: aWindow() });
    await expect(classifier.classify(features)).rejects.toMatchObject({
      code: 'SIGNS_FEATURES',
      message: expect.stringContaining('gets features "signfeat/2"') as string,
    });
    const short = new SignFeaturesTransform({ version: 'signfeat/1', spanMs: 500 }).transform({ hands: aWindow() });
    await expect(classifier.classify(short)).rejects.toThrow(
      'windows of 1000 ms, but node input "in" gets features of 500 ms',
    );
    await classifier.close();
  });
});
