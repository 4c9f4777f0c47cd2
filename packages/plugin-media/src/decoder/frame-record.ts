/**
 * What our own decoder child writes: records of a fixed header and a body, little-endian.
 *
 * | offset | type | meaning |
 * | --- | --- | --- |
 * | 0 | u32 | magic `KGF1` |
 * | 4 | u32 | kind: 1 frame, 2 note |
 * | 8 | f64 | frame: presentation time in ms; note: 0 |
 * | 16 | u32 | frame: width; note: 0 |
 * | 20 | u32 | frame: height; note: 0 |
 * | 24 | u32 | bytes of the body: width * height * 4 of RGBA, or a note's JSON |
 * | 28 | u32 | 0 |
 */
export const RECORD_HEADER_BYTES = 32;
export const RECORD_MAGIC = 0x3146474b; // "KGF1" read as little-endian
export const RecordKind = { frame: 1, note: 2 } as const;
export const MAX_NOTE_BYTES = 64 * 1024;

/** What the child says besides frames. */
export type DecoderNote =
  | { readonly type: 'facts'; readonly durationMs?: number }
  /** The child gives up; `code` is one of its own words, see `node-av/decode-job.ts`. */
  | { readonly type: 'fault'; readonly code: string; readonly detail: string };

/** Fills `header` for a frame. @param header - at least RECORD_HEADER_BYTES long */
export function writeFrameHeader(header: Uint8Array, timestampMs: number, width: number, height: number): void {
  writeHeader(header, RecordKind.frame, timestampMs, width, height, width * height * 4);
}

/** A whole note record. */
export function encodeNote(note: DecoderNote): Uint8Array {
  const body = new TextEncoder().encode(JSON.stringify(note));
  const record = new Uint8Array(RECORD_HEADER_BYTES + body.length);
  writeHeader(record, RecordKind.note, 0, 0, 0, body.length);
  record.set(body, RECORD_HEADER_BYTES);
  return record;
}

function writeHeader(
  header: Uint8Array,
  kind: number,
  timestampMs: number,
  width: number,
  height: number,
  bodyBytes: number,
): void {
  const view = new DataView(header.buffer, header.byteOffset, RECORD_HEADER_BYTES);
  view.setUint32(0, RECORD_MAGIC, true);
  view.setUint32(4, kind, true);
  view.setFloat64(8, timestampMs, true);
  view.setUint32(16, width, true);
  view.setUint32(20, height, true);
  view.setUint32(24, bodyBytes, true);
  view.setUint32(28, 0, true);
}

/** True for a parsed note of a known shape. */
export function isNote(value: unknown): value is DecoderNote {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  if (value.type === 'facts') return !('durationMs' in value) || typeof value.durationMs === 'number';
  return (
    value.type === 'fault' &&
    'code' in value &&
    typeof value.code === 'string' &&
    'detail' in value &&
    typeof value.detail === 'string'
  );
}
