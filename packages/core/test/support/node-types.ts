import { z } from 'zod';
import { StaticNodeTypeCatalog, nodeConfigSchema } from '../../src/graph/index.js';
import type { NodeTypeDescriptor } from '../../src/graph/index.js';

/** A descriptor with everything filled in that a test does not care about. */
export function aNodeType(
  facts: Partial<NodeTypeDescriptor> & Pick<NodeTypeDescriptor, 'type' | 'kind'>,
): NodeTypeDescriptor {
  return {
    typeVersion: 1,
    title: facts.type,
    plugin: '@kinegraph/core',
    runsIn: 'main',
    stateless: false,
    live: false,
    inputs: {},
    outputs: {},
    configSchema: nodeConfigSchema(z.strictObject({})),
    liveConfig: [],
    ...facts,
  };
}

/** Configuration of the hands type below: the kinds of values that people meet. */
export const HandsConfig = z.strictObject({
  numHands: z.int().min(1).max(4).default(1),
  model: z.enum(['full', 'lite']).default('full'),
  minTrackingConfidence: z.number().min(0).max(1).default(0.5),
});

const source = { outputs: { frame: { type: 'frame' } }, plugin: '@kinegraph/plugin-media' };
const passing = { inputs: { in: { type: 'any' } }, outputs: { out: { type: '$in' } } };

/** Node types as plugins contribute them, one for each thing that validation looks at. */
export const NODE_TYPES: readonly NodeTypeDescriptor[] = [
  aNodeType({
    type: 'media.source.file',
    kind: 'source',
    ...source,
    configSchema: nodeConfigSchema(z.strictObject({ path: z.string().min(1) })),
  }),
  aNodeType({ type: 'media.source.camera', kind: 'source', ...source, live: true }),
  aNodeType({ type: 'core.buffer.latest', kind: 'buffer', ...passing }),
  aNodeType({
    type: 'core.buffer.window',
    kind: 'buffer',
    inputs: passing.inputs,
    outputs: { out: { type: 'window<$in>' } },
  }),
  aNodeType({
    type: 'animal.pose',
    kind: 'extractor',
    inputs: { frame: { type: 'frame' } },
    outputs: { people: { type: 'landmarks/{skeleton}' }, boxes: { type: 'detections' } },
    configSchema: nodeConfigSchema(z.strictObject({ skeleton: z.string().min(1).default('coco-17') })),
  }),
  aNodeType({
    type: 'mediapipe.hands',
    kind: 'extractor',
    plugin: '@kinegraph/plugin-mediapipe',
    typeVersion: 2,
    inputs: { frame: { type: 'frame' } },
    outputs: { hands: { type: 'landmarks/hand-21' } },
    configSchema: nodeConfigSchema(HandsConfig),
    liveConfig: ['minTrackingConfidence'],
  }),
  aNodeType({
    type: 'mediapipe.pose',
    kind: 'extractor',
    plugin: '@kinegraph/plugin-mediapipe',
    stateless: true,
    inputs: { frame: { type: 'frame' } },
    outputs: { pose: { type: 'landmarks/pose-33' } },
  }),
  aNodeType({
    type: 'core.smoother.ema',
    kind: 'smoother',
    inputs: { in: { type: 'landmarks/*|angles' } },
    outputs: { out: { type: '$in' } },
  }),
  aNodeType({
    type: 'core.transform.merge',
    kind: 'transform',
    inputs: {
      first: { type: 'landmarks/*' },
      second: { type: 'landmarks/*' },
      third: { type: 'landmarks/*', optional: true },
    },
    outputs: { merged: { type: 'landmarks/mixed' } },
  }),
  aNodeType({
    type: 'sign.classifier',
    kind: 'classifier',
    inputs: { window: { type: 'window<landmarks/hand-21>' } },
    outputs: { sign: { type: 'classification' } },
  }),
  aNodeType({ type: 'core.sink.ndjson', kind: 'sink', inputs: { in: { type: 'any' } } }),
  aNodeType({
    type: 'core.sink.preview',
    kind: 'sink',
    inputs: { frame: { type: 'frame', optional: true }, landmarks: { type: 'landmarks/*', optional: true } },
  }),
];

/** A catalog of those types. */
export const CATALOG = new StaticNodeTypeCatalog(NODE_TYPES, {
  '@kinegraph/core': '0.1.0',
  '@kinegraph/plugin-media': '0.1.0',
  '@kinegraph/plugin-mediapipe': '0.3.1',
});
