import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';

/** What the bare loop is started with. */
export interface BareOnnxLoop {
  readonly model: string;
  /** Side of the square input in pixels. */
  readonly size: number;
  readonly runs: number;
  readonly on: 'native' | 'wasm';
}

/** The runtime's own `run` on one tensor, over and over, in a worker as well: no frame, no letterbox, no reading of what comes out. */
const { model, size, runs, on } = workerData as BareOnnxLoop;
const ort = on === 'native' ? await import('onnxruntime-node') : await import('onnxruntime-web/wasm');
if (on === 'wasm') ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(await readFile(model), {
  intraOpNumThreads: 1,
  graphOptimizationLevel: 'all',
});
const feeds = {
  [session.inputNames[0] ?? '']: new ort.Tensor('float32', new Float32Array(3 * size * size), [1, 3, size, size]),
};
for (let run = 0; run < 5; run += 1) await session.run(feeds);
const beganMs = performance.now();
for (let run = 0; run < runs; run += 1) await session.run(feeds);
const perSecond = (runs * 1000) / (performance.now() - beganMs);
await session.release();
parentPort?.postMessage(perSecond);
