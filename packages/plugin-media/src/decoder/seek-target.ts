import { open } from 'node:fs/promises';

/** Longer than the distance of key frames in broadcasts and cameras. */
const MPEG_MARGIN_MS = 10_000;
const TS_PACKET_BYTES = 188;
const M2TS_PACKET_BYTES = 192;
const SYNC_BYTE = 0x47;

/**
 * Where to seek to so that the frame at `startMs` is decoded. MPEG streams have no index: a seek lands anywhere between
 * key frames, and decoding starts at the next one, which would be too late. So it is aimed earlier there; what comes
 * before `startMs` is left out when the frames are read.
 *
 * @returns milliseconds; 0 where nothing is to be gained by seeking
 */
export async function seekTargetMs(path: string, startMs: number | undefined): Promise<number> {
  if (startMs === undefined || startMs <= 0) return 0;
  return (await isMpegStream(path)) ? Math.max(0, startMs - MPEG_MARGIN_MS) : startMs;
}

async function isMpegStream(path: string): Promise<boolean> {
  const head = Buffer.alloc(M2TS_PACKET_BYTES + 5);
  const file = await open(path);
  try {
    await file.read(head, 0, head.length, 0);
  } finally {
    await file.close();
  }
  const isTransport = head[0] === SYNC_BYTE && head[TS_PACKET_BYTES] === SYNC_BYTE;
  const isBluRay = head[4] === SYNC_BYTE && head[4 + M2TS_PACKET_BYTES] === SYNC_BYTE;
  const isProgram = head.readUInt32BE(0) === 0x1ba;
  return isTransport || isBluRay || isProgram;
}
