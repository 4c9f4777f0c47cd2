import type { PixelFormat } from '@kinegraph/core/plugin';
import { NotRecordableError } from '../errors.js';
import type { Place } from './place.js';
import { ByteWriter, FieldReader } from './protobuf.js';

/**
 * Messages of `foxglove.CompressedImage` in protobuf. What an exact replay needs besides stands in fields of its own, which
 * programs that do not know them skip.
 * @see https://docs.foxglove.dev/docs/sdk/schemas/compressed-image
 */

/** The encoded formats; all others are pixels. */
export const ENCODED_FORMATS = ['jpeg', 'png', 'webp'] as const satisfies readonly PixelFormat[];
export type EncodedFormat = (typeof ENCODED_FORMATS)[number];

/** A frame with its place, as it was written. */
export interface RecordedFrame extends Place {
  readonly format: EncodedFormat;
  /** Pixels as the frame said; 0 where nobody had read its header. */
  readonly width: number;
  readonly height: number;
  /** The encoded image, byte for byte. */
  readonly data: Uint8Array;
}

const TIMESTAMP = 1;
const DATA = 2;
const FORMAT = 3;
const FRAME_ID = 4;
/** Ours: exact doubles, the source, the size. */
const TIMESTAMP_MS = 1000;
const CAPTURED_AT_MS = 1001;
const CLOCK_OFFSET_MS = 1002;
const SEQUENCE = 1003;
const SOURCE = 1004;
const WIDTH = 1005;
const HEIGHT = 1006;

/** Bytes around the image and the texts of a message; more than it ever takes. */
const OVERHEAD_BYTES = 128;

/**
 * @param logTime - nanoseconds since 1970, for people: rounded.
 * @throws NotRecordableError - RECORDING_VALUE
 */
export function encodeCompressedImage(frame: RecordedFrame, logTime: bigint): Uint8Array {
  const { timestampMs, capturedAtMs, clockOffsetMs, sequence, width, height } = frame;
  for (const [where, number] of Object.entries({ timestampMs, capturedAtMs, clockOffsetMs, sequence }))
    if (!Number.isFinite(number)) throw new NotRecordableError({ where, found: String(number) });
  for (const [where, pixels] of Object.entries({ width, height }))
    if (!Number.isInteger(pixels) || pixels < 0 || pixels > 0xffff_ffff)
      throw new NotRecordableError({ where, found: String(pixels) });
  const timestamp = new ByteWriter(32)
    .varint(1, Number(logTime / 1_000_000_000n))
    .varint(2, Number(logTime % 1_000_000_000n))
    .finish();
  return new ByteWriter(frame.data.byteLength + 6 * frame.source.length + OVERHEAD_BYTES)
    .bytes(TIMESTAMP, timestamp)
    .bytes(DATA, frame.data)
    .text(FORMAT, frame.format)
    .text(FRAME_ID, frame.source)
    .double(TIMESTAMP_MS, timestampMs)
    .double(CAPTURED_AT_MS, capturedAtMs)
    .double(CLOCK_OFFSET_MS, clockOffsetMs)
    .double(SEQUENCE, sequence)
    .text(SOURCE, frame.source)
    .varint(WIDTH, width)
    .varint(HEIGHT, height)
    .finish();
}

/**
 * @returns the frame; its bytes are a view of `message`.
 * @throws Error with what is wrong, also for images of other programs, which have no exact place
 */
export function decodeCompressedImage(message: Uint8Array): RecordedFrame {
  const doubles = new Map<number, number>();
  const texts = new Map<number, string>();
  const sizes = new Map<number, number>();
  let data: Uint8Array | undefined;
  for (const field of new FieldReader(message)) {
    if (field.number === DATA) data = field.bytes();
    else if (field.number === FORMAT || field.number === SOURCE) texts.set(field.number, field.text());
    else if (field.number === WIDTH || field.number === HEIGHT) sizes.set(field.number, field.varint());
    else if (field.number >= TIMESTAMP_MS && field.number <= SEQUENCE) doubles.set(field.number, field.double());
  }
  const format = ENCODED_FORMATS.find((name) => name === texts.get(FORMAT));
  const source = texts.get(SOURCE);
  const timestampMs = doubles.get(TIMESTAMP_MS);
  const capturedAtMs = doubles.get(CAPTURED_AT_MS);
  const sequence = doubles.get(SEQUENCE);
  if (format === undefined || data === undefined)
    throw new Error('an image has no data, or a format that is not known');
  if (source === undefined || timestampMs === undefined || capturedAtMs === undefined || sequence === undefined)
    throw new Error('an image has no exact times: another program wrote it');
  return {
    timestampMs,
    capturedAtMs,
    clockOffsetMs: doubles.get(CLOCK_OFFSET_MS) ?? 0,
    sequence,
    source,
    format,
    width: sizes.get(WIDTH) ?? 0,
    height: sizes.get(HEIGHT) ?? 0,
    data,
  };
}
