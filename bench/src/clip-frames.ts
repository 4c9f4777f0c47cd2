import { fileURLToPath } from 'node:url';
import { Frame, UncountedMemory, injectable, type FrameSource } from '@kinegraph/core/plugin';
import { loadPluginSource } from '@kinegraph/core/node';
import { runGraph } from './run-graph.js';

/** Pixels of one frame in shared memory, so that workers read them in place. */
export interface ClipFrame {
  readonly width: number;
  readonly height: number;
  readonly timestampMs: number;
  readonly bytes: Uint8Array;
}

const CLIP = fileURLToPath(new URL('../../examples/clips/signer.mp4', import.meta.url));

/** Frames of the signer clip as RGBA, decoded beforehand so that decoding is no part of what is measured. */
export async function clipFrames(fromMs: number, toMs: number): Promise<readonly ClipFrame[]> {
  const frames: ClipFrame[] = [];
  await runGraph({
    nodes: {
      clip: {
        type: 'media.source.file',
        config: { path: CLIP, pace: 'as-fast-as-possible', startMs: fromMs, endMs: toMs },
      },
      keep: { type: 'core.sink.callback' },
    },
    wires: [['clip.frame', 'keep.in']],
    plugins: [await loadPluginSource('@kinegraph/plugin-media', { from: import.meta.dirname })],
    callbacks: {
      keep: (value) => {
        if (!(value instanceof Frame)) return;
        const { width, height, timestampMs, data } = value;
        const bytes = new Uint8Array(new SharedArrayBuffer(data.length));
        bytes.set(data);
        frames.push({ width, height, timestampMs, bytes });
      },
    },
  });
  return frames;
}

/** A source class that plays `frames` once, without a pause. */
export function memorySource(frames: readonly ClipFrame[]): new () => FrameSource {
  @injectable()
  class MemorySource implements FrameSource {
    #next = 0;
    read(): Frame | undefined {
      const frame = frames[this.#next];
      if (frame === undefined) return undefined;
      this.#next += 1;
      const { width, height, timestampMs, bytes } = frame;
      return new Frame(
        { sequence: this.#next, timestampMs, capturedAtMs: performance.now(), width, height, format: 'rgba8' },
        new UncountedMemory(bytes),
      );
    }
  }
  return MemorySource;
}
