import type { Skeleton } from '../skeletons.js';

const finger = (name: string): string[] => ['Mcp', 'Pip', 'Dip', 'Tip'].map((joint) => `${name}${joint}`);

/** The 21 points of a hand as MediaPipe numbers them. */
export const hand21: Skeleton = {
  id: 'hand-21',
  title: 'Hand, 21 points',
  points: [
    'wrist',
    'thumbCmc',
    'thumbMcp',
    'thumbIp',
    'thumbTip',
    ...finger('index'),
    ...finger('middle'),
    ...finger('ring'),
    ...finger('pinky'),
  ],
  connections: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [0, 5],
    [5, 6],
    [6, 7],
    [7, 8],
    [5, 9],
    [9, 10],
    [10, 11],
    [11, 12],
    [9, 13],
    [13, 14],
    [14, 15],
    [15, 16],
    [13, 17],
    [0, 17],
    [17, 18],
    [18, 19],
    [19, 20],
  ],
};
