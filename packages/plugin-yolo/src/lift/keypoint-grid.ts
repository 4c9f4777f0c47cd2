/** Points of COCO's skeleton. */
export const KEYPOINTS = 17;

/** Two coordinates of each point. */
export const FRAME_FLOATS = KEYPOINTS * 2;

/** One person's keypoints at evenly spaced moments. */
export interface KeypointGrid {
  /** [moments, 17, 2], oldest first: x and y, y down, both in the same unit (a square picture would be square). */
  readonly places: Float32Array;
  /** [moments, 17]: 1 where a point was seen, else 0; what lies at the place of an unseen one does not matter. */
  readonly seen: Uint8Array;
}

/** What of a grid was filled. */
export interface FilledKeypoints {
  /** [17]: 1 for a point that was seen at one moment at least. */
  readonly known: Uint8Array;
  readonly knownCount: number;
}

/**
 * Gives every point that was seen at all a place at every moment: between two sightings on the line between them, before the
 * first and after the last where it was then.
 * @param grid - its places are written to
 */
export function fillKeypoints({ places, seen }: KeypointGrid): FilledKeypoints {
  const moments = seen.length / KEYPOINTS;
  const known = new Uint8Array(KEYPOINTS);
  let knownCount = 0;
  for (let point = 0; point < KEYPOINTS; point += 1) {
    let last = -1;
    for (let moment = 0; moment < moments; moment += 1) {
      if (seen[moment * KEYPOINTS + point] !== 1) continue;
      for (let gap = last + 1; gap < moment; gap += 1) {
        const share = last < 0 ? 1 : (gap - last) / (moment - last);
        const from = last < 0 ? moment : last;
        for (const axis of [0, 1]) {
          const start = places[placeOf(from, point) + axis] ?? 0;
          const end = places[placeOf(moment, point) + axis] ?? 0;
          places[placeOf(gap, point) + axis] = start + share * (end - start);
        }
      }
      last = moment;
    }
    if (last < 0) continue;
    known[point] = 1;
    knownCount += 1;
    for (let gap = last + 1; gap < moments; gap += 1) {
      for (const axis of [0, 1]) places[placeOf(gap, point) + axis] = places[placeOf(last, point) + axis] ?? 0;
    }
  }
  return { known, knownCount };
}

function placeOf(moment: number, point: number): number {
  return moment * FRAME_FLOATS + point * 2;
}
