import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ENCODER_NAMES, type EncoderName } from '../encode/open-encoder.js';
import { SignerError } from '../errors.js';
import { SIGN_NAMES, type SignName } from '../motion/signs.js';
import type { RecordingRequest } from '../recording.js';

/** What the command line asks for. */
export interface SignerOptions {
  readonly recording: RecordingRequest;
  /** The outputs' path without their endings. */
  readonly out: string;
  readonly encoder: EncoderName;
  readonly quality: number;
  readonly workers: number;
  /** Writes no video, only the truth. */
  readonly isTruthOnly: boolean;
}

/** The help text. */
export const USAGE = `Renders a synthetic signing hand and writes its true joints beside it.

  node tools/signer/dist/main.js --out PATH [options]

  --out PATH         writes PATH.mp4 and PATH.truth.ndjson (default: signer)
  --seed N           decides signer, look and programme, 0 to 4294967295 (default: 1)
  --seconds N        length, 4 to 600 (default: 24)
  --fps N            frames a second, 1 to 120 (default: 30)
  --size WxH         size in pixels, even numbers from 64 to 2048 (default: 640x480)
  --signs A,B,...    signs in turn (default: all: ${SIGN_NAMES.join(', ')})
  --hands WHICH      right, left or both in turns (default: both)
  --encoder NAME     auto, ffmpeg or node-av (default: auto: ffmpeg where it is found)
  --quality N        x264's rate factor, 0 (lossless) to 51 (default: 23)
  --workers N        drawing threads, 1 to 64 (default: one a processor)
  --truth-only       writes the truth without drawing
  --help             shows this text
`;

/**
 * Reads the command line.
 * @returns undefined when help is asked for.
 * @throws SignerError `SIGNER_BAD_OPTION` with a sentence that names the option, the value met and what is allowed.
 */
export function parseOptions(args: readonly string[]): SignerOptions | undefined {
  const values = parse(args);
  if (values.help === true) return undefined;
  const [widthPx, heightPx] = sizeOf(values.size ?? '640x480');
  return {
    recording: {
      seed: whole('seed', values.seed ?? '1', 0, 4294967295),
      seconds: number('seconds', values.seconds ?? '24', 4, 600),
      fps: whole('fps', values.fps ?? '30', 1, 120),
      widthPx,
      heightPx,
      signs: signsOf(values.signs),
      hands: oneOf('hands', values.hands ?? 'both', ['right', 'left', 'both'] as const),
    },
    out: outOf(values.out ?? 'signer'),
    encoder: oneOf('encoder', values.encoder ?? 'auto', ENCODER_NAMES),
    quality: whole('quality', values.quality ?? '23', 0, 51),
    workers: whole('workers', values.workers ?? String(Math.min(64, availableParallelism())), 1, 64),
    isTruthOnly: values['truth-only'] === true,
  };
}

const TEXT_OPTIONS = [
  'out',
  'seed',
  'seconds',
  'fps',
  'size',
  'signs',
  'hands',
  'encoder',
  'quality',
  'workers',
] as const;
type Values = { [name in (typeof TEXT_OPTIONS)[number]]?: string } & { help?: boolean; 'truth-only'?: boolean };

function parse(args: readonly string[]): Values {
  const texts = Object.fromEntries(TEXT_OPTIONS.map((name) => [name, { type: 'string' as const }]));
  const switches = { help: { type: 'boolean' as const, short: 'h' }, 'truth-only': { type: 'boolean' as const } };
  try {
    return parseArgs({ args: [...args], options: { ...texts, ...switches } }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : String(cause);
    throw bad(`${reason.replace(/\.$/, '')}. See --help for the options.`, cause);
  }
}

function bad(sentence: string, cause?: unknown): SignerError {
  return new SignerError('SIGNER_BAD_OPTION', sentence, { cause });
}

function number(option: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  throw bad(`--${option} is "${text}", but must be a number from ${least} to ${most}.`);
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw bad(`--${option} is "${text}", but must be a whole number from ${least} to ${most}.`);
}

function oneOf<Choice extends string>(option: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  throw bad(`--${option} is "${text}", but must be one of ${choices.join(', ')}.`);
}

function sizeOf(text: string): [number, number] {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  const sides = [Number(width), Number(height)] as const;
  if (sides.every((side) => side >= 64 && side <= 2048 && side % 2 === 0)) return [...sides];
  throw bad(`--size is "${text}", but must be WIDTHxHEIGHT in even numbers from 64 to 2048, such as 640x480.`);
}

function signsOf(text: string | undefined): readonly SignName[] {
  if (text === undefined) return SIGN_NAMES;
  return text.split(',').map((name) => oneOf('signs', name.trim(), SIGN_NAMES));
}

function outOf(text: string): string {
  const stem = text.replace(/\.mp4$/, '');
  if (stem === '' || stem.endsWith('/'))
    throw bad(`--out is "${text}", but must name a file, such as examples/clips/signer.`);
  return stem;
}
