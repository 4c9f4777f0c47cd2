import type { LandmarkArray, Skeleton, TrackedLandmarks } from '@kinegraph/core';
import { encodeLandmarksMessage } from '@kinegraph/core/protocol';
import type { FrameToSend } from './connect-source.js';
import { IngestLine } from './ingest-line.js';
import type { IngestConnection, SendOutcome, SourceOptions } from './ingest-line.js';

/** Options of `connectLandmarks`. */
export interface LandmarksOptions extends SourceOptions {
  /** Of all that is sent, the same as the source's: `hand21`, `pose33`, or one that a plugin or the graph defines. */
  readonly skeleton: Pick<Skeleton, 'id' | 'points'>;
}

/** A hand or person, as this computer has found it. */
export type FoundTrack = Omit<TrackedLandmarks, 'skeleton' | 'trackId'> & {
  /** Its identity from frame to frame, from 1. Given for all tracks, or for none: then the server follows them. */
  readonly trackId?: number;
};

/** What was found in one frame, possibly nothing. */
export interface FoundLandmarks {
  /** Size in pixels of the frame that the fractions refer to. */
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly tracks: readonly FoundTrack[];
}

/** A sender of landmarks to one source of a run. */
export interface LandmarksConnection extends IngestConnection {
  /**
   * Sends what was found in a frame, or drops it: a frame waits for no other.
   *
   * @param frame - `capturedAtMs` by the clock of the connection (`performance.now()`).
   * @throws LandmarksMessageError - more than 64 tracks, or one that has not the points of the skeleton
   */
  send(landmarks: FoundLandmarks, frame: Omit<FrameToSend, 'format'>): SendOutcome;
}

/**
 * Connects to the ingest address of a source of landmarks, `/api/v1/runs/:run/sources/:node/ingest`, to send there what this
 * computer finds in its frames: some hundred bytes a frame in place of a picture.
 *
 * @throws ConnectionUrlError, NoWebSocketError
 */
export function connectLandmarks(options: LandmarksOptions): LandmarksConnection {
  return new LandmarksSender(options);
}

class LandmarksSender extends IngestLine implements LandmarksConnection {
  readonly #skeleton: { readonly id: string; readonly points: number };

  constructor(options: LandmarksOptions) {
    super(options);
    const { id, points } = options.skeleton;
    this.#skeleton = { id, points: points.length };
  }

  send({ frameWidth, frameHeight, tracks }: FoundLandmarks, frame: Omit<FrameToSend, 'format'>): SendOutcome {
    const refused = this.refused();
    if (refused !== undefined) return refused;
    const skeleton = this.#skeleton.id;
    const whole = tracks.map((track) => ({ trackId: 0, ...track, skeleton }));
    const header = { sequence: frame.sequence >>> 0, capturedAtMs: frame.capturedAtMs };
    return this.transmit(encodeLandmarksMessage(header, this.#skeleton, { frameWidth, frameHeight, tracks: whole }));
  }
}

/** A point as models for browsers answer it. */
export interface FoundPoint {
  readonly x: number;
  readonly y: number;
  readonly z?: number;
  readonly visibility?: number;
}

/**
 * Points as the rows of a track.
 * @param visibility - of every point, for models that do not tell it: MediaPipe's hands say 0 and mean 1. Left out: each
 *   point's own, 1 where it has none.
 */
export function landmarkRows(points: readonly FoundPoint[], visibility?: number): LandmarkArray {
  return Float32Array.from(
    points.flatMap((point) => [point.x, point.y, point.z ?? 0, visibility ?? point.visibility ?? 1]),
  );
}
