import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SIGN_NAMES } from '../src/motion/signs.js';
import { Recording } from '../src/recording.js';
import { parseTruth } from '../src/truth/truth-reader.js';

const clips = new URL('../../../examples/clips/', import.meta.url);
const truth = parseTruth(readFileSync(new URL('signer.truth.ndjson', clips), 'utf8'));

describe('the committed clip', () => {
  it('has a header that fits it', () => {
    expect(truth.header).toMatchObject({
      clip: 'signer.mp4',
      width: 640,
      height: 480,
      fps: 30,
      seed: 1,
      skeleton: 'hand-21',
      frames: 720,
    });
    expect(truth.frames).toHaveLength(720);
    expect(truth.frames.at(-1)?.timestampMs).toBeCloseTo((719 * 1000) / 30, 3);
  });

  it('shows both hands, at least eight signs, and moments without a hand', () => {
    const signs = new Set(truth.frames.map(({ sign }) => sign).filter((sign) => sign !== null));
    expect(signs.size).toBeGreaterThanOrEqual(8);
    for (const sign of ['wave', 'ily', 'v', 'point', 'fist', 'open']) expect(signs).toContain(sign);
    expect(new Set(truth.frames.map(({ handedness }) => handedness))).toEqual(new Set(['right', 'left', null]));
    expect(truth.frames.filter(({ points }) => points === null).length).toBeGreaterThan(60);
    // parseTruth has checked that all points are finite; here: none is absurd.
    const coordinates = truth.frames.flatMap(({ points }) => points?.flat() ?? []);
    expect(Math.max(...coordinates.map(Math.abs))).toBeLessThan(3);
  });

  it('is what the tool makes of its seed today', () => {
    const { header } = truth;
    const request = {
      seed: header.seed,
      seconds: 24,
      fps: header.fps,
      widthPx: header.width,
      heightPx: header.height,
    } as const;
    const made = new Recording({ ...request, signs: SIGN_NAMES, hands: 'both' }).truth(header.clip);
    for (const [index, frame] of made.frames.entries()) {
      const committed = truth.frames[index];
      expect(committed).toMatchObject({ sign: frame.sign, handedness: frame.handedness });
      const differences = (frame.points ?? []).flatMap((point, joint) =>
        point.map((value, axis) => Math.abs(value - (committed?.points?.[joint]?.[axis] ?? Number.NaN))),
      );
      for (const difference of differences) expect(difference).toBeLessThan(0.0001);
    }
  });

  it('is an H.264 mp4 of at most 2 MB with its index at the front', () => {
    const file = new URL('signer.mp4', clips);
    expect(statSync(file).size).toBeLessThanOrEqual(2_000_000);
    const bytes = readFileSync(file);
    expect(bytes.indexOf('avc1')).toBeGreaterThan(0);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  });
});
