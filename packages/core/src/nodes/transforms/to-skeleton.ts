import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { KinegraphError } from '../../base/index.js';
import { NodeConfig, PortTypes, SkeletonCatalog, requireSkeleton } from '../../kinds/index.js';
import type { Transform } from '../../kinds/index.js';
import { LANDMARK_STRIDE } from '../../vision/index.js';
import type { LandmarkArray, Landmarks, Skeleton, TrackedLandmarks } from '../../vision/index.js';

export const ToSkeletonConfig = z.strictObject({
  to: z.string().min(1).default('coco-17').meta({
    title: 'To skeleton',
    description: 'Id of the skeleton that comes out; its points are found by their names.',
  }),
});
export type ToSkeletonConfig = z.infer<typeof ToSkeletonConfig>;

/** A skeleton cannot be made of another one, since too few of its points have a namesake there. */
export class SkeletonsDifferError extends KinegraphError {
  override readonly name = 'SkeletonsDifferError';
  readonly code = 'CORE_SKELETONS_DIFFER';
  constructor(override readonly data: { from: string; to: string; missing: readonly string[]; points: number }) {
    const { from, to, missing, points } = data;
    super(
      `"${to}" cannot be made of "${from}": of its ${points} points ${missing.length} are not in "${from}" (${missing.slice(0, 4).join(', ')}${missing.length > 4 ? ', ...' : ''}). ` +
        `Three quarters must be there by name. Convert the other way round, or give the points of your own skeletons the same names.`,
    );
  }
}

/** A port type of landmarks of one skeleton: no `*`, and no choice of several. */
const ONE_SKELETON = /^landmarks\/([a-z0-9][a-zA-Z0-9.-]*)$/;
/** Share of the points that must be there: some may be missing, but nobody is made of a few points. */
const LEAST_SHARE = 0.75;

/**
 * Landmarks of one skeleton as those of another, point by point of the same name: pose-33 as coco-17, for comparing models
 * and for swapping them. A point that is not there has visibility 0 and lies in the middle (the mean) of those that are.
 * Identity, score and handedness stay; so does what is of that skeleton already.
 */
@injectable()
export class ToSkeleton implements Transform<Landmarks, Landmarks> {
  readonly #to: string;
  /** For each skeleton that came: for each point of the new one its place in the old one, -1 for none. */
  readonly #places = new Map<string, Int32Array>();

  constructor(
    @inject(NodeConfig) { to }: ToSkeletonConfig,
    @inject(SkeletonCatalog) private readonly skeletons: SkeletonCatalog,
    @inject(PortTypes) private readonly portTypes: PortTypes,
  ) {
    this.#to = to;
  }

  /** @throws SkeletonUnknownError, SkeletonsDifferError - where the graph tells already what will come. */
  open(): void {
    requireSkeleton(this.skeletons, this.#to);
    const from = ONE_SKELETON.exec(this.portTypes.inputs['in'] ?? '')?.[1];
    if (from !== undefined && from !== 'mixed') this.#placesFrom(from);
  }

  /** @throws SkeletonUnknownError, SkeletonsDifferError */
  transform(landmarks: Landmarks): Landmarks {
    return { ...landmarks, tracks: landmarks.tracks.map((track) => this.#convert(track)) };
  }

  #convert(track: TrackedLandmarks): TrackedLandmarks {
    if (track.skeleton === this.#to) return track;
    const places = this.#placesFrom(track.skeleton);
    const { image, world } = track;
    return {
      ...track,
      skeleton: this.#to,
      image: picked(image, places),
      ...(world === undefined ? {} : { world: picked(world, places) }),
    };
  }

  #placesFrom(from: string): Int32Array {
    const known = this.#places.get(from);
    if (known !== undefined) return known;
    const places = placesByName(requireSkeleton(this.skeletons, from), requireSkeleton(this.skeletons, this.#to));
    this.#places.set(from, places);
    return places;
  }
}

function placesByName(from: Skeleton, to: Skeleton): Int32Array {
  const placeOf = new Map(from.points.map((name, place) => [name, place]));
  const missing = to.points.filter((name) => !placeOf.has(name));
  if (to.points.length - missing.length < LEAST_SHARE * to.points.length)
    throw new SkeletonsDifferError({ from: from.id, to: to.id, missing, points: to.points.length });
  return Int32Array.from(to.points, (name) => placeOf.get(name) ?? -1);
}

/** The rows at these places; for -1 the mean of all others, with visibility 0. */
function picked(landmarks: LandmarkArray, places: Int32Array): LandmarkArray {
  const rows = new Float32Array(places.length * LANDMARK_STRIDE);
  const middle: [x: number, y: number, z: number] = [0, 0, 0];
  const found = places.reduce((count, place) => (place < 0 ? count : count + 1), 0);
  for (const [point, place] of places.entries()) {
    if (place < 0) continue;
    const start = place * LANDMARK_STRIDE;
    rows.set(landmarks.subarray(start, start + LANDMARK_STRIDE), point * LANDMARK_STRIDE);
    for (const axis of [0, 1, 2] as const) middle[axis] += (landmarks[start + axis] ?? 0) / found;
  }
  for (const [point, place] of places.entries()) if (place < 0) rows.set(middle, point * LANDMARK_STRIDE);
  return rows;
}
