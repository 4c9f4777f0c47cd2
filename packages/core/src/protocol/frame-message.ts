import { KinegraphError } from '../base/index.js';

/** Formats of images that travel as frames, with their number in the header. */
export const FRAME_MESSAGE_FORMATS = { jpeg: 1, png: 2, webp: 3 } as const;
export type FrameMessageFormat = keyof typeof FRAME_MESSAGE_FORMATS;

/** Bytes before the image. */
export const FRAME_HEADER_BYTES = 24;
/** "KGFR" as bytes; no image format begins with them. */
export const FRAME_MESSAGE_MAGIC = 0x4b474652;
export const FRAME_MESSAGE_VERSION = 1;

const FORMATS_BY_NUMBER = new Map<number, FrameMessageFormat>(
  Object.entries(FRAME_MESSAGE_FORMATS).map(([format, number]) => [number, format as FrameMessageFormat]), // keys of it
);

/** What the sender says of a frame. */
export interface FrameHeader {
  readonly format: FrameMessageFormat;
  /** Counts up by the sender, whole, 0 to 2^32 - 1. */
  readonly sequence: number;
  /** The sender's clock at capture, in milliseconds. */
  readonly capturedAtMs: number;
}

/** A binary message of the ingest socket: an image, with its header where it has one. */
export interface FrameMessage {
  readonly header: FrameHeader | undefined;
  /** A view of the message's own bytes. */
  readonly image: Uint8Array;
}

/** A frame's header cannot be read. */
export class FrameHeaderError extends KinegraphError {
  override readonly name = 'FrameHeaderError';
  readonly code = 'PROTOCOL_FRAME_HEADER';
  constructor(override readonly data: { field: string; found: string; allowed: string }) {
    super(
      `The frame's header has ${data.field} ${data.found}; allowed: ${data.allowed}. Send the image with a header as ` +
        'docs/protocol.md describes it, or the bare image.',
    );
  }
}

/**
 * Writes the header of a frame, to be followed by the image. Little-endian but for the magic: 0 magic "KGFR", 4 version u8,
 * 5 format u8, 6 zero u16, 8 sequence u32, 12 zero u32, 16 capture time f64.
 */
export function writeFrameHeader(target: Uint8Array, header: FrameHeader): void {
  const view = new DataView(target.buffer, target.byteOffset, FRAME_HEADER_BYTES);
  view.setUint32(0, FRAME_MESSAGE_MAGIC);
  view.setUint8(4, FRAME_MESSAGE_VERSION);
  view.setUint8(5, FRAME_MESSAGE_FORMATS[header.format]);
  view.setUint16(6, 0);
  view.setUint32(8, header.sequence, true);
  view.setUint32(12, 0);
  view.setFloat64(16, header.capturedAtMs, true);
}

/** A whole message; for senders that have the image as bytes. */
export function encodeFrameMessage(header: FrameHeader, image: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(FRAME_HEADER_BYTES + image.length);
  writeFrameHeader(message, header);
  message.set(image, FRAME_HEADER_BYTES);
  return message;
}

/** Tells header and image apart, without a copy. Bytes that do not begin with the magic are a bare image. @throws FrameHeaderError */
export function readFrameMessage(message: Uint8Array): FrameMessage {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  if (message.length < 4 || view.getUint32(0) !== FRAME_MESSAGE_MAGIC) return { header: undefined, image: message };
  if (message.length < FRAME_HEADER_BYTES)
    throw new FrameHeaderError({
      field: 'a length of',
      found: `${message.length} bytes`,
      allowed: `${FRAME_HEADER_BYTES}`,
    });
  const version = view.getUint8(4);
  if (version !== FRAME_MESSAGE_VERSION)
    throw new FrameHeaderError({ field: 'version', found: `${version}`, allowed: `${FRAME_MESSAGE_VERSION}` });
  const format = FORMATS_BY_NUMBER.get(view.getUint8(5));
  if (format === undefined)
    throw new FrameHeaderError({
      field: 'format',
      found: `${view.getUint8(5)}`,
      allowed: '1 (JPEG), 2 (PNG), 3 (WebP)',
    });
  const capturedAtMs = view.getFloat64(16, true);
  if (!Number.isFinite(capturedAtMs))
    throw new FrameHeaderError({
      field: 'capture time',
      found: `${capturedAtMs}`,
      allowed: 'a finite number of milliseconds',
    });
  const sequence = view.getUint32(8, true);
  return { header: { format, sequence, capturedAtMs }, image: message.subarray(FRAME_HEADER_BYTES) };
}
