import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createNodeHost } from '@kinegraph/core/node';
import { Frame, FramePool, PixelKernel, StaticSkeletonCatalog, coco17, silentLogger } from '@kinegraph/core/plugin';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { PoseConfig, YoloPoseExtractor } from '@kinegraph/plugin-yolo/pose';
import type { ClipFrame } from './clip-frames.js';

/** What the loop is started with. */
export interface BareYoloLoop {
  readonly model: string;
  readonly photo: ClipFrame;
  readonly runs: number;
}

/** The extractor in a loop, in a worker as well: letterbox, network, decoding and NMS, but no graph and no way between threads. */
const { model, photo, runs } = workerData as BareYoloLoop;
await using platform = createNodeHost();
const extractor = new YoloPoseExtractor(
  PoseConfig.parse({ model }),
  { name: 'pose', type: 'yolo.pose', runId: 'bench' },
  { read: async (file) => await readFile(file) },
  nodeOnnxRuntime,
  platform.container.get(PixelKernel),
  new StaticSkeletonCatalog([coco17]),
  silentLogger,
);
const { signal } = new AbortController();
await extractor.open(signal);
const { width, height, bytes } = photo;
const memory = platform.container.get(FramePool).acquire(bytes.length); // as decoders give frames
memory.bytes.set(bytes);
const detect = async (sequence: number): Promise<void> => {
  const place = { sequence, timestampMs: sequence * 33, capturedAtMs: 0 };
  const frame = new Frame({ ...place, width, height, format: 'rgba8' }, memory);
  await extractor.extract(frame, place);
};
for (let run = 0; run < 5; run += 1) await detect(run);
const beganMs = performance.now();
for (let run = 0; run < runs; run += 1) await detect(5 + run);
const perSecond = (runs * 1000) / (performance.now() - beganMs);
await extractor.close(); // a worker that is ended inside native code takes the process with it
parentPort?.postMessage(perSecond);
