import { isDictionary, isList, parsePythonLiteral } from './python-literal.js';
import type { PythonValue } from './python-literal.js';
import { shorten } from './shorten.js';

/** What an export says of itself in its `metadata_props`; undefined is what it does not say, or not in a form one can read. */
export interface ExportMetadata {
  /** `pose`, `detect`, `segment`, ... */
  readonly task: string | undefined;
  /** The side of the input that was exported for, in pixels. */
  readonly imageSize: { readonly width: number; readonly height: number } | undefined;
  /** Sides of the input are multiples of this, in pixels. */
  readonly stride: number | undefined;
  /** Labels by class, each of 64 characters at most: they go into every result. */
  readonly names: readonly string[] | undefined;
  /** Points of a person, and values of a point: 2 (x, y) or 3 (x, y, confidence). */
  readonly keypointShape: KeypointShape | undefined;
  /** True for exports that need no NMS. */
  readonly endToEnd: boolean | undefined;
}

/** Points of a person, and how many values each has. */
export interface KeypointShape {
  readonly points: number;
  readonly valuesPerPoint: 2 | 3;
}

const MOST_CLASSES = 100_000;
const LARGEST_SIDE = 1_000_000;
const LARGEST_STRIDE = 1024;
const MOST_POINTS = 10_000;

/**
 * Reads the metadata of a YOLO export as Ultralytics writes them: strings that hold Python literals.
 * @param properties - `metadata_props` of the model by key.
 */
export function readExportMetadata(properties: ReadonlyMap<string, string>): ExportMetadata {
  const literal = (key: string): PythonValue | undefined => parsePythonLiteral(properties.get(key) ?? '');
  return {
    task: properties.get('task')?.trim().toLowerCase() || undefined,
    imageSize: imageSizeOf(literal('imgsz')),
    stride: wholeOf(literal('stride'), LARGEST_STRIDE),
    names: namesOf(literal('names')),
    keypointShape: keypointShapeOf(literal('kpt_shape')),
    endToEnd: booleanOf(literal('end2end')),
  };
}

/** Height and width, or one number for both. */
function imageSizeOf(value: PythonValue | undefined): ExportMetadata['imageSize'] {
  const sides = isList(value) ? value : [value, value];
  const [height, width] = sides.map((side) => wholeOf(side, LARGEST_SIDE));
  return sides.length === 2 && height !== undefined && width !== undefined ? { width, height } : undefined;
}

/** A list of labels, or a dictionary with the keys 0, 1, 2 and so on in any order. */
function namesOf(value: PythonValue | undefined): readonly string[] | undefined {
  if (isDictionary(value)) {
    if (value.size > MOST_CLASSES) return undefined;
    return namesOf(Array.from(value, (_, index): PythonValue => value.get(index) ?? null));
  }
  if (!isList(value) || value.length === 0 || value.length > MOST_CLASSES) return undefined;
  return value.every((name) => typeof name === 'string') ? value.map(shorten) : undefined;
}

function keypointShapeOf(value: PythonValue | undefined): KeypointShape | undefined {
  if (!isList(value) || value.length !== 2) return undefined;
  const points = wholeOf(value[0], MOST_POINTS);
  const valuesPerPoint = value[1];
  if (points === undefined || (valuesPerPoint !== 2 && valuesPerPoint !== 3)) return undefined;
  return { points, valuesPerPoint };
}

function booleanOf(value: PythonValue | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** A whole number from 1 to `most`. */
function wholeOf(value: PythonValue | undefined, most: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most ? value : undefined;
}
