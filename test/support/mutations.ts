/** Numbers from 0 up to 1, decided by a seed; see `seededRandom`. */
export type Random = () => number;

/** Bytes and lengths at which readers go wrong. */
const EDGES = [0, 1, 2, 3, 7, 8, 0x7f, 0x80, 0xc0, 0xc2, 0xd8, 0xd9, 0xda, 0xe1, 0xfe, 0xff];

/** A whole number from 0 up to, not including, `below`. */
export function pickNumber(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** One of the items. @throws Error where there are none */
export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[pickNumber(random, items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

/**
 * One of `seeds`, changed in one to six places: bytes set, put in, taken out, said twice, cut off, or taken from another seed.
 *
 * @param tokens - put in now and then: what means something in the format.
 */
export function mutatedBytes(
  random: Random,
  seeds: readonly Uint8Array[],
  tokens: readonly Uint8Array[] = [],
): Uint8Array {
  let bytes = Uint8Array.from(pick(random, seeds));
  for (let hits = 1 + pickNumber(random, 6); hits > 0; hits -= 1) bytes = hit(random, bytes, seeds, tokens);
  return bytes;
}

function hit(
  random: Random,
  bytes: Uint8Array<ArrayBuffer>,
  seeds: readonly Uint8Array[],
  tokens: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  // Headers are at the beginning, so that every other hit is there.
  const at = pickNumber(random, random() < 0.5 ? Math.min(bytes.length + 1, 64) : bytes.length + 1);
  const some = 1 + pickNumber(random, 24);
  const splice = (length: number, put: Uint8Array): Uint8Array<ArrayBuffer> => {
    const changed = new Uint8Array(at + put.length + Math.max(0, bytes.length - at - length));
    changed.set(bytes.subarray(0, at));
    changed.set(put, at);
    changed.set(bytes.subarray(at + length), at + put.length);
    return changed;
  };
  switch (pickNumber(random, 9)) {
    case 0:
      return splice(1, Uint8Array.of(pickNumber(random, 256)));
    case 1:
      return splice(1, Uint8Array.of(pick(random, EDGES)));
    case 2: // a length or a size, from none to all there can be
      return splice(
        4,
        Uint8Array.from({ length: 4 }, () => pick(random, EDGES)),
      );
    case 3:
      return splice(
        0,
        Uint8Array.from({ length: some }, () => pickNumber(random, 256)),
      );
    case 4:
      return splice(some, new Uint8Array());
    case 5:
      return splice(0, bytes.subarray(at, at + some));
    case 6:
      return bytes.slice(0, at);
    case 7: {
      const other = pick(random, seeds);
      return splice(some, other.subarray(pickNumber(random, other.length + 1)).subarray(0, some * 4));
    }
    default:
      return splice(pickNumber(random, 3), tokens.length === 0 ? new Uint8Array(some) : pick(random, tokens));
  }
}

/** What no field expects. */
const ODD_VALUES: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => true,
  () => '',
  () => '__proto__',
  () => '\u0000\uD800',
  () => 'x'.repeat(500),
  () => 0,
  () => -1,
  () => -0,
  () => 0.5,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => 1e308,
  () => 2 ** 32,
  () => 2 ** 53,
  () => [],
  () => ({}),
  () => [[[[null]]]],
  () => Array.from({ length: 40 }, (_, index) => index),
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown,
];
const ODD_KEYS = ['__proto__', 'constructor', 'toString', 'length', '', '0', 'type', '\uD800', 'x'.repeat(300)];

/** A JSON value like `seed`, changed in one to four places: values of other sorts, fields more, fewer, moved, said twice. */
export function mutatedValue(random: Random, seed: unknown): unknown {
  let value = seed; // what is changed is copied
  for (let hits = 1 + pickNumber(random, 4); hits > 0; hits -= 1) value = changed(random, value, 0);
  return value;
}

function changed(random: Random, value: unknown, depth: number): unknown {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.length === 0 || random() < 0.1 + depth * 0.1) return oddValue(random, value);
  const key = pick(random, keys);
  const inner: unknown = Reflect.get(value as object, key); // it has keys
  const next = changed(random, inner, depth + 1);
  const entries = Object.entries(value as object);
  const at = keys.indexOf(key);
  switch (pickNumber(random, 8)) {
    case 0:
      entries.splice(at, 1);
      break;
    case 1:
      entries.push([pick(random, ODD_KEYS), inner]);
      break;
    case 2:
      entries.push([pick(random, ODD_KEYS), oddValue(random, inner)]);
      break;
    default:
      entries[at] = [key, next];
  }
  return Array.isArray(value) ? entries.map(([, item]) => item as unknown) : objectOf(entries);
}

function oddValue(random: Random, instead: unknown): unknown {
  if (random() < 0.1) return Array.from({ length: pickNumber(random, 70) }).reduce((inner) => [inner], instead);
  return pick(random, ODD_VALUES)();
}

/** As JSON.parse makes it: `__proto__` is a key like any other. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  const made = {};
  for (const [key, value] of entries)
    Object.defineProperty(made, key, { value, enumerable: true, writable: true, configurable: true });
  return made;
}

const encoder = new TextEncoder();

/** Texts as bytes: seeds and tokens of what is read as text. */
export function textsAsBytes(...texts: readonly string[]): readonly Uint8Array[] {
  return texts.map((text) => encoder.encode(text));
}

/** Tokens of JSON. */
export const JSON_TOKENS = textsAsBytes(
  ...['{', '}', '[', ']', '"', ':', ',', '\\', '\\u0000', '\\ud800', '-', '1e999', '0x1', 'null', 'true', ' ', '\n'],
  ...['"__proto__":', '"type":', '{"a":', '[[[[[[[[', '\u00e4', '\u{1f600}', '\u0000', '1234567890123456789012345'],
);
