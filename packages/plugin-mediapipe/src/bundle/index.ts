export { addTfliteMetadata } from './add-tflite-metadata.js';
export { buildHandBundle, buildPoseBundle, type BundleParts } from './build-bundle.js';
export { METADATA_NAME, encodeModelMetadata, type Normalization } from './model-metadata.js';
export { extractPackedFile, findPackedFile, parsePackedAssetsLoader, type PackedFile } from './packed-assets.js';
export { readZip, writeStoredZip, type ZipEntry, type ZipInput } from './stored-zip.js';
export { HAND_TASK, POSE_TASK, checkTaskBundle, writeTaskBundle, type LandmarkTask } from './task-bundle.js';
export { isTfliteFile, readTfliteMetadata } from './tflite-file.js';
