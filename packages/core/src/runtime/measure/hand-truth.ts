import { KinegraphError } from '../../base/index.js';
import { LANDMARK_STRIDE } from '../../vision/index.js';
import type { LandmarkArray, Landmarks } from '../../vision/index.js';

const POINTS = 21;

/** A truth file that cannot be used. */
export class TruthFormatError extends KinegraphError {
  override readonly name = 'TruthFormatError';
  readonly code = 'MEASURE_TRUTH';
  constructor(override readonly data: { line: number; reason: string }) {
    super(
      `Line ${data.line} of the truth file cannot be used: ${data.reason}. Make the file again together with its clip, or move it away to measure without it.`,
    );
  }
}

/** Where a hand truly is in a clip. */
export interface HandTruth {
  readonly fps: number;
  /** Size of the clip's pictures, in pixels. */
  readonly width: number;
  readonly height: number;
  /** By frame: x, y as fractions of the picture, shape [21, 2]; undefined where no joint is inside the picture. */
  readonly frames: readonly (Float32Array | undefined)[];
}

/** Reads the lines of `<clip>.truth.ndjson`, format `kinegraph-signer-truth` 1. @throws TruthFormatError */
export function parseHandTruth(text: string): HandTruth {
  const [first = '', ...rest] = text.trimEnd().split('\n');
  const header = parseLine(first, 1);
  const { format, version, skeleton, fps, width, height } = header;
  if (format !== 'kinegraph-signer-truth' || version !== 1 || skeleton !== 'hand-21')
    throw new TruthFormatError({ line: 1, reason: 'it is not a header of kinegraph-signer-truth, version 1, hand-21' });
  if (!isPositive(fps) || !isPositive(width) || !isPositive(height))
    throw new TruthFormatError({ line: 1, reason: 'fps, width and height must be positive numbers' });
  return { fps, width, height, frames: rest.map((line, frame) => parseFrame(line, frame)) };
}

/** How well hands were found, compared with the truth. */
export interface HandAccuracy {
  /** Frames that were compared. */
  readonly frames: number;
  /** Compared frames that show a hand, and the share (0-1) of them in which one was found; NaN without any. */
  readonly framesWithHand: number;
  readonly foundShare: number;
  /** Compared frames without a hand in which one was reported. */
  readonly falselyFound: number;
  /** Mean distance of landmarks from the truth in % of the hand's widest span in the picture; NaN where none was found. */
  readonly meanErrorPercent: number;
}

/** Compares hands with the truth, frame by frame. */
export class HandScore {
  #frames = 0;
  #withHand = 0;
  #found = 0;
  #falselyFound = 0;
  #errorSum = 0;

  constructor(private readonly truth: HandTruth) {}

  /** @param timestampMs - time in the clip; what lies outside of the truth is not compared. */
  observe(timestampMs: number, landmarks: Landmarks): void {
    const frame = Math.round((timestampMs * this.truth.fps) / 1000);
    if (frame < 0 || frame >= this.truth.frames.length) return;
    this.#frames += 1;
    const points = this.truth.frames[frame];
    if (points === undefined) {
      if (landmarks.tracks.length > 0) this.#falselyFound += 1;
      return;
    }
    this.#withHand += 1;
    if (landmarks.tracks.length === 0) return;
    this.#found += 1;
    // A second hand, where one is reported, is not the one that the truth tells of.
    this.#errorSum += Math.min(...landmarks.tracks.map(({ image }) => this.#errorPercent(points, image)));
  }

  accuracy(): HandAccuracy {
    return {
      frames: this.#frames,
      framesWithHand: this.#withHand,
      foundShare: this.#found / this.#withHand,
      falselyFound: this.#falselyFound,
      meanErrorPercent: this.#errorSum / this.#found,
    };
  }

  #errorPercent(truth: Float32Array, image: LandmarkArray): number {
    const { width, height } = this.truth;
    const span = (from: number, to: number): number =>
      Math.hypot(
        (at(truth, from * 2) - at(truth, to * 2)) * width,
        (at(truth, from * 2 + 1) - at(truth, to * 2 + 1)) * height,
      );
    let size = 0;
    let sum = 0;
    for (let point = 0; point < POINTS; point += 1) {
      for (let other = 0; other < point; other += 1) size = Math.max(size, span(point, other));
      sum += Math.hypot(
        (at(image, point * LANDMARK_STRIDE) - at(truth, point * 2)) * width,
        (at(image, point * LANDMARK_STRIDE + 1) - at(truth, point * 2 + 1)) * height,
      );
    }
    return (100 * sum) / POINTS / size;
  }
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? Number.NaN;
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function parseLine(text: string, line: number): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TruthFormatError({ line, reason: 'it is not JSON' });
  }
  if (typeof value !== 'object' || value === null) throw new TruthFormatError({ line, reason: 'it is not an object' });
  return value as Readonly<Record<string, unknown>>;
}

function parseFrame(text: string, frame: number): Float32Array | undefined {
  const line = frame + 2;
  const value = parseLine(text, line);
  if (value['frame'] !== frame) throw new TruthFormatError({ line, reason: `frame ${frame} is missing` });
  const points: unknown = value['points'];
  if (points === null) return undefined;
  if (!Array.isArray(points) || points.length !== POINTS)
    throw new TruthFormatError({ line, reason: `"points" must be null or ${POINTS} points` });
  return Float32Array.from(
    points.flatMap((point: unknown) => {
      const [x, y] = Array.isArray(point) ? (point as unknown[]) : [];
      if (typeof x !== 'number' || typeof y !== 'number')
        throw new TruthFormatError({ line, reason: 'each point must be numbers [x, y, z]' });
      return [x, y];
    }),
  );
}
