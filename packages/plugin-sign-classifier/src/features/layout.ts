/** The moments of a window. */
export const WINDOW_FRAMES = 30;
/** The points of a hand. */
export const HAND_POINTS = 21;
/** The values of each moment in `signfeat/1`. */
export const FEATURES_1 = 96;

/**
 * Where each part of `signfeat/1` begins in the 96 values of a moment. All lengths are in palm lengths of the window, all of
 * a right hand: x grows towards the thumb side of an upright right hand seen from its palm, y down, z away from the camera.
 */
export const SIGNFEAT_1 = {
  /** 20 points (all but the wrist) from the wrist: x, y, z. */
  points: 0,
  /** The wrist from its mean place in the window: x, y. */
  wristPath: 60,
  /** The tip of the index finger from its mean place in the window: x, y. */
  tipPath: 62,
  /** Palm lengths a second: x, y. */
  wristVelocity: 64,
  tipVelocity: 66,
  /** The bend at the three joints of each finger, thumb first, from the wrist outwards: radians, 0 is straight. */
  angles: 68,
  /** Radians between the first bones of neighbouring fingers, thumb and index first. */
  abductions: 83,
  /** From tip to tip: see `FEATURE_DISTANCES`. */
  distances: 87,
  /** 1 where the hand was seen, 0 where its place is filled in. */
  seen: 95,
} as const;

/** The values of each moment in `signfeat/2`. */
export const FEATURES_2 = 201;

/** Where each part of `signfeat/2` begins in the 201 values of a moment. */
export const SIGNFEAT_2 = {
  /** `signfeat/1` of the hand that leads. */
  leading: 0,
  /** `signfeat/1` of the other hand; zeros where there is none. */
  other: FEATURES_1,
  /**
   * For the leading hand, then for the other: its wrist from the middle of the shoulders (x, y) and from the nose (x, y), in
   * shoulder widths, mirrored where the leading hand is a left one.
   */
  body: 2 * FEATURES_1,
  /** 1 where a body was seen at that moment. */
  bodySeen: 2 * FEATURES_1 + 8,
} as const;

/** The pairs of points whose distances are told. */
export const FEATURE_DISTANCES: readonly (readonly [from: number, to: number])[] = [
  [4, 8],
  [4, 12],
  [4, 16],
  [4, 20],
  [8, 12],
  [12, 16],
  [16, 20],
  [4, 9],
];

/** The versions of features. A model names the one that it was trained with. */
export const FEATURE_VERSIONS = ['signfeat/1', 'signfeat/2'] as const;
export type FeatureVersion = (typeof FEATURE_VERSIONS)[number];
