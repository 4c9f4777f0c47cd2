// Writes `contributes.models` of package.json from the installed @mediapipe packages: places of the parts as their loader
// files list them, sizes, sha256, and the bundles that the builders make of them. Run it (after the build) when a version
// of those packages or a builder has changed; the diff of package.json shows what that means.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  buildHandBundle,
  buildPoseBundle,
  extractPackedFile,
  findPackedFile,
  parsePackedAssetsLoader,
} from '../dist/bundle/index.js';

const resolve = createRequire(import.meta.url).resolve;
const manifestUrl = new URL('../package.json', import.meta.url);
const bytesById = new Map();
const models = [];

function add(id, title, from, bytes, parts) {
  bytesById.set(id, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  models.push({
    id,
    title,
    sha256,
    bytes: bytes.length,
    license: 'Apache-2.0',
    from,
    ...(parts === undefined ? {} : { parts }),
  });
}

function addFile(id, title, path) {
  add(id, title, `npm:${path}`, readFileSync(resolve(path)));
}

function addPacked(id, title, assets, name) {
  const file = findPackedFile(parsePackedAssetsLoader(readFileSync(resolve(`${assets}_loader.js`), 'utf8')), name);
  const bytes = extractPackedFile(readFileSync(resolve(`${assets}.data`)), file);
  add(id, title, `npm:${assets}.data#bytes=${file.start}+${file.end - file.start}`, bytes);
}

function addBundle(id, title, builder, build, detector, landmarks) {
  const bytes = build({ detector: bytesById.get(detector), landmarks: bytesById.get(landmarks) });
  add(id, title, `build:${builder}`, bytes, [detector, landmarks]);
}

for (const size of ['full', 'lite']) {
  addPacked(
    `mediapipe.part.palm-${size}`,
    `Palm detector (${size})`,
    '@mediapipe/hands/hands_solution_packed_assets',
    `palm_detection_${size}.tflite`,
  );
  addFile(
    `mediapipe.part.hand-${size}`,
    `Hand landmark model (${size})`,
    `@mediapipe/hands/hand_landmark_${size}.tflite`,
  );
}
addPacked(
  'mediapipe.part.person',
  'Person detector',
  '@mediapipe/pose/pose_solution_packed_assets',
  'pose_detection.tflite',
);
for (const size of ['lite', 'full', 'heavy']) {
  addFile(
    `mediapipe.part.pose-${size}`,
    `Pose landmark model (${size})`,
    `@mediapipe/pose/pose_landmark_${size}.tflite`,
  );
}
for (const size of ['full', 'lite']) {
  addBundle(
    `mediapipe.hands.${size}`,
    `Hand landmarker (${size})`,
    'hand-landmarker',
    buildHandBundle,
    `mediapipe.part.palm-${size}`,
    `mediapipe.part.hand-${size}`,
  );
}
for (const size of ['lite', 'full', 'heavy']) {
  addBundle(
    `mediapipe.pose.${size}`,
    `Pose landmarker (${size})`,
    'pose-landmarker',
    buildPoseBundle,
    'mediapipe.part.person',
    `mediapipe.part.pose-${size}`,
  );
}

const manifest = JSON.parse(readFileSync(manifestUrl, 'utf8'));
manifest.contributes.models = models;
writeFileSync(manifestUrl, `${JSON.stringify(manifest, null, 2)}\n`);
console.log(models.map((model) => `${model.id}  ${model.bytes} bytes  ${model.sha256}`).join('\n'));
