import type { Skeleton } from '@kinegraph/core';

/** How a skeleton is drawn. */
export interface SkeletonStyle {
  /** Of bones and joints: any CSS colour. */
  readonly color: string;
  /** Around them, so that they show on any picture. */
  readonly outline: string;
  /** Width of a bone, as a share of the picture's shorter side. */
  readonly boneWidth: number;
  /** Radius of a joint, as a share of the picture's shorter side. */
  readonly jointRadius: number;
}

/** Pink: bodies. */
export const BODY_STYLE: SkeletonStyle = {
  color: '#ff5fa2',
  outline: 'rgb(20 8 14 / 55%)',
  boneWidth: 0.0075,
  jointRadius: 0.0075,
};

/** Teal: hands. Their bones are shorter, and drawn finer. */
export const HAND_STYLE: SkeletonStyle = {
  color: '#2ee6d0',
  outline: 'rgb(4 20 18 / 55%)',
  boneWidth: 0.0055,
  jointRadius: 0.0065,
};

/** Hands are teal, everything else is a body, and pink. */
export function defaultStyle({ id }: Pick<Skeleton, 'id'>): SkeletonStyle {
  return id.startsWith('hand') ? HAND_STYLE : BODY_STYLE;
}
