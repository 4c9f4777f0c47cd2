import { LANDMARK_STRIDE } from '../vision/index.js';
import type { LandmarkArray, Landmarks, TrackedLandmarks } from '../vision/index.js';
import type { LayoutMessage, LayoutSkeleton } from './float-layout.js';
import type { ResultMessage } from './result-message.js';

/** "KGRS" as bytes. */
export const FLOAT_RESULT_MAGIC = 0x4b475253;
export const FLOAT_RESULT_VERSION = 1;
/** Bytes before the first value. */
export const FLOAT_HEADER_BYTES = 48;
/** Bytes before the first track of a value. */
export const FLOAT_VALUE_BYTES = 12;
/** Bytes before the rows of a track. */
export const FLOAT_TRACK_BYTES = 20;
/** Bytes of one row: x, y, z, visibility. */
export const FLOAT_ROW_BYTES = LANDMARK_STRIDE * Float32Array.BYTES_PER_ELEMENT;

/** Bits of a track's flags. */
export const FLOAT_TRACK_FLAGS = { world: 1, handednessScore: 2 } as const;
/** Numbers of a track's handedness; 0 where it has none. */
export const FLOAT_HANDEDNESS = { left: 1, right: 2 } as const;

/** Whether floats of this machine lie in memory as they travel, so that whole arrays can be copied. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Counts in the header are of 16 bits. */
const MAX_COUNT = 0xffff;

/** What a float result is made of: a result with the values themselves, not their JSON. */
export type FloatResult = Pick<
  ResultMessage,
  'source' | 'sequence' | 'timestampMs' | 'capturedAtMs' | 'ageMs' | 'dropped' | 'values'
>;

/** What an encoder writes besides the image landmarks. */
export interface FloatResultEncoderOptions {
  /** World landmarks too, where a track has them. Default: false. */
  readonly world?: boolean;
}

/**
 * Writes results as floats in a fixed layout: see docs/protocol.md. Only values that are landmarks are written; stages
 * are left out. One encoder serves all viewers of a run: send `layout` to each that comes, and to all when `encode` has
 * changed it, before the result that did.
 */
export class FloatResultEncoder {
  readonly #world: boolean;
  readonly #sources = new Map<string, number>();
  readonly #sinks = new Map<string, number>();
  readonly #skeletons = new Map<string, number>();
  /** Written again for each result: making memory anew and views of it costs more than the writing. */
  #scratch = new Scratch(4096);
  #layout: LayoutMessage = { type: 'layout', layout: 0, sources: [], sinks: [], skeletons: [] };

  constructor({ world = false }: FloatResultEncoderOptions = {}) {
    this.#world = world;
  }

  /** The newest layout; another object each time it changes. */
  get layout(): LayoutMessage {
    return this.#layout;
  }

  /** One result; changes `layout` where the result brings a source, a sink or a skeleton for the first time. */
  encode(result: FloatResult): Uint8Array<ArrayBuffer> {
    const source = this.#sourceNumber(result.source);
    const values = this.#landmarksOf(result.values);
    const size = this.#size(values);
    if (size > this.#scratch.bytes.length) this.#scratch = new Scratch(2 * size);
    const { view, bytes } = this.#scratch;
    let at = FLOAT_HEADER_BYTES;
    for (const { sink, landmarks } of values) at = this.#writeValue(at, sink, landmarks);
    view.setUint32(0, FLOAT_RESULT_MAGIC);
    view.setUint8(4, FLOAT_RESULT_VERSION);
    view.setUint16(6, this.#layout.layout, true); // after the values: they may have changed it
    view.setUint32(8, result.sequence, true);
    view.setUint32(12, result.dropped, true);
    view.setFloat64(16, result.timestampMs, true);
    view.setFloat64(24, result.capturedAtMs, true);
    view.setFloat64(32, result.ageMs, true);
    view.setUint16(40, source, true);
    view.setUint16(42, values.length, true);
    view.setUint32(44, 0);
    return bytes.slice(0, size);
  }

  #landmarksOf(values: ResultMessage['values']): { sink: number; landmarks: Landmarks }[] {
    const found: { sink: number; landmarks: Landmarks }[] = [];
    for (const name in values) {
      const value = values[name];
      if (isLandmarks(value) && found.length < MAX_COUNT)
        found.push({ sink: this.#sinkNumber(name), landmarks: value });
    }
    return found;
  }

  #size(values: readonly { landmarks: Landmarks }[]): number {
    let bytes = FLOAT_HEADER_BYTES;
    for (const { landmarks } of values) {
      bytes += FLOAT_VALUE_BYTES;
      for (const { image, world } of landmarks.tracks) {
        const arrays = this.#world && world !== undefined ? 2 : 1;
        bytes += FLOAT_TRACK_BYTES + arrays * pointsOf(image) * FLOAT_ROW_BYTES;
      }
    }
    return bytes;
  }

  #writeValue(start: number, sink: number, { frameWidth, frameHeight, tracks }: Landmarks): number {
    const { view } = this.#scratch;
    view.setUint16(start, sink, true);
    view.setUint16(start + 2, tracks.length, true);
    view.setUint32(start + 4, frameWidth, true);
    view.setUint32(start + 8, frameHeight, true);
    let at = start + FLOAT_VALUE_BYTES;
    for (const track of tracks) at = this.#writeTrack(at, track);
    return at;
  }

  #writeTrack(start: number, track: TrackedLandmarks): number {
    const { view } = this.#scratch;
    const { image, world, handedness, handednessScore } = track;
    const points = pointsOf(image);
    const withWorld = this.#world && world !== undefined;
    const flags =
      (withWorld ? FLOAT_TRACK_FLAGS.world : 0) |
      (handednessScore === undefined ? 0 : FLOAT_TRACK_FLAGS.handednessScore);
    view.setUint16(start, this.#skeletonNumber(track.skeleton, points), true);
    view.setUint8(start + 2, handedness === undefined ? 0 : FLOAT_HANDEDNESS[handedness]);
    view.setUint8(start + 3, flags);
    view.setUint32(start + 4, track.trackId, true);
    view.setFloat32(start + 8, track.score, true);
    view.setFloat32(start + 12, handednessScore ?? 0, true);
    view.setUint32(start + 16, points, true);
    const at = this.#writeRows(start + FLOAT_TRACK_BYTES, image, points);
    return withWorld ? this.#writeRows(at, world, points) : at;
  }

  #writeRows(start: number, rows: LandmarkArray, points: number): number {
    const { view, floats } = this.#scratch;
    const length = points * LANDMARK_STRIDE;
    if (IS_LITTLE_ENDIAN && rows.length === length) floats.set(rows, start / floats.BYTES_PER_ELEMENT);
    else {
      for (let index = 0; index < length; index += 1) {
        // A world array shorter than the image's has NaN where a row lacks.
        view.setFloat32(start + index * floats.BYTES_PER_ELEMENT, rows[index] ?? Number.NaN, true);
      }
    }
    return start + length * floats.BYTES_PER_ELEMENT;
  }

  #sourceNumber(name: string): number {
    return this.#sources.get(name) ?? this.#grown(this.#sources, name, { sources: [...this.#layout.sources, name] });
  }

  #sinkNumber(name: string): number {
    return this.#sinks.get(name) ?? this.#grown(this.#sinks, name, { sinks: [...this.#layout.sinks, name] });
  }

  #skeletonNumber(id: string, points: number): number {
    // Graphs bring skeletons, and may define one otherwise while the run goes on.
    const name = `${id} ${points}`;
    const known = this.#skeletons.get(name);
    if (known !== undefined) return known;
    const skeletons: readonly LayoutSkeleton[] = [...this.#layout.skeletons, { id, points }];
    return this.#grown(this.#skeletons, name, { skeletons });
  }

  #grown(numbers: Map<string, number>, name: string, change: Partial<LayoutMessage>): number {
    const number = numbers.size;
    numbers.set(name, number);
    this.#layout = { ...this.#layout, ...change, layout: (this.#layout.layout + 1) & MAX_COUNT };
    return number;
  }
}

/** Whether a value is landmarks with their rows as floats, as nodes hand them on. */
export function isLandmarks(value: unknown): value is Landmarks {
  if (typeof value !== 'object' || value === null || !('tracks' in value)) return false;
  const { frameWidth, tracks } = value as Partial<Landmarks>;
  if (typeof frameWidth !== 'number' || !Array.isArray(tracks)) return false;
  for (const track of tracks as readonly (Partial<TrackedLandmarks> | null | undefined)[])
    if (!(track?.image instanceof Float32Array)) return false;
  return true;
}

function pointsOf(image: LandmarkArray): number {
  return Math.floor(image.length / LANDMARK_STRIDE);
}

/** Memory with its views. Everything in a result begins at a multiple of 4 bytes. */
class Scratch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
  readonly floats: Float32Array;
  constructor(size: number) {
    const buffer = new ArrayBuffer(size - (size % Float32Array.BYTES_PER_ELEMENT));
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.floats = new Float32Array(buffer);
  }
}
