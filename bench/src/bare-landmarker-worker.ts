import { parentPort, workerData } from 'node:worker_threads';
import { HandLandmarker, PoseLandmarker } from '@mediapipe/tasks-vision';
import { Frame, UncountedMemory, silentLogger } from '@kinegraph/core/plugin';
import { HAND_TASK, POSE_TASK, VideoLandmarker } from '@kinegraph/plugin-mediapipe/landmarker';
import type { ClipFrame } from './clip-frames.js';

/** What the bare loop is started with. */
export interface BareLoop {
  readonly task: 'hands' | 'pose';
  readonly bundle: Uint8Array;
  readonly frames: readonly ClipFrame[];
}

/** MediaPipe's own loop over the same frames, in a worker as well: no graph, no wires, no conversion of results. */
const { task, bundle, frames } = workerData as BareLoop;
const common = { model: 'bench', bundle, logger: silentLogger } as const;
const landmarker =
  task === 'hands'
    ? await VideoLandmarker.open(HandLandmarker, { ...common, task: HAND_TASK, options: { numHands: 1 } })
    : await VideoLandmarker.open(PoseLandmarker, { ...common, task: POSE_TASK, options: { numPoses: 1 } });
let firstMs = 0;
for (const [index, { width, height, timestampMs, bytes }] of frames.entries()) {
  const frame = new Frame(
    { sequence: index, timestampMs, capturedAtMs: 0, width, height, format: 'rgba8' },
    new UncountedMemory(bytes),
  );
  landmarker.detect(frame, timestampMs, 'bench');
  if (index === 0) firstMs = performance.now();
}
const perSecond = ((frames.length - 1) * 1000) / (performance.now() - firstMs);
landmarker.close();
parentPort?.postMessage(perSecond);
