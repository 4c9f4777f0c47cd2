import { WriterLogger, type Frame, type LogLevel, type ProcessInfo } from '@kinegraph/core/plugin';
import { FrameLedger } from '@kinegraph/core/testing';
import { HandLandmarkerExtractor } from '../../src/nodes/hand-landmarker-extractor.js';
import { HandsConfig } from '../../src/nodes/hands-config.js';
import { PoseConfig } from '../../src/nodes/pose-config.js';
import { PoseLandmarkerExtractor } from '../../src/nodes/pose-landmarker-extractor.js';
import { modelBytes } from './manifest-models.js';

/** What an extractor under test has been given and has said. */
export interface ExtractorBench {
  readonly asked: string[];
  readonly logged: { readonly level: LogLevel; readonly message: string }[];
}

/** Reads models of the manifest; other references answer with `file`. */
function services(bench: ExtractorBench, file: Uint8Array | undefined) {
  return [
    { name: 'hands', type: 'mediapipe.hands', runId: 'run' },
    {
      read: (model: string) => {
        bench.asked.push(model);
        return Promise.resolve(model.startsWith('mediapipe.') ? modelBytes(model) : (file ?? new Uint8Array()));
      },
    },
    { resolve: (path: string) => `/graphs/${path}` },
    new WriterLogger((level, message) => bench.logged.push({ level, message })),
  ] as const;
}

/** A hand extractor with real models, not yet open. `file` is what any path or URL holds. */
export function aHandExtractor(config: Partial<HandsConfig> = {}, file?: Uint8Array) {
  const bench: ExtractorBench = { asked: [], logged: [] };
  return { bench, extractor: new HandLandmarkerExtractor(HandsConfig.parse(config), ...services(bench, file)) };
}

/** A pose extractor with real models, not yet open. */
export function aPoseExtractor(config: Partial<PoseConfig> = {}) {
  const bench: ExtractorBench = { asked: [], logged: [] };
  return { bench, extractor: new PoseLandmarkerExtractor(PoseConfig.parse(config), ...services(bench, undefined)) };
}

/** What comes with the packet at a time. */
export function infoAt(timestampMs: number): ProcessInfo {
  return {
    timestampMs,
    trace: { source: 'clip', sequence: 0, capturedAtMs: 0, clockOffsetMs: 0 },
    signal: new AbortController().signal,
  };
}

/** A gray frame with nothing in it; its memory is shared, as that of all frames in a run. */
export function emptyFrame(width = 320, height = 240, channels: 1 | 3 | 4 = 4): Frame {
  const format = channels === 4 ? 'rgba8' : channels === 3 ? 'rgb8' : 'gray8';
  const bytes = new Uint8Array(new SharedArrayBuffer(width * height * channels)).fill(128);
  return new FrameLedger().frame({ width, height, format }, bytes);
}
