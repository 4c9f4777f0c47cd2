import { addTfliteMetadata } from './add-tflite-metadata.js';
import { METADATA_NAME, encodeModelMetadata, type Normalization } from './model-metadata.js';
import { HAND_TASK, POSE_TASK, writeTaskBundle, type LandmarkTask } from './task-bundle.js';

/** Pixels become 0 to 1. */
const ZERO_TO_ONE: Normalization = { mean: 0, std: 255 };
/** Pixels become -1 to 1. */
const MINUS_ONE_TO_ONE: Normalization = { mean: 127.5, std: 127.5 };

/** The two models of a bundle as they lie in the npm packages, without metadata. */
export interface BundleParts {
  readonly detector: Uint8Array;
  readonly landmarks: Uint8Array;
}

/** A `.task` bundle for hands from the palm detector and a hand landmark model. @throws ModelPartError */
export function buildHandBundle(parts: BundleParts): Uint8Array {
  return buildBundle(HAND_TASK, parts, { detector: ZERO_TO_ONE, landmarks: ZERO_TO_ONE });
}

/** A `.task` bundle for body pose from the pose detector and a pose landmark model. @throws ModelPartError */
export function buildPoseBundle(parts: BundleParts): Uint8Array {
  return buildBundle(POSE_TASK, parts, { detector: MINUS_ONE_TO_ONE, landmarks: ZERO_TO_ONE });
}

function buildBundle(
  task: LandmarkTask,
  parts: BundleParts,
  normalization: { detector: Normalization; landmarks: Normalization },
): Uint8Array {
  const withMetadata = (model: Uint8Array, entry: string, how: Normalization): Uint8Array =>
    addTfliteMetadata(model, METADATA_NAME, encodeModelMetadata(entry.replace('.tflite', ''), how), entry);
  return writeTaskBundle(task, {
    detector: withMetadata(parts.detector, task.detectorEntry, normalization.detector),
    landmarks: withMetadata(parts.landmarks, task.landmarksEntry, normalization.landmarks),
  });
}
