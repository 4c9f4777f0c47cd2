/** An arm's angles in degrees. With all at 0 it hangs down, the crook of the elbow to the front. */
export interface ArmPose {
  /** Raised to the front. */
  flex: number;
  /** Raised to its side. */
  abduct: number;
  /** Turned about itself, inwards. */
  axial: number;
  elbow: number;
}

/** A leg's angles in degrees. With all at 0 it is straight down. */
export interface LegPose {
  flex: number;
  abduct: number;
  axial: number;
  knee: number;
}

/** A body's angles in degrees; all 0 is standing upright. */
export interface BodyPose {
  /** Of the whole body: turned to its left, leant to the front, tipped to its right. */
  yaw: number;
  lean: number;
  tip: number;
  /** Of the chest on the pelvis: to the front, to its right, turned to its left. */
  bend: number;
  side: number;
  twist: number;
  headYaw: number;
  nod: number;
  tilt: number;
  readonly arms: readonly [left: ArmPose, right: ArmPose];
  readonly legs: readonly [left: LegPose, right: LegPose];
}

/** What joints can do, in degrees; also what random poses are drawn from. */
export const LIMITS = {
  trunk: { bend: [-15, 55], side: [-25, 25], twist: [-35, 35], headYaw: [-55, 55], nod: [-25, 35], tilt: [-20, 20] },
  arm: { flex: [-40, 170], abduct: [-10, 150], axial: [-60, 80], elbow: [0, 145] },
  leg: { flex: [-20, 115], abduct: [-10, 45], axial: [-25, 35], knee: [0, 140] },
} as const;

/** A body that stands upright. */
export function standing(): BodyPose {
  const arm = (): ArmPose => ({ flex: 0, abduct: 8, axial: 0, elbow: 12 });
  const leg = (): LegPose => ({ flex: 0, abduct: 3, axial: 0, knee: 3 });
  return {
    ...{ yaw: 0, lean: 0, tip: 0, bend: 0, side: 0, twist: 0, headYaw: 0, nod: 0, tilt: 0 },
    arms: [arm(), arm()],
    legs: [leg(), leg()],
  };
}

/** Brings every angle into its limits. */
export function limit(pose: BodyPose): void {
  clampInto(pose, LIMITS.trunk);
  for (const arm of pose.arms) clampInto(arm, LIMITS.arm);
  for (const leg of pose.legs) clampInto(leg, LIMITS.leg);
}

function clampInto<Key extends string>(
  target: { [Name in NoInfer<Key>]: number },
  limits: Readonly<Record<Key, readonly [least: number, most: number]>>,
): void {
  for (const key in limits) {
    const [least, most] = limits[key];
    target[key] = Math.min(most, Math.max(least, target[key]));
  }
}
