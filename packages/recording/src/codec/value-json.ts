import { LANDMARK_STRIDE } from '@kinegraph/core/plugin';
import { NotRecordableError } from '../errors.js';
import { doubleText, floatText, readNumber } from './number-text.js';

/**
 * Values as JSON that come back as they were. What JSON has no word for is an object with the key `$`:
 * `{"$": "float32", "data": [...]}`. A key of the value's own that begins with `$` is written with one more of it.
 */

/** Nesting beyond this is no value of a graph but a circle, or an attack on the stack. */
const MAX_DEPTH = 64;

/** Keys of landmarks whose float32 are rows of x, y, z, visibility, which other programs can draw. */
const ROWS: ReadonlySet<string> = new Set(['image', 'world']);

type Numbers = new (length: number) => { [index: number]: number; readonly length: number };
type BigNumbers = new (length: number) => { [index: number]: bigint; readonly length: number };

const NUMBERS: Readonly<Record<string, Numbers>> = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  uint8Clamped: Uint8ClampedArray,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
};
const BIG_NUMBERS: Readonly<Record<string, BigNumbers>> = { int64: BigInt64Array, uint64: BigUint64Array };

/** What the value is part of, for writing and reading alike. */
interface Place {
  /** For sentences. */
  readonly where: string;
  /** The key it stands under. */
  readonly key: string;
  readonly depth: number;
  /** Whether the whole is landmarks. */
  readonly landmarks: boolean;
}

/**
 * @param landmarks - float32 under `image` and `world` are written as rows of four, without a mark.
 * @throws NotRecordableError - RECORDING_VALUE
 */
export function valueText(value: unknown, landmarks: boolean): string {
  return textOf(value, { where: 'the value', key: '', depth: 0, landmarks });
}

function textOf(value: unknown, place: Place): string {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? doubleText(value) : `{"$":"number","data":${doubleText(value)}}`;
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'bigint':
      return `{"$":"bigint","data":"${value}"}`;
    case 'object':
      return value === null ? 'null' : objectText(value, place);
    default:
      throw new NotRecordableError({ where: place.where, found: `of type ${typeof value}` });
  }
}

function objectText(value: object, place: Place): string {
  const { where, depth, landmarks } = place;
  if (depth > MAX_DEPTH) throw new NotRecordableError({ where, found: `more than ${MAX_DEPTH} levels deep` });
  if (ArrayBuffer.isView(value)) return arrayText(value, place);
  if (Array.isArray(value)) {
    const inner = { where: `${where}[]`, key: '', depth: depth + 1, landmarks };
    const list = `[${value.map((item: unknown) => textOf(item, inner)).join(',')}]`;
    return landmarks && ROWS.has(place.key) ? `{"$":"list","data":${list}}` : list; // it would be read as rows
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new NotRecordableError({ where, found: `a ${value.constructor.name}` });
  const entries: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue; // as JSON does: a key that is not there
    const text = textOf(item, { where: `${where}.${key}`, key, depth: depth + 1, landmarks });
    entries.push(`${JSON.stringify(key.startsWith('$') ? `$${key}` : key)}:${text}`);
  }
  return `{${entries.join(',')}}`;
}

function arrayText(array: ArrayBufferView, { where, key, landmarks }: Place): string {
  if (array instanceof Float32Array) {
    if (landmarks && ROWS.has(key) && array.length % LANDMARK_STRIDE === 0) return rowsText(array);
    return `{"$":"float32","data":[${Array.from(array, floatText).join(',')}]}`;
  }
  for (const [name, type] of Object.entries(NUMBERS))
    if (array instanceof type) return `{"$":"${name}","data":[${Array.from(array, doubleText).join(',')}]}`;
  for (const [name, type] of Object.entries(BIG_NUMBERS))
    if (array instanceof type) return `{"$":"${name}","data":[${Array.from(array, (item) => `"${item}"`).join(',')}]}`;
  throw new NotRecordableError({ where, found: `a ${array.constructor.name}` });
}

function rowsText(points: Float32Array): string {
  let text = '[';
  for (let at = 0; at < points.length; at += LANDMARK_STRIDE) {
    text += at === 0 ? '[' : ',[';
    for (let axis = 0; axis < LANDMARK_STRIDE; axis += 1) {
      if (axis > 0) text += ',';
      text += floatText(points[at + axis] ?? 0); // within the length
    }
    text += ']';
  }
  return `${text}]`;
}

/**
 * The value of what `valueText` wrote, after `JSON.parse`.
 * @param landmarks - as it was written with.
 * @throws Error with what is wrong, for JSON that is none of ours
 */
export function readValue(json: unknown, landmarks: boolean): unknown {
  return valueOf(json, '', landmarks);
}

function valueOf(json: unknown, key: string, landmarks: boolean): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json))
    return landmarks && ROWS.has(key) ? readRows(json, key) : json.map((item) => valueOf(item, '', landmarks));
  const record = json as Readonly<Record<string, unknown>>; // the one kind of object that JSON.parse makes besides lists
  if (Object.hasOwn(record, '$')) return readMarked(record, landmarks);
  return Object.fromEntries(
    Object.entries(record).map(([name, item]) => [
      name.startsWith('$$') ? name.slice(1) : name,
      valueOf(item, name, landmarks),
    ]),
  );
}

function readRows(rows: readonly unknown[], key: string): Float32Array {
  const points = new Float32Array(rows.length * LANDMARK_STRIDE);
  for (const [at, row] of rows.entries()) {
    if (!Array.isArray(row) || row.length !== LANDMARK_STRIDE)
      throw new Error(`row ${at} of "${key}" has no four numbers`);
    for (const [axis, number] of row.entries()) points[at * LANDMARK_STRIDE + axis] = numberOf(number);
  }
  return points;
}

function readMarked({ $: mark, data }: Readonly<Record<string, unknown>>, landmarks: boolean): unknown {
  if (mark === 'number') return numberOf(data);
  if (mark === 'bigint') return bigOf(data);
  if (typeof mark !== 'string' || !Array.isArray(data))
    throw new Error(`an object marked ${JSON.stringify(mark)} holds no list`);
  if (mark === 'list') return data.map((item) => valueOf(item, '', landmarks));
  const numbers = Object.hasOwn(NUMBERS, mark) ? NUMBERS[mark] : undefined;
  if (numbers !== undefined) return filled(new numbers(data.length), data, numberOf);
  const bigs = Object.hasOwn(BIG_NUMBERS, mark) ? BIG_NUMBERS[mark] : undefined;
  if (bigs !== undefined) return filled(new bigs(data.length), data, bigOf);
  throw new Error(`an object is marked "${mark}", which is not known`);
}

function filled<T>(array: { [index: number]: T }, items: readonly unknown[], read: (json: unknown) => T): object {
  for (const [at, item] of items.entries()) array[at] = read(item);
  return array;
}

function numberOf(json: unknown): number {
  const number = readNumber(json);
  if (number === undefined) throw new Error(`${JSON.stringify(json)} stands where a number belongs`);
  return number;
}

function bigOf(json: unknown): bigint {
  if (typeof json !== 'string' || !/^-?\d{1,400}$/.test(json))
    throw new Error(`${JSON.stringify(json)} is no whole number in quotes`);
  return BigInt(json);
}
