import type { Truth } from './truth.js';

/** How exactly coordinates are written: 0.00001 of the width is a hundredth of a pixel. */
const DECIMALS = 5;

/** The text of a truth file: the header's line, then one JSON line a frame, coordinates rounded to five decimals. */
export function formatTruth({ header, frames }: Truth): string {
  const lines = frames.map((frame) =>
    JSON.stringify({ ...frame, points: frame.points?.map((point) => point.map(rounded)) ?? null }),
  );
  return [JSON.stringify(header), ...lines, ''].join('\n');
}

function rounded(value: number): number {
  return Number(value.toFixed(DECIMALS));
}
