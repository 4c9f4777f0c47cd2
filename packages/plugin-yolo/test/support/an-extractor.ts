import { PlainPixelKernel, StaticSkeletonCatalog, WriterLogger, coco17 } from '@kinegraph/core/plugin';
import type { Frame, LogLevel, Skeleton } from '@kinegraph/core/plugin';
import { FrameLedger } from '@kinegraph/core/testing';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import type { OnnxRuntime } from '@kinegraph/onnx';
import { PoseConfig } from '../../src/nodes/pose-config.js';
import { YoloPoseExtractor } from '../../src/nodes/yolo-pose-extractor.js';

/** An extractor under test, and what it has said. */
export interface ExtractorBench {
  readonly extractor: YoloPoseExtractor;
  readonly logged: { readonly level: LogLevel; readonly message: string }[];
}

/** A skeleton for tests, beside coco-17. */
export const paw5: Skeleton = {
  id: 'paw-5',
  title: 'Paw',
  points: ['one', 'two', 'three', 'four', 'five'],
  connections: [],
};

/** A `yolo.pose` on a real runtime, not yet open; `files` are what its paths lead to, `model.onnx` the model. */
export function anExtractor(
  files: Uint8Array | Readonly<Record<string, Uint8Array>>,
  config: Partial<PoseConfig> = {},
  runtime: OnnxRuntime = nodeOnnxRuntime,
): ExtractorBench {
  const all = files instanceof Uint8Array ? { 'model.onnx': files } : files;
  const logged: ExtractorBench['logged'] = [];
  const models = {
    read: (model: string) => {
      const bytes = Object.hasOwn(all, model) ? all[model] : undefined;
      return bytes === undefined ? Promise.reject(new Error(`no file "${model}"`)) : Promise.resolve(bytes);
    },
  };
  const logger = new WriterLogger((level, message) => logged.push({ level, message }));
  const identity = { name: 'pose', type: 'yolo.pose', runId: 'run' };
  const whole = PoseConfig.parse({ model: 'model.onnx', ...config });
  const kernel = new PlainPixelKernel();
  const skeletons = new StaticSkeletonCatalog([coco17, paw5]);
  return {
    extractor: new YoloPoseExtractor(whole, identity, models, runtime, kernel, skeletons, logger),
    logged,
  };
}

/** A frame of one colour: white unless told otherwise. */
export function plainFrame(width = 64, height = 64, value = 255, timestampMs = 0): Frame {
  return new FrameLedger().frame({ width, height, timestampMs }, new Uint8Array(width * height * 4).fill(value));
}
