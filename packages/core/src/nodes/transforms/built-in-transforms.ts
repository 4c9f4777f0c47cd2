import { z } from 'zod';
import type { BuiltInNode } from '../built-in-node.js';
import { Decode, DecodeConfig } from './decode.js';
import { Extrapolate, ExtrapolateConfig } from './extrapolate.js';
import { Interpolate, InterpolateConfig } from './interpolate.js';
import { JoinLandmarks } from './join-landmarks.js';
import { JointAngles, JointAnglesConfig } from './joint-angles.js';
import { ToSkeleton, ToSkeletonConfig } from './to-skeleton.js';
import { Tracker, TrackerConfig } from './tracker/tracker.js';

/** Of the nodes that bring landmarks to a display's rate: a clock, and results to go by. Made for `sync: "latest"`. */
const displayInputs: BuiltInNode['inputs'] = {
  at: { type: 'any', description: 'Packets at the rate wanted, such as the frames of the source.' },
  window: { type: 'window<landmarks/*>', description: 'The last results, from core.buffer.window.' },
};

export const builtInTransforms: readonly BuiltInNode[] = [
  {
    type: 'core.transform.decode',
    typeVersion: 1,
    kind: 'transform',
    title: 'Decode',
    description: 'Decodes JPEG, PNG and WebP frames to the size asked for, off the main thread.',
    stateless: true,
    inputs: { frame: { type: 'frame', description: 'Encoded frames; raw ones pass through.' } },
    outputs: { frame: { type: 'frame', description: 'Raw RGBA frames.' } },
    config: DecodeConfig,
    liveConfig: ['shortSide'],
    nodeClass: Decode,
  },
  {
    type: 'core.transform.join',
    typeVersion: 1,
    kind: 'transform',
    title: 'Join landmarks',
    description: 'Puts what several extractors found in the same frame into one value.',
    stateless: true,
    inputs: {
      a: { type: 'landmarks/*', description: 'Landmarks; the frame size is taken from here.' },
      b: { type: 'landmarks/*', description: 'Landmarks of the same frame.' },
      c: { type: 'landmarks/*', optional: true, description: 'More landmarks of the same frame.' },
      d: { type: 'landmarks/*', optional: true, description: 'More landmarks of the same frame.' },
    },
    outputs: { out: { type: 'landmarks/mixed', description: 'All tracks of all inputs.' } },
    config: z.strictObject({}),
    liveConfig: [],
    nodeClass: JoinLandmarks,
  },
  {
    type: 'core.transform.joint-angles',
    typeVersion: 1,
    kind: 'transform',
    title: 'Joint angles',
    description: 'The angle of each joint in space, in degrees, from world landmarks.',
    stateless: true,
    inputs: { in: { type: 'landmarks/*', description: 'Landmarks with world coordinates.' } },
    outputs: { angles: { type: 'angles', description: 'Degrees by joint, for each track.' } },
    config: JointAnglesConfig,
    liveConfig: ['minVisibility'],
    nodeClass: JointAngles,
  },
  {
    type: 'core.transform.tracker',
    typeVersion: 1,
    kind: 'transform',
    title: 'Tracker',
    description: 'Gives people and hands an identity that lasts from frame to frame, through short occlusions too.',
    inputs: {
      in: { type: 'landmarks/*', description: 'What was found in each frame, with any trackIds.' },
      boxes: { type: 'detections', optional: true, description: 'A box for each of them, in the same order.' },
    },
    outputs: {
      out: { type: '$in', description: 'Those that are followed, with lasting trackIds.' },
      boxes: { type: 'detections', description: 'Their boxes, in the same order and with the same trackIds.' },
    },
    config: TrackerConfig,
    liveConfig: ['keepLostMs', 'highScore', 'lowScore', 'minSimilarity', 'confirmAfter', 'agility'],
    nodeClass: Tracker,
  },
  {
    type: 'core.transform.to-skeleton',
    typeVersion: 1,
    kind: 'transform',
    title: 'To skeleton',
    description: 'Landmarks of one skeleton as those of another, by the names of its points: pose-33 as coco-17.',
    stateless: true,
    inputs: { in: { type: 'landmarks/*', description: 'Landmarks that have most of the points.' } },
    outputs: {
      out: { type: 'landmarks/{to}', description: 'The same objects, with the points of the other skeleton.' },
    },
    config: ToSkeletonConfig,
    liveConfig: [],
    nodeClass: ToSkeleton,
  },
  {
    type: 'core.transform.interpolate',
    typeVersion: 1,
    kind: 'transform',
    title: 'Interpolate',
    description: 'Landmarks at the rate of a display, between the last results, a little behind; use with sync latest.',
    stateless: true,
    inputs: displayInputs,
    outputs: { out: { type: 'landmarks/*', description: 'Landmarks as they were a little before each packet of at.' } },
    config: InterpolateConfig,
    liveConfig: ['delayMs'],
    nodeClass: Interpolate,
  },
  {
    type: 'core.transform.extrapolate',
    typeVersion: 1,
    kind: 'transform',
    title: 'Extrapolate',
    description:
      'Landmarks at the rate of a display, moved on from the last two results by 60 ms at most; use with sync latest.',
    stateless: true,
    inputs: displayInputs,
    outputs: { out: { type: 'landmarks/*', description: 'Landmarks as they should be at each packet of at.' } },
    config: ExtrapolateConfig,
    liveConfig: ['maxMs'],
    nodeClass: Extrapolate,
  },
];
