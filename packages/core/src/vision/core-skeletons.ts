import type { Skeleton } from './skeletons.js';
import { coco17 } from './skeletons/coco-17.js';
import { hand21 } from './skeletons/hand-21.js';
import { pose33 } from './skeletons/pose-33.js';

/** The skeletons that the core brings. */
export const coreSkeletons: readonly Skeleton[] = [hand21, pose33, coco17];
