import type { Vec3 } from './vec3.js';

/** How a hand is turned, in degrees; all zero is fingers up, palm to the camera. */
export interface Orientation {
  /** About the upright axis: positive turns the palm to the right of the picture. */
  readonly yaw: number;
  /** About the axis to the right: positive tips the fingers towards the camera. */
  readonly pitch: number;
  /** About the axis to the camera: positive tips the fingers to the left of the picture. */
  readonly roll: number;
}

/** A rotation as the images of the three axes. */
export interface Rotation {
  readonly x: Vec3;
  readonly y: Vec3;
  readonly z: Vec3;
}

/** Degrees to radians. */
export function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** The rotation roll * pitch * yaw: the hand is first turned about its own length, then tipped, then rolled in the picture. */
export function rotationOf(orientation: Orientation): Rotation {
  const [cy, sy] = [Math.cos(radians(orientation.yaw)), Math.sin(radians(orientation.yaw))];
  const [cp, sp] = [Math.cos(radians(orientation.pitch)), Math.sin(radians(orientation.pitch))];
  const [cr, sr] = [Math.cos(radians(orientation.roll)), Math.sin(radians(orientation.roll))];
  const turn = (x: number, y: number, z: number): Vec3 => {
    const [yawedX, yawedZ] = [cy * x + sy * z, cy * z - sy * x];
    const [pitchedY, pitchedZ] = [cp * y - sp * yawedZ, cp * yawedZ + sp * y];
    return [cr * yawedX - sr * pitchedY, cr * pitchedY + sr * yawedX, pitchedZ];
  };
  return { x: turn(1, 0, 0), y: turn(0, 1, 0), z: turn(0, 0, 1) };
}

/** `point` turned by `rotation`. */
export function rotate(rotation: Rotation, point: Vec3): Vec3 {
  const { x, y, z } = rotation;
  return [
    x[0] * point[0] + y[0] * point[1] + z[0] * point[2],
    x[1] * point[0] + y[1] * point[1] + z[1] * point[2],
    x[2] * point[0] + y[2] * point[1] + z[2] * point[2],
  ];
}
