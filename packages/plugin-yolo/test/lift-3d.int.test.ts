import { readFile } from 'node:fs/promises';
import { WriterLogger, coco17 } from '@kinegraph/core/plugin';
import type { Landmarks, PacketWindow, TrackedLandmarks } from '@kinegraph/core/plugin';
import { describeStatelessTransformContract, valuePacketOf } from '@kinegraph/core/testing';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { describe, expect, it } from 'vitest';
import { LiftConfig } from '../src/nodes/lift/lift-config.js';
import { Lift3dTransform } from '../src/nodes/lift/lift-3d-transform.js';
import { aFlatLift } from './support/lift-models.js';

const SHIPPED = new URL('../assets/lift-3d.onnx', import.meta.url);
const STEP_MS = 1000 / 30;
const [NOSE, LEFT_EYE, LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP, LEFT_ANKLE] = [0, 1, 5, 6, 11, 12, 15];

function aLift(bytes: Uint8Array, config: Partial<LiftConfig> = {}): Lift3dTransform {
  const identity = { name: 'lift', type: 'yolo.lift-3d', runId: 'run' };
  const models = { read: () => Promise.resolve(bytes) };
  const whole = LiftConfig.parse({ model: 'm.onnx', ...config });
  return new Lift3dTransform(whole, identity, models, nodeOnnxRuntime, new WriterLogger(() => undefined));
}

/** Somebody who stands and looks into the camera, in a frame of 640 x 480. The person's left is on the right of the picture. */
function standing(
  moment = 0,
  changes: Readonly<Record<number, readonly number[]>> = {},
  trackId = 7,
): TrackedLandmarks {
  const places: readonly (readonly [number, number])[] = [
    ...([
      [0, -0.63],
      [0.02, -0.65],
      [-0.02, -0.65],
      [0.05, -0.64],
      [-0.05, -0.64],
    ] as const),
    ...([
      [0.13, -0.5],
      [-0.13, -0.5],
      [0.16, -0.24],
      [-0.16, -0.24],
      [0.17, -0.02],
      [-0.17, -0.02],
    ] as const),
    ...([
      [0.08, 0],
      [-0.08, 0],
      [0.08, 0.4],
      [-0.08, 0.4],
      [0.08, 0.8],
      [-0.08, 0.8],
    ] as const),
  ];
  const image = new Float32Array(17 * 4);
  for (const [point, [x, y]] of places.entries()) {
    const told = changes[point] ?? [(320 + 200 * x + moment) / 640, (220 + 200 * y) / 480, 0, 0.9];
    image.set(told, point * 4);
  }
  return { skeleton: 'coco-17', trackId, score: 0.9, image };
}

function windowOf(frames: readonly (readonly TrackedLandmarks[])[], stepMs = STEP_MS): PacketWindow<Landmarks> {
  const packets = frames.map((tracks, index) =>
    valuePacketOf<Landmarks>({ frameWidth: 640, frameHeight: 480, tracks }, 1000 + index * stepMs),
  );
  const window: PacketWindow<Landmarks> = {
    packets,
    startMs: 1000,
    endMs: packets.at(-1)?.timestampMs ?? 1000,
    clone: () => window,
    close: () => undefined,
  };
  return window;
}

async function lifted(lift: Lift3dTransform, ...windows: readonly PacketWindow<Landmarks>[]): Promise<Landmarks[]> {
  await lift.open(new AbortController().signal);
  try {
    const answers: Landmarks[] = [];
    for (const window of windows) answers.push(await lift.transform(window));
    return answers;
  } finally {
    await lift.close();
  }
}

function jointOf(people: Landmarks | undefined, point: number): readonly number[] {
  return [...(people?.tracks[0]?.world?.subarray(point * 4, point * 4 + 4) ?? [])];
}

function still(count: number): readonly (readonly TrackedLandmarks[])[] {
  return Array.from({ length: count }, () => [standing()]);
}

describe('The lift that comes along', () => {
  it.each([
    ['27 moments', 27, STEP_MS],
    ['8 frames a second', 8, 125],
    ['120 frames a second', 108, 1000 / 120],
    ['a single frame', 1, STEP_MS],
  ])('stands a standing person upright: %s', async (_, count, stepMs) => {
    const [people] = await lifted(aLift(await readFile(SHIPPED)), windowOf(still(count), stepMs));
    const [nose, shoulder, other, hip, ankle] = [NOSE, LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, LEFT_ANKLE].map(
      (point) => jointOf(people, point),
    );
    expect(people?.tracks[0]?.image).toEqual(standing().image);
    expect((ankle?.[1] ?? 0) - (nose?.[1] ?? 0)).toBeGreaterThan(1.15);
    expect((ankle?.[1] ?? 0) - (nose?.[1] ?? 0)).toBeLessThan(1.75);
    expect((shoulder?.[0] ?? 0) - (other?.[0] ?? 0)).toBeGreaterThan(0.25);
    expect(hip?.[0]).toBeGreaterThan(0.04);
    expect(Math.abs(ankle?.[2] ?? 1)).toBeLessThan(0.4);
    for (const axis of [0, 1, 2])
      expect((jointOf(people, LEFT_HIP)[axis] ?? 1) + (jointOf(people, RIGHT_HIP)[axis] ?? 1)).toBeCloseTo(0, 5);
  });

  it('does not care where in the picture somebody is, nor how large', async () => {
    const small = Array.from({ length: 27 }, () => {
      const { image, ...track } = standing();
      const moved = image.map((value, at) => (at % 4 < 2 ? 0.3 + value / 2 : value));
      return [{ ...track, image: moved }];
    });
    const [large, little] = await lifted(aLift(await readFile(SHIPPED)), windowOf(still(27)), windowOf(small));
    for (const point of [NOSE, LEFT_ANKLE])
      for (const axis of [0, 1, 2])
        expect(jointOf(little, point)[axis]).toBeCloseTo(jointOf(large, point)[axis] ?? 9, 4);
  });

  it('bears with points that are missing, and says which were never seen', async () => {
    const never = { [LEFT_ANKLE]: [0, 0, 0, 0] };
    const frames = Array.from({ length: 27 }, (_, index) => [
      standing(0, index % 2 === 0 ? { ...never, [NOSE]: [Number.NaN, 0, 0, 0] } : never),
    ]);
    const [people] = await lifted(aLift(await readFile(SHIPPED)), windowOf(frames));
    expect(jointOf(people, LEFT_ANKLE)[3]).toBe(0);
    expect([...(people?.tracks[0]?.world ?? [Number.NaN])].every(Number.isFinite)).toBe(true);
  });

  it('lets people go on without world where too little of them was seen, and lifts the others', async () => {
    const hidden = Object.fromEntries(coco17.points.map((_, point) => [point, [0.5, 0.5, 0, point < 3 ? 0.9 : 0.1]]));
    const face = standing(0, hidden, 1);
    const odd = { ...standing(0, {}, 2), image: new Float32Array(8) };
    const nan = { ...standing(0, {}, 3), image: new Float32Array(68).fill(Number.NaN) };
    const frames = Array.from({ length: 27 }, () => [face, odd, nan, standing()]);
    const [people, nobody] = await lifted(aLift(await readFile(SHIPPED)), windowOf(frames), windowOf([[]]));
    expect(people?.tracks.map(({ world }) => world !== undefined)).toEqual([false, false, false, true]);
    expect(nobody?.tracks).toEqual([]);
  });
});

describe("A lift of one's own", () => {
  it('is fed with coordinates of the frame, at its own number of moments', async () => {
    const frames = [0, 10, 20].map((moment) => [standing(moment)]);
    const [people] = await lifted(aLift(aFlatLift(2)), windowOf(frames));
    // Of the middle of the hips: 20 px to the right of the middle, 220 px from the top, in a width of 640.
    const x = (px: number): number => (px / 640) * 2 - 1;
    expect(jointOf(people, LEFT_HIP)[0]).toBeCloseTo(x(320 + 16 + 20) - x(340), 5);
    expect(jointOf(people, LEFT_ANKLE)[1]).toBeCloseTo((160 / 640) * 2, 5);
    expect(jointOf(people, LEFT_ANKLE)[2]).toBeCloseTo(0, 6); // all lie at the same depth
  });

  it('may take and give joints in the order of Human3.6M, by configuration or by what it says itself', async () => {
    const told = aFlatLift(2, { metadata: { 'kinegraph.keypoints': 'h36m', 'kinegraph.joints': 'h36m' } });
    const [byConfig] = await lifted(aLift(aFlatLift(2), { keypoints: 'h36m', joints: 'h36m' }), windowOf(still(3)));
    const [byModel] = await lifted(aLift(told), windowOf(still(3)));
    const [plain] = await lifted(aLift(aFlatLift(2)), windowOf(still(3)));
    expect(byModel).toEqual(byConfig);
    for (const point of [NOSE, LEFT_SHOULDER, RIGHT_SHOULDER, 7, 8, 9, 10, LEFT_HIP, RIGHT_HIP, 13, 14, LEFT_ANKLE, 16])
      expect(jointOf(byConfig, point)).toEqual(jointOf(plain, point));
    expect(jointOf(byConfig, LEFT_EYE)[3]).toBe(0);
  });

  it.each([
    ['other points', aFlatLift(3, { dims: [1, 3, 17, 3] }), {}, '"keypoints" [1, 3, 17, 3] float32'],
    ['another answer', aFlatLift(3, { answer: [1, 1, 51] }), {}, 'gives [1, 1, 51] float32'],
    ['several at once', aFlatLift(3, { dims: [4, 3, 17, 2] }), {}, '"keypoints" [4, 3, 17, 2] float32'],
    ['an open T', aFlatLift(3, { dims: [1, 'T', 17, 2] }), {}, 'where T is left open, set "moments"'],
    ['another T', aFlatLift(3), { moments: 27 }, 'not 27 moments as "moments" says'],
  ])('is refused, with what it takes and gives and what fits: %s', async (_, bytes, config, sentence) => {
    const opening = lifted(aLift(bytes, config));
    await expect(opening).rejects.toThrow(sentence);
    await expect(opening).rejects.toThrow('float32 [1, T, 17, 2]');
    await expect(opening).rejects.toMatchObject({ code: 'YOLO_LIFT_MODEL' });
  });

  it('may leave T open where the configuration says it', async () => {
    const [people] = await lifted(aLift(aFlatLift(3, { dims: [1, 'T', 17, 2] }), { moments: 5 }), windowOf(still(3)));
    expect(jointOf(people, LEFT_HIP)[0]).toBeGreaterThan(0);
  });

  it('takes over what counts as seen while it runs, and nothing else', () => {
    const lift = aLift(aFlatLift(2));
    const config = LiftConfig.parse({ model: 'm.onnx' });
    expect(lift.reconfigure({ ...config, minVisibility: 0.6 })).toBe(true);
    expect(lift.reconfigure({ ...config, stepMs: 20 })).toBe(false);
  });
});

describeStatelessTransformContract(
  'yolo.lift-3d',
  async () => aLift(await readFile(SHIPPED)),
  [windowOf(still(27)), windowOf([[standing(), standing(30, {}, 8)]])].map(({ packets, startMs, endMs }) => {
    // Plain values: windows of landmarks own nothing.
    return { packets, startMs, endMs } as unknown as PacketWindow<Landmarks>;
  }),
);
