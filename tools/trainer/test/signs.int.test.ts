import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import type { OnnxSession } from '@kinegraph/onnx';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '@kinegraph/signer';
import { openTask } from '../dist/signs/default-task.js';
import { CLASS_LABELS, NONE_CLASS, evaluateEncoder, evaluateSigns, trainSigns } from '../dist/index.js';

const ASSETS = new URL('../../../packages/plugin-sign-classifier/assets/', import.meta.url);

interface Card {
  readonly labels: readonly { readonly label: string; readonly threshold?: number; readonly static?: boolean }[];
  readonly sha256: string;
}

const readAsset = (name: string): Promise<Buffer> => readFile(new URL(name, ASSETS));
const open = async (name: string): Promise<OnnxSession> =>
  nodeOnnxRuntime.open(await readAsset(name), { name, threads: 1 }, AbortSignal.timeout(30_000));

async function run(session: OnnxSession, inputs: Float32Array, windows: number): Promise<Float32Array> {
  const data = new Float32Array(inputs);
  const [answer] = Object.values(await session.run({ features: { type: 'float32', dims: [windows, 30, 96], data } }));
  if (!(answer?.data instanceof Float32Array)) throw new TypeError('The network gave no 32-bit numbers.');
  return answer.data;
}

describe('the shipped models of signs', () => {
  it('name the signs of signers that were not met in training, and leave alone what is none', async () => {
    const card = JSON.parse((await readAsset('default.json')).toString()) as Card;
    expect(card.labels.map(({ label }) => label)).toEqual(CLASS_LABELS);
    expect(card.sha256).toBe(
      createHash('sha256')
        .update(await readAsset('default.onnx'))
        .digest('hex'),
    );
    const session = await open('default.onnx');
    const thresholds = card.labels.map(({ threshold = 0 }) => threshold);
    const size = { takes: 40, negatives: 60 };
    const figures = await evaluateSigns((inputs, windows) => run(session, inputs, windows), thresholds, size, 5);
    await session.release();
    expect(figures.heldOut).toBeGreaterThan(0.96);
    expect(figures.everySecondMissing).toBeGreaterThan(0.945);
    expect(figures.tripleJitter).toBeGreaterThan(0.94);
    expect(figures.negativesNamed).toBeLessThan(0.02);
  });

  it('tell made-up signs apart from one take of each', async () => {
    const session = await open('encoder.onnx');
    const figure = await evaluateEncoder((inputs, windows) => run(session, inputs, windows), 1, 5);
    await session.release();
    expect(figure).toBeGreaterThan(0.93);
  });
});

describe('the task of the default model', () => {
  it('makes a batch of its random numbers alone, whatever came before: threads take turns as they may', () => {
    const settings = {
      statistics: { mean: Array.from({ length: 96 }, () => 0), deviation: Array.from({ length: 96 }, () => 1) },
      shares: { negatives: 0.2, unknown: 0.1, streams: 0.5 },
    };
    const [busy, fresh] = [openTask(settings), openTask(settings)];
    busy.batch(new SeededRandom(1), 7, 0);
    expect(busy.batch(new SeededRandom(2), 9, 1)).toEqual(fresh.batch(new SeededRandom(2), 9, 1));
  });
});

describe('trainSigns', () => {
  it('learns most in a short training, and writes what it learnt', { timeout: 300_000 }, async () => {
    const plan = { default: { seed: 1, steps: 220 }, encoder: { seed: 2, steps: 60 }, takes: 20 };
    const { files, figures } = await trainSigns(plan, { threads: 2 });
    expect(Object.keys(files)).toEqual(['default.onnx', 'default.json', 'encoder.onnx', 'report.md']);
    expect(figures.heldOut).toBeGreaterThan(0.7);
    expect(figures.negativesNamed).toBeLessThan(0.15);

    const session = await nodeOnnxRuntime.open(files['default.onnx'] ?? '', { name: 'new', threads: 1 });
    const shares = await run(session, new Float32Array(30 * 96), 1);
    await session.release();
    expect(shares).toHaveLength(NONE_CLASS + 1);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  });

  it('ends when it is told to, and rejects with the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('no more');
    const plan = { default: { seed: 1, steps: 50 }, encoder: { seed: 2, steps: 50 }, takes: 1 };
    const training = trainSigns(plan, { signal: controller.signal, onProgress: () => controller.abort(reason) });
    await expect(training).rejects.toBe(reason);
  });
});
