import { describe, expect, it } from 'vitest';
import { SignerError } from '../errors.js';
import { Recording } from '../recording.js';
import { parseTruth } from './truth-reader.js';
import { formatTruth } from './truth-writer.js';

const recording = new Recording({
  seed: 9,
  seconds: 4,
  fps: 10,
  widthPx: 64,
  heightPx: 64,
  signs: ['v'],
  hands: 'left',
});
const text = formatTruth(recording.truth('some.mp4'));

describe('truth files', () => {
  it('read back as written, to the five decimals that are kept', () => {
    const read = parseTruth(text);
    expect(formatTruth(read)).toBe(text);
    const truth = recording.truth('some.mp4');
    expect(read.header).toEqual(truth.header);
    expect(read.frames).toHaveLength(40);
    for (const [index, frame] of truth.frames.entries()) {
      expect(read.frames[index]).toMatchObject({
        frame: index,
        timestampMs: frame.timestampMs,
        sign: frame.sign,
        handedness: frame.handedness,
      });
      frame.points?.forEach((point, joint) => {
        point.forEach((value, axis) => expect(read.frames[index]?.points?.[joint]?.[axis]).toBeCloseTo(value, 4));
      });
    }
    expect(read.frames.some(({ sign }) => sign === 'v')).toBe(true);
  });

  const lines = text.split('\n');
  it.each([
    ['an empty file', '', /Line 1 .* is not JSON/],
    ['another format', `${JSON.stringify({ format: 'other' })}\n`, /Line 1 .* is not a header/],
    ['a cut file', lines.slice(0, 10).join('\n'), /announces 40 frames, but 9 follow/],
    [
      'a cut line',
      lines.map((line, index) => (index === 20 ? line.slice(0, -4) : line)).join('\n'),
      /Line 21 .* is not JSON/,
    ],
    [
      'a missing point',
      lines.map((line) => line.replace(/"points":\[\[[^\]]*\],/, '"points":[')).join('\n'),
      /is not the truth of frame/,
    ],
    [
      'swapped frames',
      [...lines.slice(0, 5), lines[6], lines[5], ...lines.slice(7)].join('\n'),
      /Line 6 .* is not the truth of frame 4/,
    ],
  ])('refuses %s with the line', (_case, broken, sentence) => {
    expect(() => parseTruth(broken)).toThrow(SignerError);
    expect(() => parseTruth(broken)).toThrow(sentence);
  });
});
