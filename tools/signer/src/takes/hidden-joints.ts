import { BONES, JOINT_COUNT } from '../hand/joints.js';

/** The outline of the palm, by its joints. */
const PALM = [0, 1, 5, 9, 13, 17] as const;
/** Half the thickness of a finger, how much nearer it must be to hide something, and how much nearer the palm, in palm lengths. */
const FINGER = 0.085;
const NEARER = 0.12;
const PALM_NEARER = 0.05;

/**
 * Finds the joints that the hand itself hides from the camera.
 * @param points - shape [21, 3], row-major: x, y, z on one scale, z smaller nearer the camera.
 * @param palm - a palm length on that scale.
 * @param hidden - is filled: shape [21], 1 where a joint is hidden.
 */
export function findHidden(points: Float64Array, palm: number, hidden: Uint8Array): void {
  let nearest = Infinity;
  for (let joint = 0; joint < JOINT_COUNT; joint += 1) nearest = Math.min(nearest, points[joint * 3 + 2] ?? 0);
  for (let joint = 0; joint < JOINT_COUNT; joint += 1) {
    hidden[joint] = 0;
    if ((points[joint * 3 + 2] ?? 0) < nearest + PALM_NEARER * palm) continue; // nothing is before it
    hidden[joint] = isBehindPalm(points, joint, palm) || isBehindBone(points, joint, palm) ? 1 : 0;
  }
}

function isBehindPalm(points: Float64Array, joint: number, palm: number): boolean {
  if (joint < 2 || joint % 4 === 1) return false; // a corner of the palm
  const x = points[joint * 3] ?? 0;
  const y = points[joint * 3 + 1] ?? 0;
  const z = points[joint * 3 + 2] ?? 0;
  let isInside = false;
  let depth = 0;
  for (let corner = 0; corner < PALM.length; corner += 1) {
    const a = (PALM[corner] ?? 0) * 3;
    const b = (PALM[(corner + 1) % PALM.length] ?? 0) * 3;
    const ax = points[a] ?? 0;
    const ay = points[a + 1] ?? 0;
    const bx = points[b] ?? 0;
    const by = points[b + 1] ?? 0;
    depth += (points[a + 2] ?? 0) / PALM.length;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside;
  }
  return isInside && z > depth + PALM_NEARER * palm;
}

function isBehindBone(points: Float64Array, joint: number, palm: number): boolean {
  const finger = (joint - 1) >> 2;
  const x = points[joint * 3] ?? 0;
  const y = points[joint * 3 + 1] ?? 0;
  const nearer = (points[joint * 3 + 2] ?? 0) - NEARER * palm;
  const reach = FINGER * palm;
  for (let bone = 0; bone < BONES.length; bone += 1) {
    if (bone >> 2 === finger || bone % 4 === 0) continue;
    // Bones other than the first of a finger end in joint bone + 1 and begin in the one before it.
    const a = bone * 3;
    const az = points[a + 2] ?? 0;
    const bz = points[a + 5] ?? 0;
    if (az >= nearer && bz >= nearer) continue;
    const ax = points[a] ?? 0;
    const ay = points[a + 1] ?? 0;
    const dx = (points[a + 3] ?? 0) - ax;
    const dy = (points[a + 4] ?? 0) - ay;
    const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy + 1e-12);
    const t = along < 0 ? 0 : along > 1 ? 1 : along;
    const ex = ax + dx * t - x;
    const ey = ay + dy * t - y;
    if (ex * ex + ey * ey <= reach * reach && az + (bz - az) * t < nearer) return true;
  }
  return false;
}
