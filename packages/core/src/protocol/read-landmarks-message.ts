import { LANDMARK_STRIDE, isScore } from '../vision/index.js';
import type { LandmarkArray, TrackedLandmarks } from '../vision/index.js';
import type { LayoutSkeleton } from './float-layout.js';
import { FLOAT_HANDEDNESS, FLOAT_TRACK_FLAGS } from './float-results.js';
import {
  LANDMARKS_HEADER_BYTES,
  LANDMARKS_MESSAGE_MAGIC,
  LANDMARKS_MESSAGE_VERSION,
  LANDMARKS_TRACK_BYTES,
  LandmarksMessageError,
  MOST_SENT_TRACKS,
  paddedIdBytes,
} from './landmarks-message.js';
import type { LandmarksMessage } from './landmarks-message.js';

const ROW_NUMBERS = ['x', 'y', 'z', 'visibility'] as const;
/** Characters of a wrong id that the sentence repeats. */
const MOST_SHOWN = 40;
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/**
 * Reads what `encodeLandmarksMessage` wrote, rows in memory of their own. Whatever it lets through may travel on a wire
 * `landmarks/<skeleton>`.
 * @param message - whole; no memory is taken for more than it has.
 * @param skeleton - the only one that is taken.
 * @throws LandmarksMessageError
 */
export function readLandmarksMessage(message: Uint8Array, skeleton: LayoutSkeleton): LandmarksMessage {
  return new Reader(message, skeleton).read();
}

class Reader {
  readonly #view: DataView;

  constructor(
    private readonly message: Uint8Array,
    private readonly skeleton: LayoutSkeleton,
  ) {
    this.#view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  }

  read(): LandmarksMessage {
    const view = this.#view;
    this.#claim(0, LANDMARKS_HEADER_BYTES);
    const magic = view.getUint32(0);
    if (magic !== LANDMARKS_MESSAGE_MAGIC) this.#refuse('magic', magic, `${LANDMARKS_MESSAGE_MAGIC} ("KGLM")`);
    const version = view.getUint8(4);
    if (version !== LANDMARKS_MESSAGE_VERSION) this.#refuse('version', version, `${LANDMARKS_MESSAGE_VERSION}`);
    const sequence = view.getUint32(8, true);
    const start = this.#checkSkeleton();
    const capturedAtMs = view.getFloat64(16, true);
    if (!Number.isFinite(capturedAtMs)) this.#refuse('capture time', capturedAtMs, 'a finite number of milliseconds');
    const [frameWidth, frameHeight] = [view.getUint32(24, true), view.getUint32(28, true)];
    if (frameWidth === 0 || frameHeight === 0)
      this.#refuse('a frame of', `${frameWidth}x${frameHeight}`, 'the size in pixels that the fractions refer to');
    const tracks = this.#readTracks(start);
    return { sequence, capturedAtMs, landmarks: { frameWidth, frameHeight, tracks } };
  }

  /** @returns where the first track begins */
  #checkSkeleton(): number {
    const { id, points } = this.skeleton;
    const idBytes = this.#view.getUint8(5);
    const start = LANDMARKS_HEADER_BYTES + paddedIdBytes(idBytes);
    this.#claim(0, start);
    const bytes = this.message.subarray(LANDMARKS_HEADER_BYTES, LANDMARKS_HEADER_BYTES + idBytes);
    const found = UTF8.decode(bytes);
    if (found !== id) this.#refuse('skeleton', JSON.stringify(found.slice(0, MOST_SHOWN)), `"${id}"`);
    const foundPoints = this.#view.getUint32(12, true);
    if (foundPoints !== points) this.#refuse('a number of points of', foundPoints, `${points}, those of "${id}"`);
    return start;
  }

  #readTracks(start: number): readonly TrackedLandmarks[] {
    const count = this.#view.getUint16(6, true);
    if (count > MOST_SENT_TRACKS) this.#refuse('a number of tracks of', count, `0-${MOST_SENT_TRACKS}`);
    const tracks: TrackedLandmarks[] = [];
    const ids = new Set<number>();
    let at = start;
    for (let index = 0; index < count; index += 1) {
      this.#claim(at, LANDMARKS_TRACK_BYTES);
      const track = this.#readTrack(at, index);
      tracks.push(track);
      ids.add(track.trackId);
      at += LANDMARKS_TRACK_BYTES + this.#rowsBytes * (track.world === undefined ? 1 : 2);
    }
    if (at !== this.message.length) this.#refuse('a length of', `${this.message.length} bytes`, `${at}`);
    const isNobodyNamed = ids.size === 1 && ids.has(0);
    if (!isNobodyNamed && (ids.has(0) || ids.size !== count))
      this.#refuse(
        'track ids',
        tracks.map(({ trackId }) => trackId).join(', '),
        'another one for each track, or 0 for all of them',
      );
    return tracks;
  }

  #readTrack(start: number, index: number): TrackedLandmarks {
    const view = this.#view;
    const hand = view.getUint8(start + 4);
    if (hand > FLOAT_HANDEDNESS.right)
      this.#refuse(`as handedness of track ${index}`, hand, '0 (none), 1 (left), 2 (right)');
    const flags = view.getUint8(start + 5);
    const known = FLOAT_TRACK_FLAGS.world | FLOAT_TRACK_FLAGS.handednessScore;
    if ((flags & ~known) !== 0) this.#refuse(`as flags of track ${index}`, flags, `0-${known}`);
    const rowsAt = start + LANDMARKS_TRACK_BYTES;
    return {
      skeleton: this.skeleton.id,
      trackId: view.getUint32(start, true),
      score: this.#score(start + 8, `score of track ${index}`),
      ...(hand === 0 ? {} : { handedness: hand === FLOAT_HANDEDNESS.left ? 'left' : 'right' }),
      ...((flags & FLOAT_TRACK_FLAGS.handednessScore) === 0
        ? {}
        : { handednessScore: this.#score(start + 16, `handednessScore of track ${index}`) }),
      image: this.#rows(rowsAt, `image of track ${index}`),
      ...((flags & FLOAT_TRACK_FLAGS.world) === 0
        ? {}
        : { world: this.#rows(rowsAt + this.#rowsBytes, `world of track ${index}`) }),
    };
  }

  get #rowsBytes(): number {
    return this.skeleton.points * LANDMARK_STRIDE * FLOAT_BYTES;
  }

  #score(at: number, place: string): number {
    const score = this.#view.getFloat64(at, true);
    if (!isScore(score)) this.#refuse(`as ${place}`, score, 'a number from 0 to 1');
    return score;
  }

  #rows(start: number, place: string): LandmarkArray {
    this.#claim(start, this.#rowsBytes);
    const rows = new Float32Array(this.skeleton.points * LANDMARK_STRIDE);
    for (let index = 0; index < rows.length; index += 1) {
      const value = this.#view.getFloat32(start + index * FLOAT_BYTES, true);
      const axis = index % LANDMARK_STRIDE;
      const isVisibility = axis === LANDMARK_STRIDE - 1;
      if (isVisibility ? !isScore(value) : !Number.isFinite(value))
        this.#refuse(
          `as ${ROW_NUMBERS[axis] ?? 'number'} of point ${Math.floor(index / LANDMARK_STRIDE)} in ${place}`,
          value,
          isVisibility ? 'a number from 0 to 1' : 'a finite number; leave a track out that was not found',
        );
      rows[index] = value;
    }
    return rows;
  }

  #claim(at: number, length: number): void {
    if (at + length > this.message.length)
      this.#refuse('a length of', `${this.message.length} bytes`, `${at + length} or more`);
  }

  #refuse(field: string, found: number | string, allowed: string): never {
    throw new LandmarksMessageError({ field, found: `${found}`, allowed });
  }
}
