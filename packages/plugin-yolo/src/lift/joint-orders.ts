import { KEYPOINTS } from './keypoint-grid.js';

/** The order of a body's 17 points: COCO's, or that of Human3.6M as VideoPose3D has it. */
export type JointOrder = 'coco' | 'h36m';

/** For each point of Human3.6M the points of COCO whose mean it is. The head is taken to be between the eyes. */
const H36M_OF_COCO: readonly (readonly number[])[] = [
  [11, 12], // pelvis
  [12],
  [14],
  [16],
  [11],
  [13],
  [15],
  [11, 12, 5, 6], // spine
  [5, 6], // thorax
  [0], // neck or nose
  [1, 2], // head
  [5],
  [7],
  [9],
  [6],
  [8],
  [10],
];

/** For each point of COCO that of Human3.6M; eyes and ears are not among them and lie at the head. */
const COCO_OF_H36M: readonly number[] = [9, 10, 10, 10, 10, 11, 14, 12, 15, 13, 16, 4, 1, 5, 2, 6, 3];

/** Points of COCO that no point of Human3.6M stands for. */
const NOT_IN_H36M: readonly number[] = [1, 2, 3, 4];

/** Points [frames, 17, 2] in COCO's order as those of Human3.6M. */
export function toH36m(places: Float32Array): Float32Array {
  const result = new Float32Array(places.length);
  for (let at = 0; at < places.length; at += 1) {
    const frame = Math.floor(at / (KEYPOINTS * 2)) * KEYPOINTS * 2;
    const sources = H36M_OF_COCO[Math.floor((at - frame) / 2)] ?? [];
    const sum = sources.reduce((total, point) => total + (places[frame + point * 2 + (at % 2)] ?? 0), 0);
    result[at] = sum / sources.length;
  }
  return result;
}

/** Joints [17, 3] in an order as those of COCO, moved so that the middle of the hips is the origin. */
export function toRootedCoco(joints: Float32Array, order: JointOrder): Float32Array {
  const value = (point: number, axis: number): number =>
    joints[(order === 'coco' ? point : (COCO_OF_H36M[point] ?? 0)) * 3 + axis] ?? 0;
  const root = [0, 1, 2].map((axis) => (value(11, axis) + value(12, axis)) / 2);
  return Float32Array.from(joints, (_, at) => value(Math.floor(at / 3), at % 3) - (root[at % 3] ?? 0));
}

/** Whether an order has a point of its own for this one of COCO. */
export function hasPoint(order: JointOrder, point: number): boolean {
  return order === 'coco' || !NOT_IN_H36M.includes(point);
}
