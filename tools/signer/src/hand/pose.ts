import type { FingerName, LongFingerName } from './joints.js';

/** The bend of a finger with three phalanges, in degrees; all zero is straight and in line with its metacarpal. */
export interface LongFingerPose {
  /** Sideways at the knuckle, positive towards the thumb. */
  readonly spread: number;
  /** Towards the palm at the knuckle (MCP). */
  readonly mcp: number;
  /** Towards the palm at the middle joint (PIP). */
  readonly pip: number;
  /** Towards the palm at the last joint (DIP). */
  readonly dip: number;
}

/** The bend of the thumb, in degrees. */
export interface ThumbPose {
  /** Metacarpal away from the index finger, in the plane of the palm. */
  readonly abduction: number;
  /** Metacarpal out of the plane of the palm, towards the palm's side. */
  readonly opposition: number;
  /** Which way the thumb bends: 0 across the plane of the palm, 90 straight out of it. */
  readonly roll: number;
  /** Bend at the thumb's knuckle (MCP). */
  readonly mcp: number;
  /** Bend at the thumb's last joint (IP). */
  readonly ip: number;
}

/** The angles of all finger joints of one hand; the wrist's place and turn are not part of it. */
export interface HandPose {
  readonly thumb: ThumbPose;
  readonly index: LongFingerPose;
  readonly middle: LongFingerPose;
  readonly ring: LongFingerPose;
  readonly little: LongFingerPose;
}

/**
 * The pose between two poses.
 * @param shareOf - for each finger how far it has come from `from` (0) to `to` (1), so that fingers may move one after another.
 */
export function mixPose(from: HandPose, to: HandPose, shareOf: (finger: FingerName) => number): HandPose {
  const long = (finger: LongFingerName): LongFingerPose => mixLongFinger(from[finger], to[finger], shareOf(finger));
  return {
    thumb: mixThumb(from.thumb, to.thumb, shareOf('thumb')),
    index: long('index'),
    middle: long('middle'),
    ring: long('ring'),
    little: long('little'),
  };
}

/** `pose` with `degrees` added to the knuckles of the four fingers: a nod with the fingers or the beat of a wave. */
export function bendKnuckles(pose: HandPose, degrees: number): HandPose {
  const bent = (finger: LongFingerName): LongFingerPose => ({ ...pose[finger], mcp: pose[finger].mcp + degrees });
  return {
    thumb: pose.thumb,
    index: bent('index'),
    middle: bent('middle'),
    ring: bent('ring'),
    little: bent('little'),
  };
}

function mixLongFinger(from: LongFingerPose, to: LongFingerPose, share: number): LongFingerPose {
  return {
    spread: between(from.spread, to.spread, share),
    mcp: between(from.mcp, to.mcp, share),
    pip: between(from.pip, to.pip, share),
    dip: between(from.dip, to.dip, share),
  };
}

function mixThumb(from: ThumbPose, to: ThumbPose, share: number): ThumbPose {
  return {
    abduction: between(from.abduction, to.abduction, share),
    opposition: between(from.opposition, to.opposition, share),
    roll: between(from.roll, to.roll, share),
    mcp: between(from.mcp, to.mcp, share),
    ip: between(from.ip, to.ip, share),
  };
}

function between(start: number, end: number, share: number): number {
  return start + (end - start) * share;
}
