import { describe, expect, it } from 'vitest';
import type { Packet, PacketWindow } from '../../kinds/index.js';
import {
  CountingMetrics,
  aHand,
  describeBufferContract,
  landmarksOf,
  skipPacketOf,
  valuePacketOf,
} from '../../testing/index.js';
import type { Handedness, Landmarks, TrackedLandmarks } from '../../vision/index.js';
import { WindowBuffer, WindowBufferConfig } from './window-buffer.js';

function windowOf(config: Partial<WindowBufferConfig>, type = 'landmarks/hand-21', metrics = new CountingMetrics()) {
  const whole = WindowBufferConfig.parse({ resample: 30, strideMs: 100, whole: false, ...config });
  return new WindowBuffer(whole, metrics, { name: 'window' }, { inputs: { in: type }, outputs: {} });
}

/** A hand that moves to the right by a tenth of the frame a second. */
function handAt(timestampMs: number, options: { trackId?: number; handedness?: Handedness } = {}): TrackedLandmarks {
  return aHand({ centre: [timestampMs / 10_000, 0.5], ...options });
}

const wristX = ({ image }: TrackedLandmarks): number => image[0] ?? Number.NaN;

/** Pushes what was seen at each time; answers all that came out, skips among it. */
function run(buffer: WindowBuffer, seen: readonly (readonly [timestampMs: number, ...hands: TrackedLandmarks[]])[]) {
  return seen.flatMap(([timestampMs, ...hands]) => {
    buffer.push(valuePacketOf(landmarksOf(...hands), timestampMs));
    return (buffer.take() as Packet<PacketWindow<Landmarks>> | undefined) ?? [];
  });
}

function atRate(rate: number, seconds: number): [number, TrackedLandmarks][] {
  return Array.from({ length: rate * seconds + 1 }, (_, index) => {
    const timestampMs = (index * 1000) / rate;
    return [timestampMs, handAt(timestampMs)];
  });
}

/** A 1 where the track is in the packet. */
const maskOf = (packet: Packet<PacketWindow<Landmarks>> | undefined, trackId = 1): string =>
  (packet?.value?.packets ?? [])
    .map(({ value }) => (value.tracks.some((track) => track.trackId === trackId) ? '1' : '0'))
    .join('');

describeBufferContract(
  'core.buffer.window, resampled',
  (metrics) => windowOf({ resample: 5, strideMs: 20 }, 'any', metrics as CountingMetrics),
  { passesValues: false, value: (timestampMs) => landmarksOf(handAt(timestampMs)) },
);

describe('core.buffer.window with "resample"', () => {
  it.each([5, 24, 30, 60, 120])('[BUF45] [BUF46] puts a source of %i fps on the same even moments', (rate) => {
    const last = run(windowOf({}), atRate(rate, 3)).at(-1);
    const packets = last?.value?.packets ?? [];
    expect(packets).toHaveLength(30);
    expect(last?.timestampMs).toBeCloseTo(3000, 6);
    for (const [index, { timestampMs, trace, value }] of packets.entries()) {
      expect(timestampMs).toBeCloseTo(3000 - ((29 - index) * 1000) / 30, 6);
      expect(trace).toBe(last?.trace);
      expect(value.tracks.map(wristX)).toEqual([expect.closeTo(timestampMs / 10_000, 5)]);
    }
  });

  it('[BUF46] leaves a track out of the moments at which it was not seen, and the others in', () => {
    const other = (timestampMs: number): TrackedLandmarks => handAt(timestampMs, { trackId: 2, handedness: 'left' });
    const seen = atRate(30, 2).map(([timestampMs, hand]): [number, ...TrackedLandmarks[]] =>
      timestampMs > 1400 && timestampMs < 1800
        ? [timestampMs, other(timestampMs)]
        : [timestampMs, hand, other(timestampMs)],
    );
    const last = run(windowOf({}), seen).at(-1);
    expect([maskOf(last, 1), maskOf(last, 2)]).toEqual(['111111111111000000000001111111', '1'.repeat(30)]);
  });

  it('[BUF46] makes nothing up across a hole in the timestamps, nor fails at it', () => {
    const seen = [
      ...atRate(30, 1),
      ...atRate(30, 1).map(([ms]): [number, TrackedLandmarks] => [ms + 9_000, handAt(ms + 9_000)]),
    ];
    const out = run(windowOf({}), seen);
    const first = out.find(({ timestampMs }) => timestampMs >= 9_000 + 200);
    expect(maskOf(first)).toMatch(/^0{23}1{7}$/);
    expect(maskOf(out.at(-1))).toBe('1'.repeat(30));
  });

  it('[BUF46] keeps which hand each sighting said, so that a hand that changes sides can be put to the vote', () => {
    const seen = atRate(30, 2).map(([timestampMs]): [number, TrackedLandmarks] => [
      timestampMs,
      handAt(timestampMs, { handedness: timestampMs > 1700 ? 'left' : 'right' }),
    ]);
    const said = run(windowOf({}), seen)
      .at(-1)
      ?.value?.packets.map(({ value }) => value.tracks[0]?.handedness);
    expect(said?.filter((hand) => hand === 'left')).toHaveLength(9);
    expect(said?.[29]).toBe('left');
  });

  it('[BUF47] takes no notice of sightings with NaN or with a point missing', () => {
    const broken = atRate(30, 2).map(([timestampMs, hand], index): [number, TrackedLandmarks] => {
      if (index % 5 === 1)
        return [timestampMs, { ...hand, image: hand.image.map((value, at) => (at === 8 ? Number.NaN : value)) }];
      if (index % 5 === 3) return [timestampMs, { ...hand, image: hand.image.subarray(0, 80) }];
      return [timestampMs, hand];
    });
    const last = run(windowOf({}), broken).at(-1);
    expect(maskOf(last)).toBe('1'.repeat(30));
    for (const { timestampMs, value } of last?.value?.packets ?? [])
      expect(value.tracks.map((track) => [track.image.length, wristX(track)])).toEqual([
        [84, expect.closeTo(timestampMs / 10_000, 5)],
      ]);
  });

  it('[BUF47] answers a skip while no track was seen at three moments', () => {
    const none = atRate(30, 1).map(([timestampMs]): [number] => [timestampMs]);
    expect(run(windowOf({}), none).map(({ skip }) => skip)).toEqual(Array.from({ length: 11 }, () => true));
    const twice = run(windowOf({ strideMs: 1 }), [
      [0],
      [500, handAt(500)],
      [533, handAt(533)],
      [567],
      [600, handAt(600)],
    ]);
    expect(twice.map(({ skip }) => skip)).toEqual([true, true, true, true, false]);
  });

  it('[BUF6] such a skip never takes the place of a snapshot', () => {
    const buffer = windowOf({ spanMs: 200, strideMs: 100 });
    for (const [timestampMs, hand] of atRate(30, 1).slice(0, 4))
      buffer.push(valuePacketOf(landmarksOf(hand), timestampMs));
    for (let timestampMs = 300; timestampMs < 2000; timestampMs += 100)
      buffer.push(valuePacketOf(landmarksOf(), timestampMs));
    buffer.push(skipPacketOf(2000));
    expect(buffer.take()?.skip).toBe(false);
  });

  it.each([24, 25, 30, 60])('[BUF48] emits at its own rate on average, whatever the rate of %i fps', (rate) => {
    expect(run(windowOf({}), atRate(rate, 10)).length).toBeGreaterThanOrEqual(100);
    expect(run(windowOf({}), atRate(rate, 10)).length).toBeLessThanOrEqual(101);
  });

  it('[BUF43] waits for one whole span where it is told to', () => {
    expect(run(windowOf({ whole: true }), atRate(30, 2))[0]?.timestampMs).toBeCloseTo(1000, 6);
  });

  it('[BUF45] puts world landmarks on the same moments, where there are any', () => {
    const [first] = run(windowOf({ strideMs: 400, whole: true }), atRate(24, 2));
    const flat = handAt(0).world ?? new Float32Array(0);
    for (const { value } of first?.value?.packets ?? []) {
      const { world = new Float32Array(0) } = value.tracks[0] ?? {};
      expect(world.length).toBe(84);
      world.forEach((metres, at) => expect(metres).toBeCloseTo(flat[at] ?? Number.NaN, 5));
    }
  });

  it.each(['frame', 'tensors', 'angles'])('[BUF49] refuses a wire that brings %s, when the graph opens', (type) => {
    expect(() => windowOf({}, type).open()).toThrow(
      expect.objectContaining({
        code: 'CORE_WINDOW_NOT_LANDMARKS',
        message: expect.stringContaining(`gets "${type}"`) as string,
      }),
    );
  });

  it('[BUF49] refuses what turns out to be no landmarks, and takes anything without "resample"', () => {
    const buffer = windowOf({}, 'any');
    buffer.open();
    expect(() => buffer.push(valuePacketOf({ tensors: [] }, 0))).toThrow(
      expect.objectContaining({ code: 'CORE_WINDOW_NOT_LANDMARKS' }),
    );
    expect(() => windowOf({ resample: undefined }, 'frame').open()).not.toThrow();
  });
});
