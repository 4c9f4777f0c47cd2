import { SIGN_LABELS, SeededRandom, sampleTake } from '@kinegraph/signer';
import { bestClasses, drawTakes, type Predict } from './evaluate.js';

/** The share of a sign's own windows that its threshold lets through. */
const TRUE_ACCEPTANCE = 0.95;
const LOWEST = 0.8;
const HIGHEST = 0.9;

/**
 * The score from which each sign is told: what 95 of 100 of its own takes reach, of signers that the figures are not
 * measured on.
 * @returns in the order of the signs; 0.8 to 0.9.
 */
export async function calibrateThresholds(predict: Predict, takes: number, seed: number): Promise<number[]> {
  const random = new SeededRandom(seed).fork('thresholds');
  const thresholds: number[] = [];
  for (const [index, label] of SIGN_LABELS.entries()) {
    const drawn = await bestClasses(
      predict,
      drawTakes(takes, () => sampleTake(label, random)),
    );
    const scores = drawn.filter(({ best }) => best === index).map(({ score }) => score);
    const sorted = scores.toSorted((a, b) => a - b);
    const lowest = sorted[Math.floor(sorted.length * (1 - TRUE_ACCEPTANCE))] ?? LOWEST;
    thresholds.push(Math.round(Math.min(HIGHEST, Math.max(LOWEST, lowest)) * 100) / 100);
  }
  return thresholds;
}
