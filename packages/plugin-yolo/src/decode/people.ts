import { LANDMARK_STRIDE, boxFromLetterbox } from '@kinegraph/core/plugin';
import type { Detections, Landmarks, LandmarkArray, Letterbox, TrackedLandmarks } from '@kinegraph/core/plugin';
import type { PoseLayout } from '../model/output-layout.js';
import type { CandidateTable } from './candidates.js';
import type { Selection } from './non-maximum-suppression.js';
import { trackIdOf } from './track-id.js';

/** What an extractor of people answers: both lists hold the same people in the same order, best first. */
export interface PeopleAndBoxes {
  readonly people: Landmarks;
  readonly boxes: Detections;
}

/** How the numbers of a model become people. */
export interface PeopleRules {
  readonly layout: PoseLayout;
  /** Id of the skeleton that the points are those of. */
  readonly skeleton: string;
  /** Labels by class; a class without one is called by its number. */
  readonly labels: readonly string[];
  /** The time of the frame, of which its people have their identities. */
  readonly timestampMs: number;
}

/**
 * The selected candidates in the frame that the letterbox was made of: points as fractions of it, boxes in its pixels.
 * Both may leave it. Points of two values have visibility 1.
 * @returns undefined where a point is no finite number.
 */
export function toPeople(
  output: Float32Array,
  table: CandidateTable,
  selection: Selection,
  letterbox: Letterbox,
  { layout, skeleton, labels, timestampMs }: PeopleRules,
): PeopleAndBoxes | undefined {
  const tracks: TrackedLandmarks[] = [];
  const detections: Detections['detections'][number][] = [];
  for (let place = 0; place < selection.count; place += 1) {
    const index = selection.kept[place] as number; // below `count`
    const image = pointsOf(output, (table.rows[index] as number) * layout.candidateStride, letterbox, layout);
    if (image === undefined) return undefined;
    const trackId = trackIdOf(timestampMs, place);
    const score = table.scores[index] as number;
    const label = table.classes[index] as number;
    tracks.push({ skeleton, trackId, score, image });
    detections.push({ label: labels[label] ?? String(label), score, trackId, box: boxOf(table, index, letterbox) });
  }
  const { sourceWidth: frameWidth, sourceHeight: frameHeight } = letterbox;
  return { people: { frameWidth, frameHeight, tracks }, boxes: { frameWidth, frameHeight, detections } };
}

function boxOf(
  { boxes }: CandidateTable,
  index: number,
  letterbox: Letterbox,
): Detections['detections'][number]['box'] {
  const [x = 0, y = 0, right = 0, bottom = 0] = boxes.subarray(index * 4, index * 4 + 4);
  return boxFromLetterbox({ x, y, width: right - x, height: bottom - y }, letterbox);
}

/** The points of the candidate that starts at `start`. */
function pointsOf(
  output: Float32Array,
  start: number,
  letterbox: Letterbox,
  { points, valuesPerPoint, pointsAt, channelStride }: PoseLayout,
): LandmarkArray | undefined {
  const image = new Float32Array(points * LANDMARK_STRIDE);
  for (let point = 0; point < points; point += 1) {
    const from = start + (pointsAt + point * valuesPerPoint) * channelStride;
    const x = ((output[from] as number) - letterbox.x) / letterbox.width; // within the output by its layout
    const y = ((output[from + channelStride] as number) - letterbox.y) / letterbox.height;
    const visibility = valuesPerPoint === 2 ? 1 : (output[from + 2 * channelStride] as number);
    if (!Number.isFinite(Math.fround(x) + Math.fround(y) + visibility)) return undefined;
    const to = point * LANDMARK_STRIDE;
    image[to] = x;
    image[to + 1] = y;
    image[to + 3] = Math.min(Math.max(visibility, 0), 1);
  }
  return image;
}
