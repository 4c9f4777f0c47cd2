import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig, SkeletonCatalog } from '../../../kinds/index.js';
import type { ProcessInfo, Transform } from '../../../kinds/index.js';
import type { Detections, Landmarks } from '../../../vision/index.js';
import { ObjectTracker } from './object-tracker.js';
import { sightingsOf } from './sighting.js';
import { sigmasOf } from './similarity.js';

export const TrackerConfig = z.strictObject({
  keepLostMs: z.number().positive().max(60_000).default(1000).meta({
    title: 'Keep lost (ms)',
    description: 'Who comes back within this time keeps the id; a longer gap in the stream starts all anew.',
  }),
  highScore: z.number().min(0).max(1).default(0.5).meta({
    title: 'High score',
    description: 'What scores this much or more may begin a track, and is matched first.',
  }),
  lowScore: z.number().min(0).max(1).default(0.1).meta({
    title: 'Low score',
    description: 'What scores between this and the high score only goes on with a track; below it is left out.',
  }),
  minSimilarity: z.number().min(0).max(1).default(0.2).meta({
    title: 'Minimum similarity',
    description: 'Mean of overlap and keypoint similarity that an object and a track must have to be the same.',
  }),
  confirmAfter: z.int().min(1).max(30).default(2).meta({
    title: 'Confirm after (frames)',
    description:
      'Frames in a row that something new is seen in before it is passed on. What is there in the first frame is passed on at once.',
  }),
  agility: z.number().positive().max(100).default(1).meta({
    title: 'Agility (1/s)',
    description: 'How much speed an object may gain in a second, in its own sizes a second: 1 for people, 5 for hands.',
  }),
});
export type TrackerConfig = z.infer<typeof TrackerConfig>;

/** What the tracker is called with, by port. */
export interface TrackerInputs {
  readonly in: Landmarks;
  readonly boxes?: Detections;
}

/** The same objects in both, in the same order. */
export interface Tracked {
  readonly out: Landmarks;
  readonly boxes: Detections;
}

/**
 * Gives what an extractor finds an identity that lasts from frame to frame, through short occlusions too. Objects that
 * belong to no confirmed track are left out. Landmarks of several skeletons are followed side by side.
 */
@injectable()
export class Tracker implements Transform<TrackerInputs, Tracked> {
  readonly #tracker: ObjectTracker;
  readonly #sigmas = new Map<string, Float64Array>();

  constructor(
    @inject(NodeConfig) config: TrackerConfig,
    @inject(SkeletonCatalog) private readonly skeletons: SkeletonCatalog,
  ) {
    this.#tracker = new ObjectTracker(config, (skeleton, points) => this.#sigmasOf(skeleton, points));
  }

  transform({ in: landmarks, boxes }: TrackerInputs, { timestampMs }: ProcessInfo): Tracked {
    const sightings = sightingsOf(landmarks, boxes);
    const ids = this.#tracker.update(sightings, timestampMs);
    const { frameWidth, frameHeight, tracks } = landmarks;
    const given = boxes?.detections.length === tracks.length ? boxes.detections : undefined;
    const kept = tracks.flatMap((track, index) => {
      const [trackId, sighting] = [ids[index], sightings[index]];
      if (trackId === undefined || sighting === undefined) return [];
      const { score, box } = sighting;
      const detection = given?.[index] ?? { label: track.skeleton, score, box };
      return { track: { ...track, trackId }, detection: { ...detection, trackId } };
    });
    return {
      out: { ...landmarks, tracks: kept.map(({ track }) => track) },
      boxes: { frameWidth, frameHeight, detections: kept.map(({ detection }) => detection) },
    };
  }

  reconfigure(config: unknown): boolean {
    this.#tracker.options = config as TrackerConfig; // validated before it comes here
    return true;
  }

  #sigmasOf(skeleton: string, points: number): Float64Array {
    let sigmas = this.#sigmas.get(skeleton);
    if (sigmas?.length !== points) {
      sigmas = sigmasOf(this.skeletons.get(skeleton)?.points, points);
      this.#sigmas.set(skeleton, sigmas);
    }
    return sigmas;
  }
}
