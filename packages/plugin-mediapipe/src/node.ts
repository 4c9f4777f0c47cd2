import type { ModelBuilder, PluginContext } from '@kinegraph/core/plugin';
import { buildHandBundle, buildPoseBundle, type BundleParts } from './bundle/index.js';
import { HandLandmarkerExtractor } from './nodes/hand-landmarker-extractor.js';
import { PoseLandmarkerExtractor } from './nodes/pose-landmarker-extractor.js';

/** Registers the node classes, and how their `.task` bundles are made of the parts in the npm packages. */
export function activate(context: PluginContext): void {
  context.nodes.register('mediapipe.hands', HandLandmarkerExtractor);
  context.nodes.register('mediapipe.pose', PoseLandmarkerExtractor);
  context.models.registerBuilder('hand-landmarker', bundleBuilder(buildHandBundle));
  context.models.registerBuilder('pose-landmarker', bundleBuilder(buildPoseBundle));
}

/** The manifest lists a bundle's parts as detector, landmark model. */
function bundleBuilder(build: (parts: BundleParts) => Uint8Array): ModelBuilder {
  return async (readPart, { id, parts: [detector, landmarks] }) => {
    if (detector === undefined || landmarks === undefined) {
      throw new TypeError(`The manifest must list two parts for model "${id}": a detector and a landmark model.`);
    }
    return build({ detector: await readPart(detector), landmarks: await readPart(landmarks) });
  };
}
