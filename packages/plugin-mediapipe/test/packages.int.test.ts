import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  HAND_TASK,
  METADATA_NAME,
  POSE_TASK,
  buildHandBundle,
  buildPoseBundle,
  checkTaskBundle,
  parsePackedAssetsLoader,
  readTfliteMetadata,
  readZip,
} from '../src/bundle/index.js';
import { manifest, modelBytes } from './support/manifest-models.js';

const require = createRequire(import.meta.url);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the models of the manifest', () => {
  it.each(manifest.contributes.models)('$id is where it should be, byte for byte', (model) => {
    const bytes = modelBytes(model.id);
    expect({ bytes: bytes.length, sha256: sha256(bytes) }).toEqual({ bytes: model.bytes, sha256: model.sha256 });
  });

  it('takes packed parts from where the loader files list them', () => {
    const packed = manifest.contributes.models.filter((model) => model.from.includes('#bytes='));
    expect(packed).toHaveLength(3);
    for (const { from } of packed) {
      const [, assets, start, length] = /^npm:(.+)\.data#bytes=(\d+)\+(\d+)$/.exec(from) ?? [];
      const files = parsePackedAssetsLoader(readFileSync(require.resolve(`${assets}_loader.js`), 'utf8'));
      expect(files.map((file) => [file.start, file.end])).toContainEqual([
        Number(start),
        Number(start) + Number(length),
      ]);
    }
  });
});

describe('built bundles', () => {
  const bundles = manifest.contributes.models.filter((model) => model.from.startsWith('build:'));

  it.each(bundles)('$id passes its own check and carries the metadata that MediaPipe asks for', (model) => {
    const bytes = modelBytes(model.id);
    checkTaskBundle(model.id.includes('hands') ? HAND_TASK : POSE_TASK, model.id, bytes);
    const entries = readZip(bytes);
    if (typeof entries === 'string') throw new TypeError(entries);
    for (const entry of entries) {
      const metadata = readTfliteMetadata(entry.bytes, METADATA_NAME);
      expect(new TextDecoder().decode(metadata?.subarray(4, 8))).toBe('M001');
    }
  });

  it('are the same bytes every time', () => {
    const hands = {
      detector: modelBytes('mediapipe.part.palm-lite'),
      landmarks: modelBytes('mediapipe.part.hand-lite'),
    };
    expect(sha256(buildHandBundle(hands))).toBe(sha256(buildHandBundle(hands)));
    const pose = { detector: modelBytes('mediapipe.part.person'), landmarks: modelBytes('mediapipe.part.pose-lite') };
    expect(sha256(buildPoseBundle(pose))).toBe(sha256(buildPoseBundle(pose)));
  });
});

describe('the pinned runtime', () => {
  it('is exactly the version that sends nothing home', () => {
    expect(manifest.dependencies['@mediapipe/tasks-vision']).toBe('0.10.35');
    const entry = require.resolve('@mediapipe/tasks-vision');
    const installed: unknown = JSON.parse(readFileSync(join(dirname(entry), 'package.json'), 'utf8'));
    expect(installed).toMatchObject({ name: '@mediapipe/tasks-vision', version: '0.10.35' });
  });
});
