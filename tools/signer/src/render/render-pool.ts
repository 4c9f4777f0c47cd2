import { Worker } from 'node:worker_threads';
import { SignerError } from '../errors.js';
import type { RecordingRequest } from '../recording.js';
import type { RenderedFrame } from './render-worker.js';

/** How many frames each worker may be ahead of the one that is waited for. */
const FRAMES_AHEAD = 3;

/**
 * Draws frames on several threads.
 * @returns the pictures in order, in planes as `toI420` makes them; ending the iteration early stops the threads.
 * @throws SignerError `SIGNER_RENDERER_FAILED` when a thread dies.
 */
export async function* renderInOrder(
  request: RecordingRequest,
  frameCount: number,
  workerCount: number,
): AsyncGenerator<Uint8Array> {
  const pool = new RenderPool(request, workerCount);
  try {
    let asked = 0;
    for (let frame = 0; frame < frameCount; frame += 1) {
      for (; asked < Math.min(frameCount, frame + workerCount * FRAMES_AHEAD); asked += 1) pool.ask(asked);
      yield await pool.take(frame);
    }
  } finally {
    await pool.close();
  }
}

interface Waiting {
  readonly promise: Promise<Uint8Array>;
  readonly resolve: (planes: Uint8Array) => void;
  readonly reject: (reason: unknown) => void;
}

class RenderPool {
  readonly #workers: readonly Worker[];
  readonly #waiting = new Map<number, Waiting>();
  #isClosing = false;

  constructor(request: RecordingRequest, workerCount: number) {
    this.#workers = Array.from({ length: workerCount }, () => {
      const worker = new Worker(new URL('./render-worker.js', import.meta.url), { workerData: request });
      worker.on('message', ({ frame, planes }: RenderedFrame) => this.#waiting.get(frame)?.resolve(planes));
      worker.on('error', (cause) => this.#fail(cause));
      worker.on('exit', () => {
        if (!this.#isClosing) this.#fail(undefined);
      });
      return worker;
    });
  }

  ask(frame: number): void {
    let [resolve, reject]: [Waiting['resolve'], Waiting['reject']] = [() => undefined, () => undefined];
    const promise = new Promise<Uint8Array>((onDone, onFailed) => ([resolve, reject] = [onDone, onFailed]));
    // Whoever takes the frame hears of a failure; frames that nobody takes any more need no listener.
    promise.catch(() => undefined);
    this.#waiting.set(frame, { promise, resolve, reject });
    this.#workers[frame % this.#workers.length]?.postMessage(frame);
  }

  async take(frame: number): Promise<Uint8Array> {
    const planes = await this.#waiting.get(frame)?.promise;
    this.#waiting.delete(frame);
    if (!planes) throw new RangeError(`Frame ${frame} was not asked for.`);
    return planes;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #fail(cause: unknown): void {
    const error = new SignerError(
      'SIGNER_RENDERER_FAILED',
      'A drawing thread stopped before its frames were done; try again with --workers 1.',
      { cause },
    );
    for (const { reject } of this.#waiting.values()) reject(error);
  }
}
