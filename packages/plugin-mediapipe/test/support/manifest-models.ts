import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buildHandBundle, buildPoseBundle } from '../../src/bundle/index.js';

interface ManifestModel {
  readonly id: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly from: string;
  readonly parts?: readonly [detector: string, landmarks: string];
}

const require = createRequire(import.meta.url);

/** The package's own manifest. */
export const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly contributes: { readonly models: readonly ManifestModel[] };
};

/** A model's bytes by the manifest alone: read from the npm package, or built from its parts. */
export function modelBytes(id: string): Uint8Array {
  const model = manifest.contributes.models.find((candidate) => candidate.id === id);
  if (model === undefined) throw new RangeError(`The manifest lists no model "${id}".`);
  if (model.parts !== undefined) {
    const [detector, landmarks] = model.parts;
    const build = model.from === 'build:hand-landmarker' ? buildHandBundle : buildPoseBundle;
    return build({ detector: modelBytes(detector), landmarks: modelBytes(landmarks) });
  }
  const [, path, start, length] = /^npm:([^#]+)(?:#bytes=(\d+)\+(\d+))?$/.exec(model.from) ?? [];
  if (path === undefined)
    throw new RangeError(`Model "${id}" comes from "${model.from}", which is neither npm nor built.`);
  const bytes = readFileSync(require.resolve(path));
  return start === undefined ? bytes : bytes.subarray(Number(start), Number(start) + Number(length));
}
