import { describe, expect, it } from 'vitest';
import { Recording, type RecordingRequest } from './recording.js';

const request: RecordingRequest = {
  seed: 5,
  seconds: 6,
  fps: 30,
  widthPx: 128,
  heightPx: 96,
  signs: ['ily', 'wave'],
  hands: 'right',
};
const signFrame = (recording: Recording): number => {
  const sign = recording.stretches.find(({ kind }) => kind === 'sign');
  return Math.ceil(((sign?.startMs ?? 0) * recording.request.fps) / 1000) + 5;
};

describe('Recording', () => {
  it('gives the same truth and the same pixels for the same seed', () => {
    const [first, second] = [new Recording(request), new Recording(request)];
    expect(first.truth('a.mp4')).toEqual(second.truth('a.mp4'));
    const frame = signFrame(first);
    expect(Buffer.from(first.render(frame)).equals(second.render(frame))).toBe(true);
  });

  it('gives another recording for another seed', () => {
    const other = new Recording({ ...request, seed: 6 });
    expect(other.truth('a.mp4')).not.toEqual(new Recording(request).truth('a.mp4'));
  });

  it('shows the wall alone where the truth says there is no hand', () => {
    const recording = new Recording(request);
    expect(recording.truthOf(0)).toEqual({ frame: 0, timestampMs: 0, sign: null, handedness: null, points: null });
    const empty = recording.render(0);
    expect(Buffer.from(empty).equals(recording.render(recording.frameCount - 1))).toBe(true);
    expect(Buffer.from(empty).equals(recording.render(signFrame(recording)))).toBe(false);
  });

  it('draws flesh at every true joint and the wall beside the hand', () => {
    const recording = new Recording({ ...request, signs: ['open'] });
    const frame = signFrame(recording);
    const [wall, picture] = [recording.render(0), recording.render(frame)];
    const differsAt = (x: number, y: number): boolean => {
      const offset = (Math.floor(y * 96) * 128 + Math.floor(x * 128)) * 3;
      return [0, 1, 2].some((channel) => wall[offset + channel] !== picture[offset + channel]);
    };
    const points = recording.truthOf(frame).points ?? [];
    expect(points).toHaveLength(21);
    for (const [x, y] of points) expect(differsAt(x, y)).toBe(true);
    expect(differsAt(0.02, 0.02)).toBe(false);
    expect(differsAt(0.98, 0.5)).toBe(false);
  });

  it('moves smoothly: no joint jumps from frame to frame', () => {
    const recording = new Recording({ ...request, seconds: 16, fps: 120, hands: 'both' });
    const frames = recording.truth('a.mp4').frames;
    for (const [index, { points }] of frames.entries()) {
      const before = frames[index - 1]?.points;
      if (!points || !before) continue;
      points.forEach(([x, y], joint) => {
        const [beforeX = x, beforeY = y] = before[joint] ?? [];
        expect(Math.hypot(x - beforeX, y - beforeY)).toBeLessThan(0.035);
      });
    }
  });

  it('stamps frames by their rate', () => {
    const recording = new Recording({ ...request, fps: 25 });
    expect(recording.frameCount).toBe(150);
    expect(recording.truthOf(3).timestampMs).toBe(120);
  });
});
