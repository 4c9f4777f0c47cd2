import { readFile } from 'node:fs/promises';
import { WriterLogger } from '@kinegraph/core/plugin';
import type { Handedness, Landmarks, PacketWindow, TrackedLandmarks } from '@kinegraph/core/plugin';
import { aHand, describeStatelessTransformContract, valuePacketOf } from '@kinegraph/core/testing';
import { encodeModel, tensor } from '@kinegraph/onnx';
import type { Dim } from '@kinegraph/onnx';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { describe, expect, it } from 'vitest';
import { LiftHandConfig } from '../src/lift/lift-config.js';
import { LiftHandTransform } from '../src/lift/lift-hand-transform.js';

const SHIPPED = new URL('../assets/lift-hand-3d.onnx', import.meta.url);
const [WIDTH, HEIGHT] = [640, 480];
/** The test kit's hand is drawn with a ruler, unlike those that the lift has learnt from. */
const MOST_MM = 35;

interface Shown {
  readonly track: TrackedLandmarks;
  /** [21, 3] metres from the middle of all joints. */
  readonly truth: Float32Array;
}

/** An upright hand with its palm to the camera in a frame of 640 x 480, without any depth, turned in the picture. */
function shown(flexionDegrees: number, handedness: Handedness, rollDegrees = 0): Shown {
  // Fractions of a square first: the hand is built on square axes.
  const { world = new Float32Array(0), image: _image, ...hand } = aHand({ flexionDegrees, handedness, trackId: 3 });
  const [cos, sin] = [Math.cos((rollDegrees * Math.PI) / 180), Math.sin((rollDegrees * Math.PI) / 180)];
  const image = new Float32Array(84);
  const truth = new Float32Array(63);
  for (let joint = 0; joint < 21; joint += 1) {
    const [x = 0, y = 0, z = 0] = world.subarray(joint * 4, joint * 4 + 3);
    truth.set([x * cos - y * sin, x * sin + y * cos, z], joint * 3);
  }
  const middle = [0, 1, 2].map((axis) =>
    truth.reduce((sum, value, at) => (at % 3 === axis ? sum + value / 21 : sum), 0),
  );
  for (let joint = 0; joint < 21; joint += 1) {
    const [x = 0, y = 0, z = 0] = truth.subarray(joint * 3, joint * 3 + 3);
    const scale = 400 / (0.5 + z);
    image.set([(320 + x * scale) / WIDTH, (300 + y * scale) / HEIGHT, 0, 1], joint * 4);
  }
  return { track: { ...hand, image }, truth: truth.map((value, at) => value - (middle[at % 3] ?? 0)) };
}

function windowOf(frames: readonly (readonly TrackedLandmarks[])[], stepMs = 1000 / 30): PacketWindow<Landmarks> {
  const packets = frames.map((tracks, index) =>
    valuePacketOf<Landmarks>({ frameWidth: WIDTH, frameHeight: HEIGHT, tracks }, 1000 + index * stepMs),
  );
  const endMs = packets.at(-1)?.timestampMs ?? 1000;
  const window: PacketWindow<Landmarks> = {
    packets,
    startMs: 1000,
    endMs,
    clone: () => window,
    close: () => undefined,
  };
  return window;
}

function still({ track }: Shown, count = 9): PacketWindow<Landmarks> {
  return windowOf(Array.from({ length: count }, () => [track]));
}

function aLift(bytes: Uint8Array): LiftHandTransform {
  const identity = { name: 'lift', type: 'signs.lift-hand-3d', runId: 'run' };
  const models = { read: () => Promise.resolve(bytes) };
  const config = LiftHandConfig.parse({ model: 'm.onnx' });
  return new LiftHandTransform(config, identity, models, nodeOnnxRuntime, new WriterLogger(() => undefined));
}

async function lifted(lift: LiftHandTransform, ...windows: readonly PacketWindow<Landmarks>[]): Promise<Landmarks[]> {
  await lift.open(new AbortController().signal);
  try {
    const answers: Landmarks[] = [];
    for (const window of windows) answers.push(await lift.transform(window));
    return answers;
  } finally {
    await lift.close();
  }
}

/** Mean distance in millimetres. */
function errorMm(people: Landmarks | undefined, { truth }: Shown): number {
  const world = people?.tracks[0]?.world ?? new Float32Array(84).fill(Number.NaN);
  let sum = 0;
  for (let joint = 0; joint < 21; joint += 1)
    sum += Math.hypot(...[0, 1, 2].map((axis) => (world[joint * 4 + axis] ?? 9) - (truth[joint * 3 + axis] ?? 0)));
  return (sum / 21) * 1000;
}

/** A model that gives one number for all. */
function aModel(dims: readonly Dim[], answer: readonly number[], value = 0): Uint8Array {
  const size = answer.reduce((product, dim) => product * dim, 1);
  return encodeModel({
    graph: {
      name: 'test',
      inputs: [{ name: 'points', type: 'float32', dims }],
      outputs: [{ name: 'joints', type: 'float32', dims: answer }],
      nodes: [
        { op: 'ReduceSum', inputs: ['points'], outputs: ['sum'], attributes: { keepdims: { int: 0 } } },
        { op: 'Mul', inputs: ['sum', 'zero'], outputs: ['nothing'] },
        { op: 'Add', inputs: ['all', 'nothing'], outputs: ['joints'] },
      ],
      initializers: {
        zero: tensor('float32', [], [0]),
        all: tensor('float32', answer, new Float32Array(size).fill(value)),
      },
    },
  });
}

describe('The lift of hands that comes along', () => {
  it.each([
    [0, 'right', 0],
    [0, 'left', 0],
    [25, 'right', 0],
    [45, 'right', 30],
    [45, 'left', -30],
    [70, 'right', 0],
    [0, 'left', 120],
  ] as const)(
    'puts joints where they are: fingers bent by %i, a %s hand, turned by %i',
    async (flexion, side, roll) => {
      const hand = shown(flexion, side, roll);
      const [answer] = await lifted(aLift(await readFile(SHIPPED)), still(hand));
      expect(errorMm(answer, hand)).toBeLessThan(MOST_MM);
    },
  );

  it('tells depth: that bent fingers come nearer, and the palm of a left hand from its back', async () => {
    const bent = shown(60, 'left');
    const turned: TrackedLandmarks = { ...bent.track, handedness: 'right' };
    const [left, right] = await lifted(aLift(await readFile(SHIPPED)), still(bent), still({ ...bent, track: turned }));
    const { image, world } = left?.tracks[0] ?? {};
    expect(image?.[2]).toBe(0);
    expect(image?.[11 * 4 + 2]).toBeLessThan(-0.03); // a joint of the middle finger is nearer than the wrist
    expect(world?.[11 * 4 + 2]).toBeLessThan((world?.[2] ?? 0) - 0.02);
    for (let at = 0; at < 84; at += 1) if (at % 4 !== 2) expect(image?.[at]).toBe(bent.track.image[at]);
    expect(errorMm(right, bent)).toBeGreaterThan(errorMm(left, bent) * 1.2);
  });

  it('bears with gaps, other rates, depth that is no number, and a hand that has just come', async () => {
    const hand = shown(0, 'right');
    const nan = { ...hand.track, image: hand.track.image.map((value, at) => (at % 4 === 2 ? Number.NaN : value)) };
    const windows = [
      windowOf([[hand.track], [], [], [hand.track], [], [hand.track]]),
      windowOf([[hand.track], [hand.track]], 120),
      still({ ...hand, track: nan }),
      still(hand, 1),
    ];
    for (const answer of await lifted(aLift(await readFile(SHIPPED)), ...windows))
      expect(errorMm(answer, hand)).toBeLessThan(MOST_MM);
  });

  it('lets a hand that was not soundly seen go on as it came', async () => {
    const { track } = shown(0, 'right');
    const odd = [
      { ...track, image: new Float32Array(40) },
      { ...track, trackId: 4, image: new Float32Array(84).fill(Number.NaN) },
      { ...track, trackId: 5, image: new Float32Array(84).fill(0.5) },
    ];
    const [answer, nobody] = await lifted(aLift(await readFile(SHIPPED)), windowOf([odd, odd]), windowOf([[]]));
    expect(answer?.tracks).toEqual(odd);
    expect(nobody?.tracks).toEqual([]);
  });
});

describe("A lift of hands of one's own", () => {
  it.each([
    ['other points', aModel([1, 9, 20, 2], [1, 21, 3]), '"points" [1, 9, 20, 2] float32'],
    ['an open T', aModel([1, 'T', 21, 2], [1, 21, 3]), '"points" [1, T, 21, 2] float32'],
    ['several at once', aModel([2, 9, 21, 2], [1, 21, 3]), '"points" [2, 9, 21, 2] float32'],
    ['another answer', aModel([1, 9, 21, 2], [1, 63]), 'gives [1, 63] float32'],
  ])('is refused, with what it takes and gives and what fits: %s', async (_, bytes, sentence) => {
    const opening = lifted(aLift(bytes));
    await expect(opening).rejects.toThrow(sentence);
    await expect(opening).rejects.toThrow('float32 [1, T, 21, 2]');
    await expect(opening).rejects.toMatchObject({ code: 'SIGNS_LIFT_MODEL' });
  });

  it('costs a packet with joints that are no numbers', async () => {
    const lifting = lifted(aLift(aModel([1, 9, 21, 2], [1, 21, 3], Number.NaN)), still(shown(0, 'right')));
    await expect(lifting).rejects.toMatchObject({ code: 'SIGNS_LIFT_ANSWER' });
  });
});

describeStatelessTransformContract(
  'signs.lift-hand-3d',
  async () => aLift(await readFile(SHIPPED)),
  [still(shown(0, 'right')), still(shown(60, 'left'), 3)].map(({ packets, startMs, endMs }) => {
    // Plain values: windows of landmarks own nothing.
    return { packets, startMs, endMs } as unknown as PacketWindow<Landmarks>;
  }),
);
