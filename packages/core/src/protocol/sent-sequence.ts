import { FRAME_HEADER_BYTES, FRAME_MESSAGE_MAGIC, FRAME_MESSAGE_VERSION } from './frame-message.js';
import { LANDMARKS_MESSAGE_MAGIC, LANDMARKS_MESSAGE_VERSION } from './landmarks-message.js';

const VERSIONS = new Map([
  [FRAME_MESSAGE_MAGIC, FRAME_MESSAGE_VERSION],
  [LANDMARKS_MESSAGE_MAGIC, LANDMARKS_MESSAGE_VERSION],
]);

/** The sender's count in a message of the ingest socket, whatever else is wrong with it; undefined where it has no header. */
export function sentSequence(message: Uint8Array): number | undefined {
  if (message.length < FRAME_HEADER_BYTES) return undefined;
  const view = new DataView(message.buffer, message.byteOffset, FRAME_HEADER_BYTES);
  return VERSIONS.get(view.getUint32(0)) === view.getUint8(4) ? view.getUint32(8, true) : undefined;
}
