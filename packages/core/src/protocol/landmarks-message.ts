import { KinegraphError } from '../base/index.js';
import { LANDMARK_STRIDE } from '../vision/index.js';
import type { LandmarkArray, Landmarks, TrackedLandmarks } from '../vision/index.js';
import type { LayoutSkeleton } from './float-layout.js';
import { FLOAT_HANDEDNESS, FLOAT_TRACK_FLAGS } from './float-results.js';

/** "KGLM" as bytes; no image begins with them. */
export const LANDMARKS_MESSAGE_MAGIC = 0x4b474c4d;
export const LANDMARKS_MESSAGE_VERSION = 1;
/** Bytes before the skeleton's id. */
export const LANDMARKS_HEADER_BYTES = 32;
/** Bytes before the rows of a track. */
export const LANDMARKS_TRACK_BYTES = 24;
/** Tracks of one message: more hands or people than any model finds in one frame. */
export const MOST_SENT_TRACKS = 64;

/** What the sender says of the frame that the landmarks were found in. */
export interface LandmarksHeader {
  /** Counts up by the sender, whole, 0 to 2^32 - 1. */
  readonly sequence: number;
  /** The sender's clock at the frame's capture, in milliseconds. */
  readonly capturedAtMs: number;
}

/** Landmarks of one skeleton with their place in the sender's stream. */
export interface LandmarksMessage extends LandmarksHeader {
  /** Of tracks without an identity the `trackId` is 0: of all of them, or of none. */
  readonly landmarks: Landmarks;
}

/** A message of landmarks cannot be read, or not be written. */
export class LandmarksMessageError extends KinegraphError {
  override readonly name = 'LandmarksMessageError';
  readonly code = 'PROTOCOL_LANDMARKS';
  constructor(override readonly data: { field: string; found: string; allowed: string }) {
    super(
      `The landmarks have ${data.field} ${data.found}; allowed: ${data.allowed}. Send them as docs/protocol.md describes it.`,
    );
  }
}

/** Whether a binary message of the ingest socket is landmarks, or wants to be. */
export function isLandmarksMessage(message: Uint8Array): boolean {
  if (message.length < 4) return false;
  return new DataView(message.buffer, message.byteOffset, 4).getUint32(0) === LANDMARKS_MESSAGE_MAGIC;
}

/** Bytes that an id takes, with the zeros behind it: rows begin at a multiple of 4. */
export function paddedIdBytes(idBytes: number): number {
  return Math.ceil(idBytes / 4) * 4;
}

/**
 * One message of the ingest socket: the landmarks of one frame, to the last bit.
 * @param skeleton - that of every track, with its number of points.
 * @throws LandmarksMessageError - a track is of another skeleton or shape, there are more than 64, or a number does not fit
 */
export function encodeLandmarksMessage(
  header: LandmarksHeader,
  skeleton: LayoutSkeleton,
  landmarks: Landmarks,
): Uint8Array<ArrayBuffer> {
  const refuse = (field: string, found: unknown, allowed: string): never => {
    throw new LandmarksMessageError({ field, found: String(found), allowed });
  };
  const id = new TextEncoder().encode(skeleton.id);
  const { tracks, frameWidth, frameHeight } = landmarks;
  if (id.length < 1 || id.length > 0xff) refuse('a skeleton whose id has', `${id.length} bytes`, '1-255');
  if (tracks.length > MOST_SENT_TRACKS) refuse('a number of tracks of', tracks.length, `0-${MOST_SENT_TRACKS}`);
  for (const size of [frameWidth, frameHeight])
    if (!isWhole(size, 1)) refuse('a frame whose width or height is', size, 'whole numbers from 1');
  const rowBytes = skeleton.points * LANDMARK_STRIDE * Float32Array.BYTES_PER_ELEMENT;
  for (const [at, track] of tracks.entries()) {
    if (track.skeleton !== skeleton.id) refuse(`as skeleton of track ${at}`, `"${track.skeleton}"`, `"${skeleton.id}"`);
    for (const rows of rowsOf(track))
      if (rows.byteLength !== rowBytes) refuse(`in track ${at}`, `${rows.length} numbers`, `${rowBytes / 4}`);
    if (!isWhole(track.trackId, 0)) refuse(`as trackId of track ${at}`, track.trackId, 'whole numbers, 0 for none');
  }
  const arrays = tracks.reduce((count, track) => count + rowsOf(track).length, 0);
  let at = LANDMARKS_HEADER_BYTES + paddedIdBytes(id.length);
  const message = new Uint8Array(at + tracks.length * LANDMARKS_TRACK_BYTES + arrays * rowBytes);
  const view = new DataView(message.buffer);
  view.setUint32(0, LANDMARKS_MESSAGE_MAGIC);
  view.setUint8(4, LANDMARKS_MESSAGE_VERSION);
  view.setUint8(5, id.length);
  view.setUint16(6, tracks.length, true);
  view.setUint32(8, header.sequence, true);
  view.setUint32(12, skeleton.points, true);
  view.setFloat64(16, header.capturedAtMs, true);
  view.setUint32(24, frameWidth, true);
  view.setUint32(28, frameHeight, true);
  message.set(id, LANDMARKS_HEADER_BYTES);
  for (const track of tracks) at = writeTrack(view, at, track);
  return message;
}

function writeTrack(view: DataView, start: number, track: TrackedLandmarks): number {
  const { trackId, score, handedness, handednessScore, world } = track;
  const flags =
    (world === undefined ? 0 : FLOAT_TRACK_FLAGS.world) |
    (handednessScore === undefined ? 0 : FLOAT_TRACK_FLAGS.handednessScore);
  view.setUint32(start, trackId, true);
  view.setUint8(start + 4, handedness === undefined ? 0 : FLOAT_HANDEDNESS[handedness]);
  view.setUint8(start + 5, flags);
  // Scores are no float32 everywhere: a mean of some is none. Eight bytes keep every one of them.
  view.setFloat64(start + 8, score, true);
  view.setFloat64(start + 16, handednessScore ?? 0, true);
  let at = start + LANDMARKS_TRACK_BYTES;
  for (const rows of rowsOf(track))
    for (const value of rows) {
      view.setFloat32(at, value, true);
      at += Float32Array.BYTES_PER_ELEMENT;
    }
  return at;
}

function rowsOf({ image, world }: TrackedLandmarks): readonly LandmarkArray[] {
  return world === undefined ? [image] : [image, world];
}

function isWhole(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least && value <= 0xffff_ffff;
}
