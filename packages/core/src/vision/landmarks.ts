/** Values for each landmark in a LandmarkArray: x, y, z, visibility. */
export const LANDMARK_STRIDE = 4;

/** Scores may leave 0-1 by this much: models round. */
const SCORE_TOLERANCE = 1e-3;

/** True for a score or a visibility. */
export function isScore(value: unknown): value is number {
  return typeof value === 'number' && value >= -SCORE_TOLERANCE && value <= 1 + SCORE_TOLERANCE;
}

/**
 * Shape [points, 4], row-major: x, y, z, visibility (0-1; 1 where the model gives none).
 * Image landmarks: x, y as fractions of the frame's width and height (they may leave 0-1 off screen), z on about the
 * scale of x, smaller nearer the camera. World landmarks: metres; the origin is the skeleton's own.
 */
export type LandmarkArray = Float32Array;

export type Handedness = 'left' | 'right';

/** One hand or person in one frame. */
export interface TrackedLandmarks {
  /** The skeleton's id: `hand-21`, `pose-33`, `coco-17`, or a contributed one. */
  readonly skeleton: string;
  /** The identity from frame to frame; unique for its skeleton within a run. */
  readonly trackId: number;
  /** How sure the model is, 0-1. */
  readonly score: number;
  /** The person's own left or right; hands only. */
  readonly handedness?: Handedness;
  /** 0-1. */
  readonly handednessScore?: number;
  readonly image: LandmarkArray;
  readonly world?: LandmarkArray;
}

/** The value of ports `landmarks/<skeleton>`: everything found in one frame, possibly nothing. */
export interface Landmarks {
  /** Size in pixels of the frame the fractions refer to. */
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly tracks: readonly TrackedLandmarks[];
}

/** The angles of one hand or person, in degrees (0-180), by joint name; joints that cannot be seen are left out. */
export interface TrackedAngles {
  readonly skeleton: string;
  readonly trackId: number;
  readonly handedness?: Handedness;
  readonly degrees: Readonly<Record<string, number>>;
}

/** The value of ports `angles`. */
export interface Angles {
  readonly tracks: readonly TrackedAngles[];
}

/** One label of a classification with its score, 0-1. */
export interface LabelScore {
  readonly label: string;
  readonly score: number;
}

/** The value of ports `classification`: the best label of one track and what else it might be, best first. */
export interface Classification {
  readonly tracks: readonly (LabelScore & { readonly trackId: number; readonly alternatives: readonly LabelScore[] })[];
}

/** A box in pixels from the top left of the frame. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The value of ports `detections`. */
export interface Detections {
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly detections: readonly (LabelScore & { readonly box: Box; readonly trackId?: number })[];
}
