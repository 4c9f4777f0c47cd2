import { describe, expect, it } from 'vitest';
import { SIGN_NAMES } from '../motion/signs.js';
import { parseOptions } from './options.js';

describe('parseOptions', () => {
  it('has sound defaults', () => {
    expect(parseOptions([])).toMatchObject({
      recording: { seed: 1, seconds: 24, fps: 30, widthPx: 640, heightPx: 480, signs: SIGN_NAMES, hands: 'both' },
      out: 'signer',
      encoder: 'auto',
      quality: 23,
      isTruthOnly: false,
    });
  });

  it('reads every option', () => {
    const args =
      '--seed 7 --seconds 5.5 --fps 25 --size 320x240 --signs v,ily --hands left --out a/b.mp4 --encoder node-av --quality 30 --workers 3 --truth-only';
    expect(parseOptions(args.split(' '))).toEqual({
      recording: { seed: 7, seconds: 5.5, fps: 25, widthPx: 320, heightPx: 240, signs: ['v', 'ily'], hands: 'left' },
      out: 'a/b',
      encoder: 'node-av',
      quality: 30,
      workers: 3,
      isTruthOnly: true,
    });
  });

  it('gives undefined for help', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });

  it.each([
    ['--seed x', '--seed is "x", but must be a whole number from 0 to 4294967295.'],
    ['--seed 1.5', '--seed is "1.5", but must be a whole number from 0 to 4294967295.'],
    ['--seconds 0', '--seconds is "0", but must be a number from 4 to 600.'],
    ['--seconds NaN', '--seconds is "NaN", but must be a number from 4 to 600.'],
    ['--fps 500', '--fps is "500", but must be a whole number from 1 to 120.'],
    [
      '--size 641x480',
      '--size is "641x480", but must be WIDTHxHEIGHT in even numbers from 64 to 2048, such as 640x480.',
    ],
    ['--size big', '--size is "big", but must be WIDTHxHEIGHT in even numbers from 64 to 2048, such as 640x480.'],
    ['--hands three', '--hands is "three", but must be one of right, left, both.'],
    ['--encoder x', '--encoder is "x", but must be one of auto, ffmpeg, node-av.'],
    ['--out clips/', '--out is "clips/", but must name a file, such as examples/clips/signer.'],
  ])('refuses "%s" with a sentence', (args, sentence) => {
    expect(() => parseOptions(args.split(' '))).toThrow(
      expect.objectContaining({ code: 'SIGNER_BAD_OPTION', message: sentence }) as Error,
    );
  });

  it('names a sign that it does not know, and the ones it knows', () => {
    expect(() => parseOptions(['--signs', 'open,hello'])).toThrow(/--signs is "hello", but must be one of wave, ily/);
  });

  it.each([['--sed'], ['--seed'], ['extra']])('refuses "%s" and points to the help', (argument) => {
    expect(() => parseOptions([argument])).toThrow(/See --help for the options\.$/);
  });
});
