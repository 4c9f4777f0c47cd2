import { NotRecordableError } from '../errors.js';
import { doubleText } from './number-text.js';
import type { Place } from './place.js';
import { readValue, valueText } from './value-json.js';

/** A value with its place, as it was written. */
export interface RecordedValue extends Place {
  readonly value: unknown;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** True for the values of ports `landmarks/...`, which have a schema of their own. */
export function isLandmarks(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { frameWidth, frameHeight, tracks } = value as Readonly<Record<string, unknown>>;
  if (typeof frameWidth !== 'number' || typeof frameHeight !== 'number' || !Array.isArray(tracks)) return false;
  return tracks.every(
    (track: unknown) =>
      typeof track === 'object' && track !== null && 'image' in track && track.image instanceof Float32Array,
  );
}

/**
 * One message of encoding `json`.
 * @param landmarks - whether the value is landmarks, as `isLandmarks` tells.
 * @throws NotRecordableError - RECORDING_VALUE
 */
export function encodeValueMessage(place: Place, value: unknown, landmarks: boolean): Uint8Array {
  const { timestampMs, capturedAtMs, clockOffsetMs, sequence, source } = place;
  for (const [where, number] of Object.entries({ timestampMs, capturedAtMs, clockOffsetMs, sequence }))
    if (!Number.isFinite(number)) throw new NotRecordableError({ where, found: String(number) });
  return encoder.encode(
    `{"timestampMs":${doubleText(timestampMs)},"capturedAtMs":${doubleText(capturedAtMs)},` +
      `"clockOffsetMs":${doubleText(clockOffsetMs)},"sequence":${doubleText(sequence)},` +
      `"source":${JSON.stringify(source)},"value":${valueText(value, landmarks)}}`,
  );
}

/** @throws Error with what is wrong */
export function decodeValueMessage(data: Uint8Array, landmarks: boolean): RecordedValue {
  const json: unknown = JSON.parse(decoder.decode(data));
  if (typeof json !== 'object' || json === null) throw new Error('a message is no JSON object');
  const { source, value, ...rest } = json as Readonly<Record<string, unknown>>;
  if (typeof source !== 'string' || value === undefined) throw new Error('a message has no "source" or no "value"');
  return {
    timestampMs: numberAt(rest, 'timestampMs'),
    capturedAtMs: numberAt(rest, 'capturedAtMs'),
    clockOffsetMs: numberAt(rest, 'clockOffsetMs'),
    sequence: numberAt(rest, 'sequence'),
    source,
    value: readValue(value, landmarks),
  };
}

function numberAt(record: Readonly<Record<string, unknown>>, key: string): number {
  const { [key]: value } = record;
  if (typeof value !== 'number') throw new Error(`a message has no number "${key}"`);
  return value;
}
