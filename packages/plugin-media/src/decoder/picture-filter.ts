/**
 * The filter that both drivers put behind their decoder: square pixels, reduced to `shortSide`, RGBA. Being the same text
 * for the same library, it gives the same pixels whichever driver runs.
 *
 * @param shortSide - length of the shorter side in pixels; larger pictures are reduced, smaller ones left as they are
 */
export function pictureFilter(shortSide: number | undefined): string {
  const factor = shortSide === undefined ? '1' : `min(1,${shortSide}/min(iw*sar,ih))`;
  const width = `max(1,round(iw*sar*${factor}))`;
  const height = `max(1,round(ih*${factor}))`;
  return `scale=w='${width}':h='${height}':flags=bilinear,format=rgba`;
}

/**
 * The filters that set a picture upright as its track's display matrix asks, as the ffmpeg program does by itself.
 *
 * @param matrix - the nine 32-bit integers of the container's display matrix, row by row, native byte order; undefined: upright
 * @returns filters to go in front, in order
 */
export function uprightFilters(matrix: Int32Array | undefined): string[] {
  if (matrix === undefined || matrix.length < 9) return [];
  const at = (index: number): number => matrix[index] ?? 0;
  const quarterTurns = turnsOf(at(0), at(1), at(3), at(4));
  switch (quarterTurns) {
    case 1:
      return [at(3) > 0 ? 'transpose=cclock_flip' : 'transpose=clock'];
    case 2:
      return [...(at(0) < 0 ? ['hflip'] : []), ...(at(4) < 0 ? ['vflip'] : [])];
    case 3:
      return [at(3) < 0 ? 'transpose=clock_flip' : 'transpose=cclock'];
    default:
      return at(4) < 0 ? ['vflip'] : [];
  }
}

/** Clockwise quarter turns, 0-3. Other angles occur in no real file and count as the nearest quarter. */
function turnsOf(m0: number, m1: number, m3: number, m4: number): number {
  const scaleX = Math.hypot(m0, m3);
  const scaleY = Math.hypot(m1, m4);
  if (scaleX === 0 || scaleY === 0) return 0;
  const angleDegrees = (Math.atan2(m1 / scaleY, m0 / scaleX) * 180) / Math.PI;
  return ((Math.round(angleDegrees / 90) % 4) + 4) % 4;
}
