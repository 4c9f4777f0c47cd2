/** Pixels, at least 1. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** @throws RangeError where it is no whole number from 1; leaving it out is allowed. */
export function checkShortSide(shortSide: number | undefined): void {
  if (shortSide === undefined || (Number.isInteger(shortSide) && shortSide >= 1)) return;
  throw new RangeError(`A picture cannot have a short side of ${shortSide}; ask for a whole number of pixels from 1.`);
}

/** The size of a picture once its shorter side has at most `shortSide` pixels; its shape stays, within a pixel. */
export function reducedSize({ width, height }: Size, shortSide: number | undefined): Size {
  const shorter = Math.min(width, height);
  if (shortSide === undefined || shorter <= shortSide) return { width, height };
  return { width: Math.round((width * shortSide) / shorter), height: Math.round((height * shortSide) / shorter) };
}
