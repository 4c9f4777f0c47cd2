/** The fingers in the order of the skeleton "hand-21". */
export const FINGER_NAMES = ['thumb', 'index', 'middle', 'ring', 'little'] as const;
export type FingerName = (typeof FINGER_NAMES)[number];

/** The fingers that have three phalanges: all but the thumb. */
export const LONG_FINGER_NAMES = ['index', 'middle', 'ring', 'little'] as const;
export type LongFingerName = (typeof LONG_FINGER_NAMES)[number];

/** How many joints a hand has. */
export const JOINT_COUNT = 21;

/** The index of the wrist in the skeleton "hand-21". */
export const WRIST = 0;

/** The first of a finger's four joints in the skeleton "hand-21" (thumb: CMC, MCP, IP, tip; others: MCP, PIP, DIP, tip). */
export const FIRST_JOINT: Readonly<Record<FingerName, number>> = {
  thumb: 1,
  index: 5,
  middle: 9,
  ring: 13,
  little: 17,
};

/** All 20 bones as pairs of joints, parent first; each joint but the wrist is the child of exactly one bone. */
export const BONES: readonly (readonly [parent: number, child: number])[] = FINGER_NAMES.flatMap((finger) => {
  const first = FIRST_JOINT[finger];
  return [
    [WRIST, first],
    [first, first + 1],
    [first + 1, first + 2],
    [first + 2, first + 3],
  ] as const;
});

/** Which hand it is, by anatomy (the signer's own right or left). */
export type Side = 'right' | 'left';
