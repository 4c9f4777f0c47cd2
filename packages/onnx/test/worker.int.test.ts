import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { nodeOnnxRuntime } from '../src/node/index.js';
import { encodeModel, tensor } from '../src/index.js';

/** y = x + 1 on four numbers. */
const model = encodeModel({
  graph: {
    name: 'add one',
    inputs: [{ name: 'x', type: 'float32', dims: [4] }],
    outputs: [{ name: 'y', type: 'float32', dims: [4] }],
    nodes: [{ op: 'Add', inputs: ['x', 'one'], outputs: ['y'] }],
    initializers: { one: tensor('float32', [1], [1]) },
  },
});

/** Runs the model in a worker with the built package; `after` says how its code ends. */
function startWorker(after: string): Worker {
  const code = `
    import { parentPort, workerData } from 'node:worker_threads';
    import { nodeOnnxRuntime } from ${JSON.stringify(new URL('../dist/node/index.js', import.meta.url).href)};
    import { tensor } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
    const session = await nodeOnnxRuntime.open(workerData);
    const { y } = await session.run({ x: tensor('float32', [4], [1, 2, 3, 4]) });
    parentPort.postMessage([...y.data]);
    ${after}`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { workerData: model });
}

describe('onnxruntime-node in workers', () => {
  it('runs in two at once and lets both end by themselves', async () => {
    const workers = [startWorker('await session.release();'), startWorker('await session.release();')];

    const ends = await Promise.all(
      workers.map(async (worker) => {
        const exit = once(worker, 'exit');
        const [message] = (await once(worker, 'message')) as [number[]];
        return { message, exit: (await exit)[0] as number };
      }),
    );

    expect(ends).toEqual(Array.from({ length: 2 }, () => ({ message: [2, 3, 4, 5], exit: 0 })));
  });

  it('lets a worker be ended that waits with a session open', async () => {
    for (let round = 0; round < 3; round += 1) {
      const worker = startWorker('setInterval(() => {}, 1000);');
      expect(await once(worker, 'message')).toEqual([[2, 3, 4, 5]]);
      expect(await worker.terminate()).toBe(1);
    }
    const session = await nodeOnnxRuntime.open(model);
    const { y } = await session.run({ x: tensor('float32', [4], [0, 0, 0, 0.5]) });
    expect(y).toEqual(tensor('float32', [4], [1, 1, 1, 1.5]));
    await session.release();
  });
});
