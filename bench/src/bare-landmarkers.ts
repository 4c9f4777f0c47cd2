import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createNodeHost, loadPluginSource } from '@kinegraph/core/node';
import type { BareLoop } from './bare-landmarker-worker.js';
import type { ClipFrame } from './clip-frames.js';

/** The bytes of a landmarker's bundle, by its id. */
export async function bundleOf(model: string): Promise<Uint8Array> {
  await using platform = createNodeHost();
  platform.host.add(await loadPluginSource('@kinegraph/plugin-mediapipe', { from: import.meta.dirname }));
  return await platform.models.read(model);
}

/** Frames a second of MediaPipe's own loop, in a worker. */
export async function bareLoop(loop: BareLoop): Promise<number> {
  const worker = started(loop);
  const [perSecond] = (await once(worker, 'message')) as [number];
  await worker.terminate();
  return perSecond;
}

/**
 * Frames a second that both models can take at most side by side on this machine, at this moment: those of pose (lite), the
 * slower one, while hands (lite) runs as fast as it can in another worker. Nothing is decoded, sent or joined.
 */
export async function bareParallelRate(frames: readonly ClipFrame[]): Promise<number> {
  const hands = started({ task: 'hands', bundle: await bundleOf('mediapipe.hands.lite'), frames, isEndless: true });
  await once(hands, 'message');
  try {
    return await bareLoop({ task: 'pose', bundle: await bundleOf('mediapipe.pose.lite'), frames });
  } finally {
    await hands.terminate();
  }
}

function started(loop: BareLoop): Worker {
  return new Worker(new URL('./bare-landmarker-worker.js', import.meta.url), { workerData: loop });
}
