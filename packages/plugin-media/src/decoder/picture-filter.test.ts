import { describe, expect, it } from 'vitest';
import { uprightFilters } from './picture-filter.js';

/** A container's matrix of a turn by whole quarters, as `av_display_rotation_set` makes it, then mirrored if asked. */
function matrix(m0: number, m1: number, m3: number, m4: number): Int32Array {
  return Int32Array.from([m0 * 65536, m1 * 65536, 0, m3 * 65536, m4 * 65536, 0, 0, 0, 1 << 30]);
}

describe('uprightFilters', () => {
  it.each([
    ['nothing asked', undefined, []],
    ['upright', matrix(1, 0, 0, 1), []],
    ['a quarter turn clockwise', matrix(0, 1, -1, 0), ['transpose=clock']],
    ['upside down', matrix(-1, 0, 0, -1), ['hflip', 'vflip']],
    ['a quarter turn counter-clockwise', matrix(0, -1, 1, 0), ['transpose=cclock']],
    ['mirrored top to bottom', matrix(1, 0, 0, -1), ['vflip']],
    ['mirrored left to right', matrix(-1, 0, 0, 1), ['hflip']],
    ['turned clockwise and mirrored', matrix(0, 1, 1, 0), ['transpose=cclock_flip']],
    ['turned counter-clockwise and mirrored', matrix(0, -1, -1, 0), ['transpose=clock_flip']],
    ['a matrix of zeroes', matrix(0, 0, 0, 0), []],
    ['too short a matrix', Int32Array.of(1, 2), []],
  ])('undoes %s', (_name, given, expected) => {
    expect(uprightFilters(given)).toEqual(expected);
  });
});
