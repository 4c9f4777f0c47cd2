import { Frame } from '../../vision/index.js';

/** What is wrong with a value that a node brought. */
export interface ValueFault {
  /** What was found and where: `NaN as x of point 8 ("indexTip") in "image" of track 0`. */
  readonly found: string;
  /** What is allowed there and what to do, in whole sentences. */
  readonly mend: string;
}

/**
 * Looks at a value that is to go out at a port.
 * @param timestampMs - of the packet that it answers.
 * @returns what is wrong with it; undefined where nothing is.
 */
export type ValueCheck = (value: unknown, timestampMs: number) => ValueFault | undefined;

/** True for an object whose properties may be looked at by name. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** A value in the words of a sentence: `a string`, `an array of 2`, `an object with "x", "y"`. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value instanceof Frame) return `frame ${value.sequence}`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  if (value instanceof Error) return `an error ("${value.message}")`;
  if (typeof value === 'number') return Number.isFinite(value) ? `the number ${value}` : String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return `an object of class ${className(value)}`;
  const keys = Object.keys(value);
  if (keys.length === 0) return 'an empty object';
  const shown = keys.slice(0, 6).map((key) => `"${key}"`);
  return `an object with ${shown.join(', ')}${keys.length > shown.length ? ' and more' : ''}`;
}

function className(value: object): string {
  const { name } = value.constructor;
  return typeof name === 'string' && name !== '' ? name : 'unknown';
}

/** A value of another type than that of its port. */
export function wrongType(value: unknown, type: string, allowed: string): ValueFault {
  const several = Array.isArray(value) ? ' A node answers one value for each packet.' : '';
  return {
    found: describeValue(value),
    mend: `On a wire of type ${type} travels ${allowed}; answer undefined where there is nothing.${several}`,
  };
}

/** A number that is none, or outside of what is allowed at that place. */
export function wrongNumber(value: unknown, place: string, allowed: string): ValueFault {
  return { found: `${describeValue(value)} as ${place}`, mend: `Allowed is ${allowed}.` };
}

/** An answer that brings a time that is not its packet's. */
export function ownTime(what: string, value: unknown, timestampMs: number, mend: string): ValueFault {
  return { found: `${what} with a timestampMs of its own (${String(value)} instead of ${timestampMs})`, mend };
}

/** Looks at one of the tracks of a value; `at` is its index. */
export type TrackCheck = (track: Readonly<Record<string, unknown>>, at: number) => ValueFault | undefined;

/**
 * A check of values that are an object with one entry for each hand or person.
 * @param type - the port type, for the sentence.
 * @param listed - the key that holds the list.
 * @param more - what else must hold of the whole value.
 */
export function listCheck(
  type: string,
  listed: string,
  entry: TrackCheck,
  more: (value: Readonly<Record<string, unknown>>) => ValueFault | undefined = () => undefined,
): ValueCheck {
  return (value, timestampMs) => {
    const list = isRecord(value) && !(value instanceof Frame) ? value[listed] : undefined;
    if (!isRecord(value) || !Array.isArray(list))
      return wrongType(value, type, `an object with an array "${listed}", which may be empty`);
    if ('timestampMs' in value && value['timestampMs'] !== timestampMs) {
      const mend = 'A value has the time of the packet that it answers: leave it out.';
      return ownTime('a value', value['timestampMs'], timestampMs, mend);
    }
    const fault = more(value);
    if (fault !== undefined) return fault;
    for (let at = 0; at < list.length; at += 1) {
      const item: unknown = list[at];
      const wrong = isRecord(item)
        ? entry(item, at)
        : { found: `${describeValue(item)} as entry ${at} of "${listed}"`, mend: 'Allowed are objects.' };
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** The track's identity must be a whole number, or states kept for it would never be found again. */
export function trackIdFault(track: Readonly<Record<string, unknown>>, at: number): ValueFault | undefined {
  if (Number.isSafeInteger(track['trackId'])) return undefined;
  return wrongNumber(
    track['trackId'],
    `trackId of track ${at}`,
    'a whole number that stays the same from frame to frame',
  );
}

/** The frame's size that fractions and boxes refer to. */
export function frameSizeFault(value: Readonly<Record<string, unknown>>): ValueFault | undefined {
  for (const key of ['frameWidth', 'frameHeight']) {
    const size = value[key];
    if (typeof size !== 'number' || !(size > 0) || size === Infinity)
      return wrongNumber(size, key, 'the size in pixels of the frame that the values refer to');
  }
  return undefined;
}
