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
  /** Goes on with the frames from the start for as long as the worker lives, and tells only that it has begun. */
  readonly isEndless?: boolean;
}

/** MediaPipe's own loop over the same frames, in a worker as well: no graph, no wires, no conversion of results. */
const { task, bundle, frames, isEndless = false } = workerData as BareLoop;
const common = { model: 'bench', bundle, logger: silentLogger } as const;
const landmarker =
  task === 'hands'
    ? await VideoLandmarker.open(HandLandmarker, { ...common, task: HAND_TASK, options: { numHands: 1 } })
    : await VideoLandmarker.open(PoseLandmarker, { ...common, task: POSE_TASK, options: { numPoses: 1 } });
const clipMs = (frames.at(-1)?.timestampMs ?? 0) + 40;
let firstMs = 0;
for (let count = 0; isEndless || count < frames.length; count += 1) {
  const { width, height, timestampMs, bytes } = frames[count % frames.length] as ClipFrame; // there is one: it is within
  const streamMs = timestampMs + Math.floor(count / frames.length) * clipMs;
  const frame = new Frame(
    { sequence: count, timestampMs: streamMs, capturedAtMs: 0, width, height, format: 'rgba8' },
    new UncountedMemory(bytes),
  );
  landmarker.detect(frame, streamMs, 'bench');
  if (count > 0) continue;
  firstMs = performance.now();
  if (isEndless) parentPort?.postMessage('begun');
}
const perSecond = ((frames.length - 1) * 1000) / (performance.now() - firstMs);
landmarker.close();
parentPort?.postMessage(perSecond);
