import { errorMessage } from '@kinegraph/core/plugin';
import { z } from 'zod';
import { HAND_POINTS } from '../../features/index.js';
import { LabelRefusedError, TakeUnreadableError } from '../errors.js';
import { checkLabel } from './label.js';
import { TAKE_ID, TAKE_LIMITS, isPlace, timeFault } from './take.js';
import type { Take, TakeFrame, TakeHand, TakeHeader } from './take.js';

/** The key by which a header is known, and the version of the format. */
export const TAKE_FORMAT = 'kinegraph-take';
const VERSION = 1;
/** Hundred thousandths of a width: far below a pixel. */
const PLACES = 1e5;

const Header = z.object({
  [TAKE_FORMAT]: z.literal(VERSION),
  id: z.string().regex(TAKE_ID),
  label: z.string(),
  recordedAt: z.iso.datetime({ offset: true }),
  source: z.string().max(500),
  frameWidth: z.number().positive().max(65_536),
  frameHeight: z.number().positive().max(65_536),
  rate: z.number().nonnegative().max(10_000),
  handedness: z.enum(['left', 'right']).optional(),
});

/** Lines of a take that could not be used. */
export interface TakeDamage {
  /** How many. */
  readonly lines: number;
  /** Whether the last one breaks off, as where a file was cut. */
  readonly isCut: boolean;
  /** For people: the first line and why. */
  readonly problem: string;
}

/** A take as it was read. */
export interface ReadTake {
  readonly take: Take;
  /** Absent: the file is whole. */
  readonly damage?: TakeDamage;
}

/** The text of a take: a header, then a line for each frame. Hands with a point that is nowhere are left out. */
export function encodeTake(take: Take): string {
  const { id, label, recordedAt, source, frameWidth, frameHeight, rate, handedness, frames } = take;
  const header = {
    [TAKE_FORMAT]: VERSION,
    ...{ id, label, recordedAt, source, frameWidth, frameHeight },
    rate: rounded(rate, 100),
    ...(handedness === undefined ? {} : { handedness }),
  };
  return `${[JSON.stringify(header), ...frames.map(encodeFrame)].join('\n')}\n`;
}

/** The line of a frame, without its end. */
export function encodeFrame({ timestampMs, hands }: TakeFrame): string {
  return JSON.stringify({
    timestampMs: rounded(timestampMs, 1000),
    hands: hands
      .filter(({ points }) => points.every(isPlace))
      .map(({ trackId, handedness, score, points }) => ({
        trackId,
        ...(handedness === undefined ? {} : { handedness }),
        score: rounded(score, 1000),
        points: Array.from({ length: HAND_POINTS }, (_, at) =>
          Array.from(points.subarray(at * 3, at * 3 + 3), (value) => rounded(value, PLACES)),
        ),
      })),
  });
}

/**
 * Reads a take. Whatever is whole is kept: a line that is no frame, or whose time does not fit, costs itself alone.
 * @param name - what to call the take in errors
 * @throws TakeUnreadableError - where the header cannot be read, or the text is larger than a take may be
 */
export function decodeTake(text: string, name: string): ReadTake {
  if (text.length > TAKE_LIMITS.bytes)
    throw new TakeUnreadableError({
      take: name,
      problem: `it has ${text.length} characters, and ${TAKE_LIMITS.bytes} are allowed`,
    });
  // Empty lines cost as much as others, so all are counted, before any is kept.
  const most = 2 * TAKE_LIMITS.frames;
  const [first = '', ...lines] = withoutMark(text).split('\n', most + 1);
  if (lines.length === most) throw new TakeUnreadableError({ take: name, problem: `it has ${most} lines or more` });
  const header = decodeHeader(first, name);
  const frames: TakeFrame[] = [];
  let damaged = 0;
  let problem = '';
  let isCut = false;
  let newest = -Infinity;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const frame =
      frames.length === TAKE_LIMITS.frames ? `there are more than ${TAKE_LIMITS.frames}` : decodeFrame(line);
    const fault = typeof frame === 'string' ? frame : timeFault(frame.timestampMs, newest);
    if (fault === undefined && typeof frame !== 'string') {
      newest = frame.timestampMs;
      frames.push(frame);
      continue;
    }
    damaged += 1;
    if (damaged === 1) problem = `line ${index + 2}: ${fault}`;
    isCut = index === lines.length - 1; // whoever writes a line ends it
  }
  const take = { ...header, frames };
  return damaged === 0 ? { take } : { take, damage: { lines: damaged, isCut, problem } };
}

/** The header of a line. @throws TakeUnreadableError */
export function decodeHeader(line: string, name: string): TakeHeader {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new TakeUnreadableError({ take: name, problem: `its header is no JSON (${errorMessage(cause)})` }, { cause });
  }
  const version = (value as Record<string, unknown> | null)?.[TAKE_FORMAT];
  if (version === undefined)
    throw new TakeUnreadableError({ take: name, problem: `its first line has no "${TAKE_FORMAT}"` });
  if (version !== VERSION) {
    const problem = `it is of version ${JSON.stringify(version).slice(0, 20)}, and this program reads ${VERSION}`;
    throw new TakeUnreadableError({ take: name, problem });
  }
  const { success, data, error } = Header.safeParse(value);
  if (!success) {
    const [issue] = error.issues;
    const problem = `its header's ${issue?.path.join('.')} is wrong (${issue?.message})`;
    throw new TakeUnreadableError({ take: name, problem });
  }
  const { [TAKE_FORMAT]: _, label, handedness, ...rest } = data;
  try {
    return { ...rest, label: checkLabel(label), ...(handedness === undefined ? {} : { handedness }) };
  } catch (cause) {
    if (!(cause instanceof LabelRefusedError)) throw cause;
    throw new TakeUnreadableError({ take: name, problem: cause.message }, { cause });
  }
}

/** How long a header is looked for in a broken line: several times as long as one may be. */
const LONGEST_HEADER = 20_000;
/** Braces that are tried as the beginning of a header; more than one where its texts have braces in them. */
const MOST_BRACES = 8;

/**
 * Where in a line the header of a take begins: at its start where it has the key, wherever that stands; else where a header
 * follows a line that was cut.
 * @returns undefined for a line without one; `isBroken` for one that has its key and yet is none, as where it was cut
 */
export function headerIn(line: string): { readonly offset: number; readonly isBroken: boolean } | undefined {
  const key = line.lastIndexOf(`"${TAKE_FORMAT}"`);
  if (key === -1) return undefined;
  const value = parsed(line);
  if (value !== undefined) return isHeader(value) ? { offset: 0, isBroken: false } : undefined;
  let offset = key;
  for (let tries = 0; tries < MOST_BRACES && offset > 0; tries += 1) {
    offset = line.lastIndexOf('{', offset - 1);
    if (offset === -1 || line.length - offset > LONGEST_HEADER) break;
    if (isHeader(parsed(line.slice(offset)))) return { offset, isBroken: false };
  }
  return { offset: 0, isBroken: true };
}

function isHeader(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, TAKE_FORMAT);
}

/** @returns undefined where it is no JSON */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** @returns what is wrong with a line that is no frame */
function decodeFrame(line: string): TakeFrame | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'it is no whole line of JSON';
  }
  if (!isObject(value)) return 'it is no object';
  const { timestampMs, hands } = value;
  if (!isNumber(timestampMs)) return 'it has no time';
  if (!Array.isArray(hands)) return 'it has no hands';
  if (hands.length > TAKE_LIMITS.hands) return `it has ${hands.length} hands`;
  const decoded: TakeHand[] = [];
  for (const hand of hands as readonly unknown[]) {
    const found = decodeHand(hand);
    if (typeof found === 'string') return found;
    decoded.push(found);
  }
  return { timestampMs, hands: decoded };
}

function decodeHand(hand: unknown): TakeHand | string {
  if (!isObject(hand)) return 'a hand is no object';
  const { trackId, handedness, score, points } = hand;
  if (!Number.isSafeInteger(trackId)) return 'a hand has no track';
  if (!isNumber(score)) return 'a hand has no score';
  if (handedness !== undefined && handedness !== 'left' && handedness !== 'right')
    return 'a hand is neither left nor right';
  if (!Array.isArray(points) || points.length !== HAND_POINTS) return `a hand has not ${HAND_POINTS} points`;
  const flat = new Float32Array(HAND_POINTS * 3);
  for (const [index, point] of (points as readonly unknown[]).entries()) {
    if (!Array.isArray(point) || point.length !== 3 || !point.every((one) => isNumber(one) && isPlace(one)))
      return `point ${index} of a hand is not three numbers`;
    flat.set(point as number[], index * 3);
  }
  return { trackId: trackId as number, score, points: flat, ...(handedness === undefined ? {} : { handedness }) };
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts + 0; // no -0
}
