import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig } from '../../kinds/index.js';
import type { Transform } from '../../kinds/index.js';
import { jointAngleDegrees, visibilityOf } from '../../vision/index.js';
import type { Angles, LandmarkArray, Landmarks, TrackedAngles, TrackedLandmarks } from '../../vision/index.js';
import { JOINTS_OF_SKELETON } from './joints.js';
import type { Joint } from './joints.js';

export const JointAnglesConfig = z.strictObject({
  minVisibility: z.number().min(0).max(1).default(0.5).meta({
    title: 'Minimum visibility',
    description: 'A joint is left out where one of its three points is less visible than this.',
  }),
});
export type JointAnglesConfig = z.infer<typeof JointAnglesConfig>;

/**
 * The angle of each joint in space, from world landmarks: elbows, shoulders, hips, knees and wrists of bodies, all finger
 * joints of hands. Objects without world landmarks, or of a skeleton without known joints, have no angles.
 */
@injectable()
export class JointAngles implements Transform<Landmarks, Angles> {
  #minVisibility: number;

  constructor(@inject(NodeConfig) config: JointAnglesConfig) {
    this.#minVisibility = config.minVisibility;
  }

  transform(landmarks: Landmarks): Angles {
    return { tracks: landmarks.tracks.map((track) => this.#anglesOf(track)) };
  }

  reconfigure(config: unknown): boolean {
    this.#minVisibility = (config as JointAnglesConfig).minVisibility; // validated before it comes here
    return true;
  }

  #anglesOf(track: TrackedLandmarks): TrackedAngles {
    const { skeleton, trackId, handedness, world } = track;
    const joints = world === undefined ? [] : (JOINTS_OF_SKELETON.get(skeleton) ?? []);
    const angles = joints.flatMap((joint) => {
      const degrees = world === undefined ? Number.NaN : this.#angleOf(joint, world);
      return Number.isNaN(degrees) ? [] : [[joint.name, degrees] as const];
    });
    return {
      skeleton,
      trackId,
      ...(handedness === undefined ? {} : { handedness }),
      degrees: Object.fromEntries(angles),
    };
  }

  #angleOf({ from, vertex, to }: Joint, world: LandmarkArray): number {
    for (const index of [from, vertex, to]) if (!(visibilityOf(world, index) >= this.#minVisibility)) return Number.NaN;
    return jointAngleDegrees(world, from, vertex, to);
  }
}
