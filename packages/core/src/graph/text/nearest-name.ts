/**
 * How many single-character mistakes (one missing, one too many, a wrong one, two neighbours swapped) lead from one
 * name to the other: the optimal string alignment distance.
 */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? 0;
}

/**
 * The candidate that was probably meant, or undefined where none is near. Letter case does not count, and a name that
 * lacks only its first parts is near (`hands` for `mediapipe.hands`). Ties go to the earlier candidate.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  const tolerated = Math.max(1, Math.floor(wanted.length / 3));
  let nearest: string | undefined;
  let nearestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const offered = candidate.toLowerCase();
    if (Math.abs(offered.length - wanted.length) > tolerated && !offered.endsWith(`.${wanted}`)) continue;
    const distance = offered.endsWith(`.${wanted}`) ? 0.5 : editDistance(wanted, offered);
    if (distance <= tolerated && distance < nearestDistance) [nearest, nearestDistance] = [candidate, distance];
  }
  return nearest;
}
