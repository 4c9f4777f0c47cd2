import { TakeUnreadableError } from '../errors.js';
import { decodeTake, encodeTake, isHeaderLine } from './take-codec.js';
import type { ReadTake } from './take-codec.js';
import type { Take } from './take.js';

/** Takes one after the other in one text: what `cat` makes of their files. */
export function encodeBundle(takes: readonly Take[]): string {
  return takes.map(encodeTake).join('');
}

/**
 * Takes a bundle apart. A take that is damaged keeps what is whole of it.
 * @throws TakeUnreadableError - where it does not begin with a take, or the header of one cannot be read
 */
export function decodeBundle(text: string, name: string): readonly ReadTake[] {
  const lines = (text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
  const starts = lines.flatMap((line, index) => (isHeaderLine(line) ? [index] : []));
  if (starts[0] !== 0)
    throw new TakeUnreadableError({ take: name, problem: 'it does not begin with the header of a take' });
  return starts.map((start, index) => {
    const end = starts[index + 1];
    // With its last line ended where another take follows: a cut is told only where the text itself ends.
    const part = lines.slice(start, end).join('\n') + (end === undefined ? '' : '\n');
    return decodeTake(part, `${name}, line ${start + 1}`);
  });
}
