import { setImmediate } from 'node:timers/promises';
import { WriterLogger } from '@kinegraph/core/plugin';
import type { Landmarks, LogLevel, PacketWindow, TrackedLandmarks } from '@kinegraph/core/plugin';
import { VirtualClock, aHand, aTrace, landmarksOf } from '@kinegraph/core/testing';
import type { OnnxRuntime } from '@kinegraph/onnx';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { SignClassifierConfig } from '../../src/nodes/classifier-config.js';
import { SignClassifier } from '../../src/nodes/sign-classifier.js';

/** Files by path, and how often each was written. */
export class MemoryFiles {
  readonly #files = new Map<string, { bytes: Uint8Array; version: number }>();
  #writes = 0;

  write(path: string, bytes: Uint8Array): void {
    this.#writes += 1;
    this.#files.set(path, { bytes, version: this.#writes });
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  read(path: string): Promise<Uint8Array> {
    const file = this.#files.get(path);
    if (file !== undefined) return Promise.resolve(file.bytes);
    return Promise.reject(Object.assign(new Error(`There is no file ${path}.`), { code: 'MODEL_MISSING' }));
  }

  version(path: string): Promise<string | undefined> {
    return Promise.resolve(this.#files.get(path)?.version.toString());
  }
}

/** A `signs.classifier` on a real runtime, not yet open, over files `mine.onnx` and `mine.json`. */
export function aClassifier(
  pair: { readonly model?: Uint8Array; readonly card?: Uint8Array },
  options: { config?: Partial<SignClassifierConfig>; wired?: string; runtime?: OnnxRuntime } = {},
) {
  const files = new MemoryFiles();
  if (pair.model !== undefined) files.write('mine.onnx', pair.model);
  if (pair.card !== undefined) files.write('mine.json', pair.card);
  const logged: { readonly level: LogLevel; readonly message: string }[] = [];
  const clock = new VirtualClock();
  const classifier = new SignClassifier(
    SignClassifierConfig.parse({ model: 'mine.onnx', ...options.config }),
    { name: 'signs', type: 'signs.classifier', runId: 'run' },
    files,
    options.runtime ?? nodeOnnxRuntime,
    { inputs: { in: options.wired ?? 'window<landmarks/hand-21>' }, outputs: {} },
    clock,
    new WriterLogger((level, message) => logged.push({ level, message })),
  );
  /** Moves time on while its files are watched; a look under way is waited for. */
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 250) {
      await clock.advance(250);
      while (clock.nextDueMs === undefined) await setImmediate();
    }
  };
  return {
    classifier,
    files,
    logged,
    pass,
    config: SignClassifierConfig.parse({ model: 'mine.onnx', ...options.config }),
  };
}

/** A window of 31 packets over a second with the hands that `at` tells for each. */
export function aWindow(
  at: (index: number) => readonly TrackedLandmarks[] = () => [aHand()],
  count = 31,
): PacketWindow<Landmarks> {
  const packets = Array.from({ length: count }, (_, index) => ({
    timestampMs: (index * 1000) / (count - 1),
    trace: aTrace({ sequence: index }),
    skip: false as const,
    value: landmarksOf(...at(index)),
  }));
  const window: PacketWindow<Landmarks> = { packets, startMs: 0, endMs: 1000, clone: () => window, close: () => {} };
  return window;
}
