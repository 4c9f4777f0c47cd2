/** Pixels, at least 1. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of a picture once its shorter side has at most `shortSide` pixels; its shape stays, within a pixel. */
export function reducedSize({ width, height }: Size, shortSide: number | undefined): Size {
  const shorter = Math.min(width, height);
  if (shortSide === undefined || shorter <= shortSide) return { width, height };
  return { width: Math.round((width * shortSide) / shorter), height: Math.round((height * shortSide) / shorter) };
}
