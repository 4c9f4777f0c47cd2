import { detectLayout } from '../../src/model/index.js';
import type { LayoutForm, PoseLayout } from '../../src/model/index.js';

/** What a network found in one place. */
export interface PlainCandidate {
  /** Centre x, centre y, width, height; for end-to-end layouts left, top, right, bottom. */
  readonly box: readonly [number, number, number, number];
  /** One for each class. */
  readonly scores: readonly number[];
  /** x, y and confidence; those left out are zeros. */
  readonly points: readonly (readonly [number, number, number])[];
}

/** A layout by its facts. */
export function layoutOf(facts: {
  readonly form: LayoutForm;
  readonly classes: number;
  readonly points: number;
  readonly valuesPerPoint: 2 | 3;
  readonly candidates: number;
  readonly batch?: number;
}): PoseLayout {
  const { form, classes, points, valuesPerPoint, candidates, batch = 1 } = facts;
  const channels = (form === 'end-to-end' ? 6 : 4 + classes) + points * valuesPerPoint;
  const layout = detectLayout(
    form === 'channels-first' ? [batch, channels, candidates] : [batch, candidates, channels],
    {
      keypointShape: { points, valuesPerPoint },
      // Two layouts fit a square, or an end-to-end one with two classes: the form that is asked for is to be built.
      names: Array.from({ length: classes }, (_, label) => `class ${label}`),
      endToEnd: form === 'end-to-end',
      skeletonPoints: points,
    },
  );
  if (layout?.form === form) return layout;
  return {
    form,
    batch,
    candidates,
    classes,
    points,
    valuesPerPoint,
    channelStride: form === 'channels-first' ? candidates : 1,
    candidateStride: form === 'channels-first' ? 1 : channels,
    pointsAt: form === 'end-to-end' ? 6 : 4 + classes,
  };
}

/** The numbers that a network with this layout gives for these candidates; further pictures of the batch are full of 9. */
export function aModelOutput(layout: PoseLayout, candidates: readonly PlainCandidate[], batch: number): Float32Array {
  const { form, points, valuesPerPoint, candidateStride, channelStride, pointsAt } = layout;
  const channels = pointsAt + points * valuesPerPoint;
  const output = new Float32Array(batch * channels * layout.candidates).fill(9);
  output.fill(0, 0, channels * layout.candidates);
  for (const [row, { box, scores, points: found }] of candidates.entries()) {
    const best = Math.max(...scores);
    const head = form === 'end-to-end' ? [...box, best, Math.max(scores.indexOf(best), 0)] : [...box, ...scores];
    const tail = found.flatMap((point) => point.slice(0, valuesPerPoint));
    for (const [channel, value] of [...head, ...tail].entries())
      output[row * candidateStride + channel * channelStride] = value;
  }
  return output;
}
