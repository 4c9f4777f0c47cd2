import type { BuiltInNode } from '../built-in-node.js';
import { FramesSource, FramesSourceConfig } from './frames-source.js';

export const builtInSources: readonly BuiltInNode[] = [
  {
    type: 'core.source.frames',
    typeVersion: 1,
    kind: 'source',
    title: 'Frames from a client',
    description: 'The pictures that a client of the server, or the embedding program, sends: the newest wins.',
    live: true,
    inputs: {},
    outputs: { frame: { type: 'frame', description: 'Encoded as they came: JPEG, PNG or WebP.' } },
    config: FramesSourceConfig,
    liveConfig: [],
    nodeClass: FramesSource,
  },
];
