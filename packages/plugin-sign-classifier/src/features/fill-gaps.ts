/**
 * Fills rows in which nothing was seen on a straight line between the rows around them; those before the first and after the
 * last repeat it. Where nothing was seen at all everything stays as it is.
 * @param values - shape [seen.length, size], row-major; changed in place.
 */
export function fillGaps(values: Float32Array, seen: Uint8Array, size: number): void {
  for (let row = 0; row < seen.length; row += 1) {
    if (seen[row] === 1) continue;
    const before = seen.lastIndexOf(1, row);
    const after = seen.indexOf(1, row);
    const from = before === -1 ? after : before;
    const to = after === -1 ? before : after;
    if (from === -1 || to === -1) return;
    const weight = to === from ? 0 : (row - from) / (to - from);
    for (let at = 0; at < size; at += 1) {
      const start = values[from * size + at] ?? 0;
      values[row * size + at] = start + weight * ((values[to * size + at] ?? 0) - start);
    }
  }
}
