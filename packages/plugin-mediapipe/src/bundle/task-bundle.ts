import { TaskBundleError } from '../errors.js';
import { crc32 } from './crc32.js';
import { readZip, writeStoredZip } from './stored-zip.js';
import { isTfliteFile } from './tflite-file.js';

/** A MediaPipe landmark task: what people call it, and the models that its `.task` bundle must hold. */
export interface LandmarkTask {
  readonly title: string;
  /** Finds the hands or persons in the whole frame. */
  readonly detectorEntry: string;
  /** Finds the landmarks in what the detector found. */
  readonly landmarksEntry: string;
  /** The official file, to name in mends. */
  readonly officialFile: string;
}

export const HAND_TASK: LandmarkTask = {
  title: 'hand landmarker',
  detectorEntry: 'hand_detector.tflite',
  landmarksEntry: 'hand_landmarks_detector.tflite',
  officialFile: 'hand_landmarker.task',
};

export const POSE_TASK: LandmarkTask = {
  title: 'pose landmarker',
  detectorEntry: 'pose_detector.tflite',
  landmarksEntry: 'pose_landmarks_detector.tflite',
  officialFile: 'pose_landmarker_lite.task',
};

/** A `.task` bundle of two models that carry their metadata. Equal input gives equal bytes. */
export function writeTaskBundle(
  task: LandmarkTask,
  models: { detector: Uint8Array; landmarks: Uint8Array },
): Uint8Array {
  return writeStoredZip([
    { name: task.detectorEntry, bytes: models.detector },
    { name: task.landmarksEntry, bytes: models.landmarks },
  ]);
}

/**
 * Tells whether `bytes` are a bundle for `task`, before MediaPipe fails on them in its own words.
 * @param model - what the user wrote in the configuration, for the sentence.
 * @throws TaskBundleError
 */
export function checkTaskBundle(task: LandmarkTask, model: string, bytes: Uint8Array): void {
  const mend = `Give a ${task.title} bundle such as ${task.officialFile}.`;
  const fail = (problem: string): never => {
    throw new TaskBundleError({ model, problem, mend });
  };
  if (isTfliteFile(bytes)) fail('it is a bare TensorFlow Lite model, not a .task bundle');
  const entries = readZip(bytes);
  if (typeof entries === 'string') return fail(`${entries}, so it is not a .task bundle`);
  const names = entries.length === 0 ? 'nothing' : entries.map((entry) => `"${entry.name}"`).join(', ');
  for (const name of [task.detectorEntry, task.landmarksEntry]) {
    const entry = entries.find((candidate) => candidate.name === name);
    if (entry === undefined) return fail(`it lacks "${name}" (it holds ${names})`);
    if (entry.method !== 0)
      return fail(`its entry "${name}" is compressed, but bundles must store their models as they are`);
    if (!isTfliteFile(entry.bytes)) return fail(`its entry "${name}" is not a TensorFlow Lite model`);
    if (crc32(entry.bytes) !== entry.crc32) return fail(`its entry "${name}" is damaged (its checksum does not fit)`);
  }
}
