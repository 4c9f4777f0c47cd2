import type { SeededRandom } from '@kinegraph/signer';
import { LIMITS, limit, standing, type ArmPose, type BodyPose, type LegPose } from './pose.js';

/** What a body does at a moment in seconds; writes into a pose that stands. */
type Movement = (pose: BodyPose, seconds: number) => void;

/** Draws one way of doing a motion. */
type Motion = (random: SeededRandom) => Movement;

/** A swing of a random pace: -1 to 1. */
function swing(random: SeededRandom, leastHz: number, mostHz: number): (seconds: number) => number {
  const pace = 2 * Math.PI * random.between(leastHz, mostHz);
  const phase = random.between(0, 2 * Math.PI);
  return (seconds) => Math.sin(phase + pace * seconds);
}

/** A way from 0 to 1 and perhaps back, of which a window may see any part. */
function course(random: SeededRandom, leastS: number, mostS: number): (seconds: number) => number {
  const lasts = random.between(leastS, mostS);
  const startS = random.between(-lasts, 1);
  const stays = random.between(0, 0.6);
  return (seconds) => {
    const at = (seconds - startS) / lasts;
    const rise = Math.min(1, Math.max(0, at));
    const fall = Math.min(1, Math.max(0, at - 1 - stays));
    const eased = (value: number): number => value * value * (3 - 2 * value);
    return eased(rise) - eased(fall);
  };
}

function walk(random: SeededRandom): Movement {
  const [size, bends] = [random.between(0.5, 1.4), random.between(5, 35)];
  const pace = 2 * Math.PI * random.between(0.7, 1.2);
  const phase = random.between(0, 2 * Math.PI);
  const arms = random.between(0.3, 1.3);
  return (pose, seconds) => {
    const angle = phase + pace * seconds;
    pose.twist += 6 * size * Math.sin(angle);
    pose.bend += 3;
    for (const [index, leg] of pose.legs.entries()) {
      const step = Math.sin(angle + index * Math.PI);
      const lift = Math.max(0, Math.cos(angle + index * Math.PI));
      leg.flex += size * (5 + 24 * step);
      leg.knee += size * (8 + 48 * lift);
      const arm = pose.arms[index];
      if (arm === undefined) continue;
      arm.flex -= arms * size * 22 * step;
      arm.elbow += bends;
    }
  };
}

function run(random: SeededRandom): Movement {
  const [pace, phase] = [2 * Math.PI * random.between(1.2, 1.6), random.between(0, 2 * Math.PI)];
  const size = random.between(0.7, 1.2);
  return (pose, seconds) => {
    const angle = phase + pace * seconds;
    pose.lean += 8;
    for (const [index, leg] of pose.legs.entries()) {
      const step = Math.sin(angle + index * Math.PI);
      leg.flex += size * (18 + 38 * step);
      leg.knee += size * (30 + 60 * Math.max(0, Math.cos(angle + index * Math.PI)));
      const arm = pose.arms[index];
      if (arm === undefined) continue;
      arm.flex -= size * 40 * step;
      arm.elbow += 75;
    }
  };
}

/** One of two, or both. */
function sides(random: SeededRandom): readonly (0 | 1)[] {
  const draw = random.next();
  if (draw < 0.4) return [0];
  return draw < 0.8 ? [1] : [0, 1];
}

function wave(random: SeededRandom): Movement {
  const which = sides(random);
  const beat = swing(random, 1, 2.4);
  const [abduct, flex, elbow] = [random.between(30, 110), random.between(0, 70), random.between(40, 120)];
  const [axial, size] = [random.between(-60, -20), random.between(10, 35)];
  return (pose, seconds) => {
    for (const index of which) {
      const arm = pose.arms[index];
      arm.abduct += abduct;
      arm.flex += flex;
      arm.elbow += elbow + size * beat(seconds);
      arm.axial += axial + size * 0.5 * beat(seconds);
    }
  };
}

function reach(random: SeededRandom): Movement {
  const which = sides(random);
  const way = course(random, 0.4, 1.5);
  const [flex, abduct] = [random.between(40, 165), random.between(-8, 60)];
  const [bend, twist, bends] = [random.between(0, 40), random.between(-25, 25), random.between(0, 30)];
  const elbow = random.between(0, 50);
  return (pose, seconds) => {
    const done = way(seconds);
    pose.bend += bend * done;
    pose.twist += twist * done;
    for (const leg of pose.legs) leg.knee += bends * done;
    for (const index of which) {
      const arm = pose.arms[index];
      arm.flex += flex * done;
      arm.abduct += abduct * done;
      arm.elbow += elbow * done + 60 * done * (1 - done);
    }
  };
}

function sit(random: SeededRandom): Movement {
  const flex = random.between(75, 105);
  const [knees, apart] = [random.between(50, 110), random.between(0, 25)];
  const [bend, leanBack] = [random.between(-8, 30), random.between(-12, 8)];
  const arms = [0, 1].map(() => ({
    flex: random.between(5, 70),
    elbow: random.between(20, 110),
    axial: random.between(-10, 70),
  }));
  const way = random.next() < 0.3 ? course(random, 0.8, 1.8) : () => 1;
  const sway = swing(random, 0.1, 0.5);
  return (pose, seconds) => {
    const done = way(seconds);
    pose.lean += leanBack * done + 35 * done * (1 - done);
    pose.bend += (bend + 4 * sway(seconds)) * done;
    for (const [index, leg] of pose.legs.entries()) {
      leg.flex += flex * done;
      leg.knee += knees * done;
      leg.abduct += apart * done;
      const [arm, drawn] = [pose.arms[index], arms[index]];
      if (arm === undefined || drawn === undefined) continue;
      arm.flex += drawn.flex * done;
      arm.elbow += drawn.elbow * done;
      arm.axial += drawn.axial * done;
    }
  };
}

function squat(random: SeededRandom): Movement {
  const beat = swing(random, 0.3, 0.8);
  const [depth, apart, arms] = [random.between(40, 110), random.between(0, 25), random.between(0, 90)];
  return (pose, seconds) => {
    const down = (1 + beat(seconds)) / 2;
    pose.lean += depth * 0.35 * down;
    for (const leg of pose.legs) {
      leg.flex += depth * down;
      leg.knee += depth * 1.15 * down;
      leg.abduct += apart;
    }
    for (const arm of pose.arms) arm.flex += arms * down;
  };
}

function turn(random: SeededRandom): Movement {
  const speed = random.between(40, 160) * (random.next() < 0.5 ? -1 : 1);
  const steps = walk(random);
  const size = random.between(0, 1);
  return (pose, seconds) => {
    pose.yaw += speed * seconds;
    pose.headYaw += speed * 0.12;
    if (size > 0.4) steps(pose, seconds);
  };
}

/** Standing while arms, chest and head go from pose to pose: talking, folding hands, pointing. */
function gesture(random: SeededRandom): Movement {
  const from = randomUpperBody(random, 0.8);
  const to = randomUpperBody(random, 0.8);
  const way = course(random, 0.3, 1.2);
  const bob = swing(random, 0.5, 1.5);
  return (pose, seconds) => {
    const done = way(seconds);
    mixInto(pose, from, 1 - done);
    mixInto(pose, to, done);
    for (const arm of pose.arms) arm.elbow += 6 * bob(seconds);
  };
}

/** From any pose that joints can take to any other. */
function wander(random: SeededRandom): Movement {
  const [from, to] = [randomBody(random), randomBody(random)];
  const way = course(random, 0.4, 2);
  return (pose, seconds) => {
    const done = way(seconds);
    mixInto(pose, from, 1 - done);
    mixInto(pose, to, done);
  };
}

function jumpingJack(random: SeededRandom): Movement {
  const beat = swing(random, 0.8, 1.4);
  const [arms, legs] = [random.between(100, 140), random.between(15, 30)];
  return (pose, seconds) => {
    const open = (1 + beat(seconds)) / 2;
    for (const arm of pose.arms) arm.abduct += arms * open;
    for (const leg of pose.legs) {
      leg.abduct += legs * open;
      leg.knee += 20 * open * (1 - open);
    }
  };
}

function kick(random: SeededRandom): Movement {
  const which = random.next() < 0.5 ? 0 : 1;
  const way = course(random, 0.3, 0.8);
  const [flex, aside] = [random.between(40, 100), random.between(0, 35)];
  return (pose, seconds) => {
    const done = way(seconds);
    const leg = pose.legs[which];
    leg.flex += flex * done;
    leg.abduct += aside * done;
    leg.knee += 80 * done * (1 - done);
    pose.lean -= 12 * done;
    for (const arm of pose.arms) arm.abduct += 35 * done;
  };
}

function bow(random: SeededRandom): Movement {
  const [way, deep] = [course(random, 0.6, 1.5), random.between(30, 75)];
  return (pose, seconds) => {
    const done = way(seconds);
    pose.bend += deep * 0.6 * done;
    pose.lean += deep * 0.4 * done;
    for (const leg of pose.legs) leg.flex += deep * 0.4 * done; // the legs stay upright
    pose.nod += 20 * done;
  };
}

function throwing(random: SeededRandom): Movement {
  const which = random.next() < 0.5 ? 0 : 1;
  const way = course(random, 0.5, 1);
  const twist = random.between(15, 35) * (which === 0 ? 1 : -1);
  return (pose, seconds) => {
    const done = way(seconds);
    const arm = pose.arms[which];
    arm.abduct += 80 * (1 - done * 0.5);
    arm.flex += 100 * done - 20;
    arm.axial += -60 + 80 * done;
    arm.elbow += 90 * (1 - done);
    pose.twist += twist * (1 - 2 * done);
    const leg = pose.legs[which === 0 ? 1 : 0];
    leg.flex += 30 * done;
    leg.knee += 25 * done;
  };
}

/** Motions that are learnt from. */
export const MOTIONS: Readonly<Record<string, Motion>> = { walk, run, wave, reach, sit, squat, turn, gesture, wander };

/** Motions that no training sees: what a lift is measured on besides. */
export const HELD_OUT_MOTIONS: Readonly<Record<string, Motion>> = { jumpingJack, kick, bow, throwing };

/**
 * A body in motion.
 * @returns writes the pose at a moment in seconds; all moments of one body go together
 */
export function moving(motion: Motion, random: SeededRandom): (seconds: number) => BodyPose {
  const movement = motion(random);
  // Most people in pictures are turned towards the camera, but all turns come up.
  const yaw = random.next() < 0.5 ? random.normal(0, 30) : random.between(-180, 180);
  const habit = standing();
  for (const part of [...habit.arms, ...habit.legs]) jitter(part, random, 6);
  const trunk = {
    bend: random.normal(0, 4),
    side: random.normal(0, 3),
    headYaw: random.normal(0, 18),
    nod: random.normal(4, 8),
  };
  const sway = swing(random, 0.1, 0.6);
  return (seconds) => {
    const pose: BodyPose = {
      ...habit,
      ...trunk,
      arms: [{ ...habit.arms[0] }, { ...habit.arms[1] }],
      legs: [{ ...habit.legs[0] }, { ...habit.legs[1] }],
    };
    pose.tip += 1.5 * sway(seconds);
    movement(pose, seconds);
    pose.yaw += yaw;
    limit(pose);
    return pose;
  };
}

function jitter(part: ArmPose | LegPose, random: SeededRandom, degrees: number): void {
  part.flex += random.normal(0, degrees);
  part.abduct += random.normal(0, degrees / 2);
  part.axial += random.normal(0, degrees * 2);
}

function drawn<Key extends string>(
  limits: Readonly<Record<Key, readonly [number, number]>>,
  random: SeededRandom,
  share: number,
): Record<Key, number> {
  const entries = Object.entries<readonly [number, number]>(limits);
  // Poses near the middle come up more than those at a limit.
  const between = (least: number, most: number): number =>
    least + (most - least) * (0.5 + share * (random.next() + random.next() - 1) * 0.5 * 1.4);
  return Object.fromEntries(entries.map(([key, [least, most]]) => [key, between(least, most)])) as Record<Key, number>;
}

function randomUpperBody(random: SeededRandom, share: number): BodyPose {
  const base = standing();
  return {
    ...base,
    ...drawn(LIMITS.trunk, random, share * 0.6),
    bend: random.between(-5, 20),
    arms: [drawn(LIMITS.arm, random, share), drawn(LIMITS.arm, random, share)],
  };
}

function randomBody(random: SeededRandom): BodyPose {
  return {
    ...randomUpperBody(random, 1),
    lean: random.between(-10, 40),
    tip: random.between(-15, 15),
    ...drawn(LIMITS.trunk, random, 1),
    legs: [drawn(LIMITS.leg, random, 1), drawn(LIMITS.leg, random, 1)],
  };
}

/** Adds a share of another pose. */
function mixInto(pose: BodyPose, other: BodyPose, share: number): void {
  for (const key of ['lean', 'tip', 'bend', 'side', 'twist', 'headYaw', 'nod', 'tilt'] as const)
    pose[key] += other[key] * share;
  for (const index of [0, 1] as const) {
    const [arm, leg] = [pose.arms[index], pose.legs[index]];
    for (const key of ['flex', 'abduct', 'axial', 'elbow'] as const) arm[key] += other.arms[index][key] * share;
    for (const key of ['flex', 'abduct', 'axial', 'knee'] as const) leg[key] += other.legs[index][key] * share;
  }
}
