import type { Side } from '../hand/joints.js';

/** The name and version of the truth file's format. */
export const TRUTH_FORMAT = 'kinegraph-signer-truth';
export const TRUTH_VERSION = 1;

/** The first line of a truth file. */
export interface TruthHeader {
  readonly format: typeof TRUTH_FORMAT;
  readonly version: typeof TRUTH_VERSION;
  /** The file name of the clip that it belongs to, in the same folder. */
  readonly clip: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** How many lines follow, one a frame. */
  readonly frames: number;
  readonly seed: number;
  readonly skeleton: 'hand-21';
}

/** A point of the picture: x and y as fractions of width and height, z on about the scale of x, smaller nearer the camera, 0 at the wrist. */
export type TruthPoint = readonly [x: number, y: number, z: number];

/** One line of a truth file: what one frame shows. */
export interface TruthFrame {
  /** Counts from 0. */
  readonly frame: number;
  readonly timestampMs: number;
  /** The sign that is made; null without a hand and on the way from one sign to another. */
  readonly sign: string | null;
  /** The signer's own right or left hand, which is also what MediaPipe tells of a picture that is not mirrored. */
  readonly handedness: Side | null;
  /** 21 points in the order of the skeleton; null when none of them is inside the picture. Single points may lie outside 0-1. */
  readonly points: readonly TruthPoint[] | null;
}

/** A whole truth file. */
export interface Truth {
  readonly header: TruthHeader;
  readonly frames: readonly TruthFrame[];
}
