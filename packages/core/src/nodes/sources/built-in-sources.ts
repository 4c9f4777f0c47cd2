import type { BuiltInNode } from '../built-in-node.js';
import { FramesSource, FramesSourceConfig } from './frames-source.js';
import { LandmarksSource, LandmarksSourceConfig } from './landmarks-source.js';

export const builtInSources: readonly BuiltInNode[] = [
  {
    type: 'core.source.frames',
    typeVersion: 1,
    kind: 'source',
    title: 'Frames from a client',
    description: 'The pictures that a client of the server, or the embedding program, sends: the newest wins.',
    live: true,
    takes: 'frames',
    inputs: {},
    outputs: { frame: { type: 'frame', description: 'Encoded as they came: JPEG, PNG or WebP.' } },
    config: FramesSourceConfig,
    liveConfig: [],
    nodeClass: FramesSource,
  },
  {
    type: 'core.source.landmarks',
    typeVersion: 1,
    kind: 'source',
    title: 'Landmarks from a client',
    description: 'The landmarks that a client finds itself and sends, in place of pictures: the newest win.',
    live: true,
    takes: 'landmarks',
    inputs: {},
    outputs: {
      landmarks: { type: 'landmarks/{skeleton}', description: 'As they came, every track with an identity.' },
    },
    config: LandmarksSourceConfig,
    liveConfig: [],
    nodeClass: LandmarksSource,
  },
];
