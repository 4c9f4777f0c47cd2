import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FUZZ_LIMIT_MS } from '../../../test/support/fuzz.js';
import { mutatedBytes } from '../../../test/support/mutations.js';
import { seededRandom } from '../src/testing/index.js';

/** What the decoding process says of a batch. */
interface Answer {
  readonly outcomes: readonly string[];
  readonly inUse: number;
  readonly rss: number;
  /** Bytes of the heap and of buffers, after a collection. */
  readonly held: number;
  readonly counts: { readonly turbo: number; readonly sharp: number; readonly failed: number };
}

const BATCHES = 40;
const PER_BATCH = 100;
const WARM_BATCHES = 8;

let child: ChildProcess;
beforeAll(() => {
  child = fork(fileURLToPath(new URL('support/decode-mutants.mjs', import.meta.url)), { serialization: 'advanced' });
});
afterAll(() => {
  child.disconnect();
});

/** @throws Error where the process ends instead of answering */
async function decoded(pictures: readonly Uint8Array[], shortSide: number): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null): void =>
      reject(new Error(`The decoding process has ended: ${code ?? signal}.`));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer as Answer);
    });
    child.send({ pictures, shortSide });
  });
}

it(
  'Thousands of damaged pictures are decoded or refused, and leave no memory behind',
  { timeout: FUZZ_LIMIT_MS },
  async () => {
    const noise = { type: 'gaussian', mean: 120, sigma: 50 } as const;
    const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: '#000', noise } });
    const seeds = await Promise.all([
      picture.clone().jpeg().toBuffer(),
      picture.clone().jpeg({ progressive: true }).toBuffer(),
      picture.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      picture.clone().png().toBuffer(),
      picture.clone().png({ palette: true }).toBuffer(),
      picture.clone().webp().toBuffer(),
      picture.clone().webp({ lossless: true }).toBuffer(),
    ]);
    const random = seededRandom(20_250_301);
    const answers: Answer[] = [];
    const kinds = new Set<string>();
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const pictures = Array.from({ length: PER_BATCH }, () => mutatedBytes(random, seeds));
      const answer = await decoded(pictures, batch % 3 === 0 ? 24 : 0);
      for (const [index, outcome] of answer.outcomes.entries()) {
        kinds.add(outcome);
        const hex = (): string => Buffer.from(pictures[index] ?? []).toString('hex');
        expect(/^(?:decoded|IMAGE_[A-Z_]+)$/.test(outcome) ? '' : `${outcome}: ${hex()}`).toBe('');
      }
      expect(answer.inUse).toBe(0);
      answers.push(answer);
    }
    expect(kinds).toContain('decoded');
    expect(kinds.size).toBeGreaterThan(3);
    // Every way was gone, or the pictures would prove little.
    const { turbo, sharp: bySharp, failed } = answers.at(-1)?.counts ?? { turbo: 0, sharp: 0, failed: 0 };
    expect(Math.min(turbo, bySharp, failed)).toBeGreaterThan(20);
    const median = (values: readonly number[]): number =>
      values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
    const growth = (of: (answer: Answer) => number): number =>
      median(answers.slice(-WARM_BATCHES).map(of)) / median(answers.slice(WARM_BATCHES, 2 * WARM_BATCHES).map(of));
    expect(growth(({ held }) => held)).toBeLessThan(1.05);
    expect(growth(({ rss }) => rss)).toBeLessThan(1.15); // of native memory some comes and goes
  },
);
