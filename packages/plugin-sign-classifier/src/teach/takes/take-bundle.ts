import { TakeUnreadableError } from '../errors.js';
import { decodeTake, encodeTake, headerOffset } from './take-codec.js';
import type { ReadTake } from './take-codec.js';
import type { Take } from './take.js';

/** Takes one after the other in one text: what `cat` makes of their files. */
export function encodeBundle(takes: readonly Take[]): string {
  return takes.map(encodeTake).join('');
}

/**
 * Takes a bundle apart. A take that is damaged keeps what is whole of it; where a cut file was joined to the next one, the
 * header in the middle of the broken line begins the next take.
 * @throws TakeUnreadableError - where it does not begin with a take, or a header or a size is not one of a take
 */
export function decodeBundle(text: string, name: string): readonly ReadTake[] {
  const from = text.startsWith('\uFEFF') ? 1 : 0;
  const starts = headersOf(text, from);
  if (starts[0]?.at !== from)
    throw new TakeUnreadableError({ take: name, problem: 'it does not begin with the header of a take' });
  return starts.map(({ at, line }, index) =>
    decodeTake(text.slice(at, starts[index + 1]?.at), `${name}, line ${line}`),
  );
}

/** Where headers begin: at lines that are one, or within a broken line. */
function headersOf(text: string, from: number): readonly { readonly at: number; readonly line: number }[] {
  const found: { at: number; line: number }[] = [];
  let line = 1;
  for (let at = from; at < text.length; line += 1) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const offset = headerOffset(text.slice(at, end));
    if (offset !== undefined) found.push({ at: at + offset, line });
    at = end + 1;
  }
  return found;
}
