import { describe, expect, it } from 'vitest';
import { SeededRandom } from '@kinegraph/signer';
import { forward, loadWeights, saveWeights, train, truncate, type TrainRequest } from '../dist/index.js';
import { openTask, wavesOf } from './fixtures/waves-task.mjs';

const TASK = new URL('./fixtures/waves-task.mjs', import.meta.url);

function request(changes: Partial<TrainRequest<object>> = {}): TrainRequest<object> {
  return { task: TASK, settings: { noise: 0.1 }, seed: 4, steps: 30, batch: 32, shards: 4, threads: 2, ...changes };
}

function accuracy(result: Awaited<ReturnType<typeof train>>): number {
  const { inputs, targets } = wavesOf(new SeededRandom(99), 500, 0.1);
  const scores = forward(result.network, result.weights, inputs);
  const right = [...targets].filter((target, sample) => {
    const row = scores.subarray(sample * 4, sample * 4 + 4);
    return row.indexOf(Math.max(...row)) === target;
  });
  return right.length / targets.length;
}

describe('Training', () => {
  it('learns, and tells of each step', async () => {
    const progress: number[] = [];
    const result = await train(
      request({
        steps: 150,
        optimiser: { rate: 5e-3, average: 0.98 },
        onProgress: ({ step, steps }) => progress.push(step / steps),
      }),
    );

    expect(accuracy(result)).toBeGreaterThan(0.97);
    expect(accuracy(await train(request({ steps: 1 })))).toBeLessThan(0.6);
    expect(progress).toHaveLength(150);
    expect(progress.at(-1)).toBe(1);
  });

  it('gives the same bits whatever the number of threads, and others for another seed', async () => {
    const [one, two, three, other] = await Promise.all([
      train(request({ threads: 1 })),
      train(request({ threads: 2 })),
      train(request({ threads: 3 })),
      train(request({ seed: 5 })),
    ]);

    expect(Buffer.from(saveWeights(one.weights)).equals(saveWeights(two.weights))).toBe(true);
    expect(Buffer.from(saveWeights(one.weights)).equals(saveWeights(three.weights))).toBe(true);
    expect(Buffer.from(saveWeights(one.weights)).equals(saveWeights(other.weights))).toBe(false);
  });

  it('goes on from weights, which may lie in a file meanwhile', async () => {
    const first = await train(request({ steps: 100, optimiser: { rate: 5e-3 } }));
    const kept = loadWeights(saveWeights(first.weights), first.network);
    expect(kept).toEqual(first.weights);

    const losses: number[] = [];
    await train(request({ steps: 3, initial: kept, onProgress: ({ loss }) => losses.push(loss) }));
    expect(losses[0]).toBeLessThan(0.7); // that of weights drawn anew is log 4 = 1.39 or more
  });

  it('stops when it is told to, even while a task never ends', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = ({ step }: { readonly step: number }): void => {
      if (step === 2) setTimeout(() => controller.abort(reason), 50);
    };
    const settings = { noise: 0.1, fault: 'hang' };
    await expect(train(request({ settings, onProgress, signal: controller.signal }))).rejects.toBe(reason);
    await expect(train(request({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
  });

  it.each([
    ['open', 'the shop is closed', undefined],
    ['exit', 'it ended by itself', 'TRAINER_WORKER_FAILED'],
    ['nan', 'step 3 is NaN', 'TRAINER_DIVERGED'],
    ['size', 'The batch has 288 inputs, but the network needs 256', 'TRAINER_BAD_TASK'],
    ['class', 'none of the 4 classes', 'TRAINER_BAD_TASK'],
  ])('says what is wrong with a task: %s', async (fault, sentence, code) => {
    const error: unknown = await train(request({ settings: { noise: 0.1, fault } })).catch((reason: unknown) => reason);
    expect(error).toHaveProperty('message', expect.stringContaining(sentence));
    if (code !== undefined) expect(error).toHaveProperty('code', code);
  });

  it.each([
    [{ batch: 30 }, 'A batch of 30 cannot be divided into 4 equal shards'],
    [{ steps: 0 }, '"steps" is 0'],
    [{ threads: 1.5 }, '"threads" is 1.5'],
    [{ task: new URL('./fixtures/none.mjs', import.meta.url) }, 'cannot be imported'],
    [{ task: new URL('../dist/errors.js', import.meta.url) }, 'exports no function "openTask"'],
    [{ initial: new Float32Array(3) }, 'There are 3 weights for a network that has'],
    [{ settings: { noise: 1, network: { input: { time: 8, channels: 2 }, layers: [] } } }, 'has no layers'],
    [
      { settings: { noise: 1, network: { input: { time: 8, channels: 2 }, layers: [{ type: 'magic' }] } } },
      'Layer 0.magic is of a type that there is not',
    ],
    [
      {
        settings: {
          noise: 1,
          network: {
            input: { time: 8, channels: 2 },
            layers: [{ type: 'conv', channels: 2, kernel: 9, padding: 'valid' }],
          },
        },
      },
      'Layer 0.conv does not fit its input [8, 2]: its 9 moments do not fit into 8',
    ],
  ])('refuses a request that cannot be met: %o', async (changes, sentence) => {
    await expect(train(request(changes as Partial<TrainRequest<object>>))).rejects.toThrow(sentence);
  });
});

describe('Weights', () => {
  const { network } = openTask({ noise: 0 });

  it('of a network without its head are the first of the whole', async () => {
    const whole = await train(request({ steps: 1 }));
    const body = truncate(whole, -1);

    expect(body.network.layers).toHaveLength(7);
    expect([...body.weights]).toEqual([...whole.weights.subarray(0, body.weights.length)]);
    expect(forward(body.network, body.weights, wavesOf(new SeededRandom(1), 1, 0).inputs)).toHaveLength(24);
  });

  it('are refused where the file is none, cut short, or of another network', () => {
    const bytes = saveWeights(new Float32Array(10));
    expect(() => loadWeights(new Uint8Array(100), network)).toThrow('holds no weights');
    expect(() => loadWeights(bytes.subarray(0, -1), network)).toThrow('tells of 10 weights, but has 39 bytes');
    expect(() => loadWeights(bytes, network)).toThrow('There are 10 weights for a network that has');
  });
});
