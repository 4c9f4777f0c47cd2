import { encodeModel, tensor } from '@kinegraph/onnx';
import type { Dim } from '@kinegraph/onnx';
import type { PoseLayout } from '../../src/model/index.js';
import { aModelOutput } from './model-output.js';
import type { PlainCandidate } from './model-output.js';

/** How to write a model that answers with candidates that are known. */
export interface PoseModelOptions {
  readonly layout: PoseLayout;
  /** Scores and the confidence of points are multiplied with how bright the picture of the batch is, 0-1; boxes are not. */
  readonly candidates: readonly PlainCandidate[];
  readonly type?: 'float32' | 'float16';
  /** Dims of the input; names are sizes left open. Default: [1, 3, 64, 64]. */
  readonly input?: readonly [Dim, Dim, Dim, Dim];
  /** Dims of the output as the model declares them. Default: those of the layout. */
  readonly output?: readonly Dim[];
  /** Default: what an Ultralytics export says. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A whole ONNX file of a few kilobytes: `output0 = boxes + scores * mean(images)`, for each picture of the batch. */
export function aPoseModel(options: PoseModelOptions): Uint8Array {
  const { layout, candidates, type = 'float32', input = [1, 3, 64, 64] } = options;
  const channels = layout.pointsAt + layout.points * layout.valuesPerPoint;
  const rows = layout.form === 'channels-first' ? [channels, layout.candidates] : [layout.candidates, channels];
  const blank = candidates.map((candidate) => ({ ...candidate, scores: candidate.scores.map(() => 0) }));
  const whole = aModelOutput(layout, candidates, 1);
  const bare = aModelOutput(layout, blank, 1);
  if (layout.form === 'end-to-end')
    for (const row of candidates.keys()) bare[row * channels + 5] = whole[row * channels + 5] ?? 0; // the class
  // What is no number would be none after a multiplication, whatever the brightness.
  const scores = whole.map((value, at) => (Object.is(value, bare[at]) ? 0 : value - (bare[at] ?? 0)));
  return encodeModel({
    graph: {
      name: 'main_graph',
      inputs: [{ name: 'images', type, dims: input }],
      outputs: [{ name: 'output0', type, dims: options.output ?? [input[0], ...rows] }],
      nodes: [
        {
          op: 'ReduceMean',
          inputs: ['images'],
          outputs: ['mean'],
          attributes: { axes: { ints: [1, 2, 3] }, keepdims: { int: 0 } },
        },
        { op: 'Unsqueeze', inputs: ['mean', 'axes'], outputs: ['brightness'] },
        { op: 'Mul', inputs: ['scores', 'brightness'], outputs: ['scored'] },
        { op: 'Add', inputs: ['boxes', 'scored'], outputs: ['output0'] },
      ],
      initializers: {
        axes: tensor('int64', [2], [1, 2]),
        scores: tensor(type, [1, ...rows], Array.from(scores)),
        boxes: tensor(type, [1, ...rows], Array.from(bare)),
      },
    },
    metadata: options.metadata ?? exportMetadata(layout),
  });
}

/** What Ultralytics writes into an export of this layout. */
export function exportMetadata(layout: PoseLayout): Record<string, string> {
  const names = Array.from(
    { length: layout.classes },
    (_, label) => `${label}: '${label === 0 ? 'person' : `class ${label}`}'`,
  );
  return {
    description: 'a model for tests',
    task: 'pose',
    stride: '32',
    batch: '1',
    imgsz: '[64, 64]',
    names: `{${names.join(', ')}}`,
    kpt_shape: `[${layout.points}, ${layout.valuesPerPoint}]`,
    ...(layout.form === 'end-to-end' ? { end2end: 'True' } : {}),
  };
}
