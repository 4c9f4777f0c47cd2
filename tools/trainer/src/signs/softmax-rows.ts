/** Each row of `width` logits as shares that add up to 1. */
export function softmaxRows(logits: Float32Array, width: number): Float32Array {
  const shares = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += width) {
    let highest = -Infinity;
    for (let at = row; at < row + width; at += 1) highest = Math.max(highest, logits[at] ?? 0);
    let sum = 0;
    for (let at = row; at < row + width; at += 1) sum += shares[at] = Math.exp((logits[at] ?? 0) - highest);
    for (let at = row; at < row + width; at += 1) shares[at] = (shares[at] ?? 0) / sum;
  }
  return shares;
}
