import { parentPort, workerData } from 'node:worker_threads';
import { toI420 } from '../encode/yuv.js';
import { Recording, type RecordingRequest } from '../recording.js';

/** The answer to a frame's number: its picture in planes. */
export interface RenderedFrame {
  readonly frame: number;
  readonly planes: Uint8Array<ArrayBuffer>;
}

// Runs inside a worker thread: draws each frame whose number comes in.
const recording = new Recording(workerData as RecordingRequest);
parentPort?.on('message', (frame: number) => {
  const { widthPx, heightPx } = recording.request;
  const planes = toI420(recording.render(frame), widthPx, heightPx);
  const answer: RenderedFrame = { frame, planes };
  parentPort?.postMessage(answer, [planes.buffer]);
});
