import { LANDMARK_STRIDE } from '../vision/index.js';
import type { LandmarkArray, Landmarks, TrackedLandmarks } from '../vision/index.js';
import { FloatResultError } from './float-layout.js';
import type { LayoutMessage } from './float-layout.js';
import {
  FLOAT_HANDEDNESS,
  FLOAT_HEADER_BYTES,
  FLOAT_RESULT_MAGIC,
  FLOAT_RESULT_VERSION,
  FLOAT_ROW_BYTES,
  FLOAT_TRACK_BYTES,
  FLOAT_TRACK_FLAGS,
  FLOAT_VALUE_BYTES,
} from './float-results.js';
import type { ResultMessage } from './result-message.js';

/**
 * Reads what FloatResultEncoder wrote. The values are landmarks with rows as floats, in memory of their own; `stages` is
 * empty.
 *
 * @param bytes - The binary message, whole.
 * @param layout - The newest layout that came before it.
 * @throws FloatResultError
 */
export function readFloatResult(bytes: Uint8Array, layout: LayoutMessage | undefined): ResultMessage {
  const reader = new Reader(bytes);
  reader.claim(0, FLOAT_HEADER_BYTES);
  const { view } = reader;
  expect('magic', view.getUint32(0), FLOAT_RESULT_MAGIC);
  expect('version', view.getUint8(4), FLOAT_RESULT_VERSION);
  const layoutNumber = view.getUint16(6, true);
  if (layout?.layout !== layoutNumber)
    throw fault('layout', layoutNumber, layout === undefined ? 'none, as none has come' : `${layout.layout}`);
  const values: [string, Landmarks][] = [];
  const count = view.getUint16(42, true);
  let at = FLOAT_HEADER_BYTES;
  for (let index = 0; index < count; index += 1) {
    reader.claim(at, FLOAT_VALUE_BYTES);
    const sink = named(layout.sinks, view.getUint16(at, true), 'sink');
    const [landmarks, end] = readLandmarks(reader, at, layout);
    values.push([sink, landmarks]);
    at = end;
  }
  if (at !== bytes.length) throw fault('a length of', bytes.length, `${at} bytes`);
  return {
    type: 'result',
    source: named(layout.sources, view.getUint16(40, true), 'source'),
    sequence: view.getUint32(8, true),
    timestampMs: finite('timestampMs', view.getFloat64(16, true)),
    capturedAtMs: finite('capturedAtMs', view.getFloat64(24, true)),
    ageMs: finite('ageMs', view.getFloat64(32, true)),
    stages: {},
    dropped: view.getUint32(12, true),
    values: Object.fromEntries(values),
  };
}

function readLandmarks(reader: Reader, start: number, layout: LayoutMessage): [Landmarks, number] {
  const { view } = reader;
  const tracks: TrackedLandmarks[] = [];
  const count = view.getUint16(start + 2, true);
  let at = start + FLOAT_VALUE_BYTES;
  for (let index = 0; index < count; index += 1) {
    reader.claim(at, FLOAT_TRACK_BYTES);
    const [track, end] = readTrack(reader, at, layout);
    tracks.push(track);
    at = end;
  }
  const value = { frameWidth: view.getUint32(start + 4, true), frameHeight: view.getUint32(start + 8, true), tracks };
  return [value, at];
}

function readTrack(reader: Reader, start: number, layout: LayoutMessage): [TrackedLandmarks, number] {
  const { view } = reader;
  const skeleton = named(layout.skeletons, view.getUint16(start, true), 'skeleton').id;
  const hand = view.getUint8(start + 2);
  if (hand > FLOAT_HANDEDNESS.right) throw fault('handedness', hand, '0 (none), 1 (left), 2 (right)');
  const flags = view.getUint8(start + 3);
  const known = FLOAT_TRACK_FLAGS.world | FLOAT_TRACK_FLAGS.handednessScore;
  if ((flags & ~known) !== 0) throw fault('track flags', flags, `0-${known}`);
  const points = view.getUint32(start + 16, true);
  const rowsAt = start + FLOAT_TRACK_BYTES;
  const image = reader.rows(rowsAt, points);
  const imageEnd = rowsAt + points * FLOAT_ROW_BYTES;
  const withWorld = (flags & FLOAT_TRACK_FLAGS.world) !== 0;
  const track: TrackedLandmarks = {
    skeleton,
    trackId: view.getUint32(start + 4, true),
    score: view.getFloat32(start + 8, true),
    ...(hand === 0 ? {} : { handedness: hand === FLOAT_HANDEDNESS.left ? 'left' : 'right' }),
    ...((flags & FLOAT_TRACK_FLAGS.handednessScore) === 0
      ? {}
      : { handednessScore: view.getFloat32(start + 12, true) }),
    image,
    ...(withWorld ? { world: reader.rows(imageEnd, points) } : {}),
  };
  return [track, withWorld ? imageEnd + points * FLOAT_ROW_BYTES : imageEnd];
}

/** The bytes of one message; nothing beyond their end is read and no memory is taken for rows that are not there. */
class Reader {
  readonly view: DataView;
  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @throws FloatResultError where the message ends before. */
  claim(at: number, length: number): void {
    if (at + length > this.view.byteLength)
      throw fault('a length of', this.view.byteLength, `${at + length} bytes or more`);
  }

  rows(at: number, points: number): LandmarkArray {
    this.claim(at, points * FLOAT_ROW_BYTES);
    const rows = new Float32Array(points * LANDMARK_STRIDE);
    for (let index = 0; index < rows.length; index += 1) rows[index] = this.view.getFloat32(at + index * 4, true);
    return rows;
  }
}

function named<T>(names: readonly T[], number: number, what: string): T {
  const name = names[number];
  if (name === undefined) throw fault(`the ${what} numbered`, number, `less than ${names.length}`);
  return name;
}

function finite(field: string, value: number): number {
  if (!Number.isFinite(value)) throw fault(field, value, 'a finite number of milliseconds');
  return value;
}

function expect(field: string, found: number, allowed: number): void {
  if (found !== allowed) throw fault(field, found, `${allowed}`);
}

function fault(field: string, found: number, allowed: string): FloatResultError {
  return new FloatResultError({ field, found: `${found}`, allowed });
}
