import { TakeUnreadableError } from '../errors.js';
import { TAKE_LIMITS } from './take.js';
import { decodeTake, encodeTake, headerIn } from './take-codec.js';
import type { ReadTake } from './take-codec.js';
import type { Take } from './take.js';

/** Takes one after the other in one text: what `cat` makes of their files. */
export function encodeBundle(takes: readonly Take[]): string {
  return takes.map(encodeTake).join('');
}

/**
 * Takes a bundle apart. A take that is damaged keeps what is whole of it; where a cut file was joined to the next one, the
 * header in the middle of the broken line begins the next take. One that was cut within its header has nothing that could be
 * kept, and is told as damage of its neighbour.
 * @throws TakeUnreadableError - where it does not begin with a take, has more than may be imported at once, or a header or a
 *   size is not one of a take
 */
export function decodeBundle(text: string, name: string): readonly ReadTake[] {
  const from = text.startsWith('\uFEFF') ? 1 : 0;
  const starts = startsOf(text, from);
  const first = starts[0]?.at ?? text.length;
  const lead = text.slice(from, first).trim();
  if (starts.length === 0 || (lead !== '' && !isBrokenLine(lead)))
    throw new TakeUnreadableError({ take: name, problem: 'it does not begin with the header of a take' });
  if (starts.length > TAKE_LIMITS.bundle)
    throw new TakeUnreadableError({
      take: name,
      problem: `it has ${starts.length} takes, and ${TAKE_LIMITS.bundle} are allowed at once`,
    });
  return starts.map(({ at, line }, index) => {
    const read = decodeTake(text.slice(at, starts[index + 1]?.at), `${name}, line ${line}`);
    return at === first && lead !== '' ? withLead(read) : read;
  });
}

interface TakeStart {
  readonly at: number;
  readonly line: number;
}

/** Where takes begin: at lines that are a header, or within a broken line. */
function startsOf(text: string, from: number): readonly TakeStart[] {
  const found: (TakeStart & { readonly isBroken: boolean; readonly lineEnd: number })[] = [];
  let line = 1;
  for (let at = from; at < text.length; line += 1) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline === -1 ? text.length : newline;
    const header = headerIn(text.slice(at, lineEnd));
    if (header !== undefined) found.push({ at: at + header.offset, line, isBroken: header.isBroken, lineEnd });
    at = lineEnd + 1;
  }
  // A broken header with frames after it stays, and is refused with its line: they are of no take that is known. One without
  // any is a cut.
  return found.filter(
    ({ isBroken, lineEnd }, index) => !isBroken || /\S/.test(text.slice(lineEnd, found[index + 1]?.at)),
  );
}

/** One line that was cut, of whatever it once was. */
function isBrokenLine(text: string): boolean {
  if (!text.startsWith('{') || text.includes('\n')) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

function withLead({ take, damage }: ReadTake): ReadTake {
  const { lines = 0, isCut = false } = damage ?? {};
  return { take, damage: { lines: lines + 1, isCut, problem: 'line 1: another take breaks off in its header there' } };
}
