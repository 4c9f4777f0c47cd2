import { readFileSync } from 'node:fs';

/** What the signer's hand truly did in one frame of the clip. */
export interface TrueFrame {
  readonly frame: number;
  readonly timestampMs: number;
  /** The sign, null on the way from one to the next. */
  readonly sign: string | null;
  readonly handedness: 'left' | 'right' | null;
  /** 21 image points as fractions; null while no hand is in the picture. */
  readonly points: readonly (readonly [x: number, y: number, z: number])[] | null;
}

/** The truth of all frames, in order, without the header line. */
export function readSignerTruth(): TrueFrame[] {
  const file = new URL('../../../../examples/clips/signer.truth.ndjson', import.meta.url);
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as TrueFrame);
}
