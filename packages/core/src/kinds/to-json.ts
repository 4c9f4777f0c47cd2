import { Frame, LANDMARK_STRIDE } from '../vision/index.js';
import type { Tensor } from '../vision/index.js';

/** Keys whose typed arrays hold landmarks, four numbers a point. */
const LANDMARK_KEYS: ReadonlySet<string> = new Set(['image', 'world']);

/** Elements of a tensor that are written; of a larger one nobody reads them, and lines of megabytes help nobody. */
const MOST_ELEMENTS = 10_000;

/** Significant digits of a tensor's elements: about what 32 bits hold. */
const TENSOR_DIGITS = 7;

/** Levels of a value that are told. Deeper is no result but a mistake, such as a value that contains itself. */
const MOST_LEVELS = 64;

/**
 * A value of a wire as JSON can say it: numbers rounded to `digits` decimals, landmarks as rows [x, y, z, visibility],
 * tensors of up to 10,000 elements with all of them at 7 significant digits, bigints that a double cannot hold as text,
 * frames by their size only, windows as a list of their packets, what is nested deeper than 64 levels as null.
 */
export function toJson(value: unknown, digits: number): unknown {
  return convert(value, 10 ** digits, '', MOST_LEVELS);
}

function convert(value: unknown, scale: number, key: string, levels: number): unknown {
  if (typeof value === 'number') return round(value, scale);
  if (typeof value === 'bigint') return whole(value);
  if (typeof value !== 'object' || value === null)
    return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
  if (value instanceof Frame) return { width: value.width, height: value.height, format: value.format };
  if (value instanceof Float32Array || value instanceof Float64Array) {
    const numbers = Array.from(value, (number) => round(number, scale));
    return LANDMARK_KEYS.has(key) && numbers.length % LANDMARK_STRIDE === 0 ? rows(numbers) : numbers;
  }
  if (ArrayBuffer.isView(value)) return { bytes: value.byteLength };
  if (levels === 0) return null;
  const inner = (item: unknown, name: string): unknown => convert(item, scale, name, levels - 1);
  if (Array.isArray(value)) return value.map((item) => inner(item, ''));
  if (isWindow(value)) {
    return {
      packets: value.packets.map((packet) => ({
        timestampMs: packet.timestampMs,
        value: inner(packet.value, ''),
      })),
    };
  }
  if (isTensor(value)) {
    const { type, dims, data } = value;
    if (data.length > MOST_ELEMENTS) return { type, dims, elements: data.length };
    return { type, dims, data: Array.from<number | bigint, number | string | null>(data, element) };
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inner(item, name)]));
}

function round(value: number, scale: number): number | null {
  if (!Number.isFinite(value)) return null; // JSON has no NaN
  // Scaled beyond this a double has no decimals to round, and the product may overflow.
  return Math.abs(value) * scale > Number.MAX_SAFE_INTEGER ? value : Math.round(value * scale) / scale;
}

/** An element of a tensor: what small numbers mean is up to the model, so digits count and not decimals. */
function element(value: number | bigint): number | string | null {
  if (typeof value === 'bigint') return whole(value);
  if (!Number.isFinite(value)) return null;
  return Number.isInteger(value) ? value : Number(value.toPrecision(TENSOR_DIGITS));
}

/** A whole number as such where a double holds it exactly, else as text. */
function whole(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function rows(numbers: readonly unknown[]): unknown[][] {
  const points: unknown[][] = [];
  for (let start = 0; start < numbers.length; start += LANDMARK_STRIDE)
    points.push(numbers.slice(start, start + LANDMARK_STRIDE));
  return points;
}

function isTensor(value: object): value is Tensor {
  if (!('type' in value) || !('dims' in value) || !('data' in value)) return false;
  return Array.isArray(value.dims) && ArrayBuffer.isView(value.data) && !(value.data instanceof DataView);
}

function isWindow(value: object): value is { packets: readonly { timestampMs: number; value: unknown }[] } {
  return 'packets' in value && 'startMs' in value && Array.isArray(value.packets);
}
