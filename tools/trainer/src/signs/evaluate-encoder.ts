import { SeededRandom, sampleProceduralTake, sessionOf, signerOf } from '@kinegraph/signer';
import { drawTakes } from './evaluate.js';
import { WINDOW_VALUES } from './take-features.js';

/** Gives the embeddings of windows of features: shape [windows, size], each of length 1. */
export type Embed = (inputs: Float32Array, windows: number) => Float32Array | Promise<Float32Array>;

const SIGNS = 20;
const TRIALS = 10;
const TAKES_ASKED = 5;

/**
 * How often the nearest mean of a few takes tells which of 20 made-up signs a take shows. The signs are none of those of
 * the training; takes are of one person in one session, as when somebody teaches a sign and then uses it.
 * @returns a share, 0-1
 */
export async function evaluateEncoder(embed: Embed, takesTaught: number, seed: number): Promise<number> {
  const random = new SeededRandom(seed).fork(`encoder-${takesTaught}`);
  let right = 0;
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const conditions = { signer: signerOf(2_000_000 + trial), session: sessionOf(2_000_000 + trial) };
    const windows: Float32Array[] = [];
    for (let sign = 0; sign < SIGNS; sign += 1) {
      const classSeed = 1_000_000_000 + trial * SIGNS + sign;
      windows.push(...drawTakes(takesTaught + TAKES_ASKED, () => sampleProceduralTake(classSeed, random, conditions)));
    }
    right += countRight(await embedAll(embed, windows), takesTaught);
  }
  return right / (TRIALS * SIGNS * TAKES_ASKED);
}

async function embedAll(embed: Embed, windows: readonly Float32Array[]): Promise<Float32Array[]> {
  const inputs = new Float32Array(windows.length * WINDOW_VALUES);
  windows.forEach((window, index) => inputs.set(window, index * WINDOW_VALUES));
  const answer = await embed(inputs, windows.length);
  const size = answer.length / windows.length;
  return windows.map((_, index) => answer.subarray(index * size, (index + 1) * size));
}

function countRight(embeddings: readonly Float32Array[], taught: number): number {
  const each = taught + TAKES_ASKED;
  const means = Array.from({ length: SIGNS }, (_, sign) => meanOf(embeddings.slice(sign * each, sign * each + taught)));
  let right = 0;
  for (let sign = 0; sign < SIGNS; sign += 1) {
    for (const asked of embeddings.slice(sign * each + taught, (sign + 1) * each)) {
      const scores = means.map((mean) => mean.reduce((sum, value, at) => sum + value * (asked[at] ?? 0), 0));
      if (scores.indexOf(Math.max(...scores)) === sign) right += 1;
    }
  }
  return right;
}

function meanOf(rows: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(rows[0]?.length ?? 0);
  for (const row of rows) row.forEach((value, at) => (mean[at] = (mean[at] ?? 0) + value / rows.length));
  const length = Math.hypot(...mean);
  return mean.map((value) => value / length);
}
