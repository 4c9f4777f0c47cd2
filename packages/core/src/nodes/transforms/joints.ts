import { hand21, pose33 } from '../../vision/index.js';
import type { Skeleton } from '../../vision/index.js';

/** A joint: the angle at `vertex` between `from` and `to`, all indices of landmarks. */
export interface Joint {
  readonly name: string;
  readonly from: number;
  readonly vertex: number;
  readonly to: number;
}

/** The joints of each skeleton that we know angles of. */
export const JOINTS_OF_SKELETON: ReadonlyMap<string, readonly Joint[]> = new Map([
  [pose33.id, poseJoints()],
  [hand21.id, handJoints()],
]);

function poseJoints(): readonly Joint[] {
  return ['left', 'right'].flatMap((side) => [
    joint(pose33, `${side}Elbow`, `${side}Shoulder`, `${side}Elbow`, `${side}Wrist`),
    joint(pose33, `${side}Shoulder`, `${side}Elbow`, `${side}Shoulder`, `${side}Hip`),
    joint(pose33, `${side}Hip`, `${side}Shoulder`, `${side}Hip`, `${side}Knee`),
    joint(pose33, `${side}Knee`, `${side}Hip`, `${side}Knee`, `${side}Ankle`),
    joint(pose33, `${side}Wrist`, `${side}Elbow`, `${side}Wrist`, `${side}Index`),
  ]);
}

function handJoints(): readonly Joint[] {
  const thumb = [
    joint(hand21, 'thumbCmc', 'wrist', 'thumbCmc', 'thumbMcp'),
    joint(hand21, 'thumbMcp', 'thumbCmc', 'thumbMcp', 'thumbIp'),
    joint(hand21, 'thumbIp', 'thumbMcp', 'thumbIp', 'thumbTip'),
  ];
  const fingers = ['index', 'middle', 'ring', 'pinky'].flatMap((finger) => [
    joint(hand21, `${finger}Mcp`, 'wrist', `${finger}Mcp`, `${finger}Pip`),
    joint(hand21, `${finger}Pip`, `${finger}Mcp`, `${finger}Pip`, `${finger}Dip`),
    joint(hand21, `${finger}Dip`, `${finger}Pip`, `${finger}Dip`, `${finger}Tip`),
  ]);
  return [...thumb, ...fingers];
}

function joint(skeleton: Skeleton, name: string, from: string, vertex: string, to: string): Joint {
  const indexOf = (point: string): number => {
    const index = skeleton.points.indexOf(point);
    if (index < 0) throw new RangeError(`Skeleton ${skeleton.id} has no point "${point}".`);
    return index;
  };
  return { name, from: indexOf(from), vertex: indexOf(vertex), to: indexOf(to) };
}
