import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Take, TakeFrame } from '@kinegraph/plugin-sign-classifier/teach';

const FRAMES = 30;
const STEP_MS = 1000 / FRAMES;
const POINTS = 63;
const names = ['letters.f32', 'letters-labels.i32'];
const files = names.map((name) => fileURLToPath(new URL(`../../../shared/landmarks/${name}`, import.meta.url)));

/** Real fingerspelling by one signer, found by MediaPipe: files beside the repository, and no part of it. */
export const REAL_LETTERS = {
  files: names,
  areThere: (): boolean => files.every((file) => existsSync(file)),
};

/** Windows of 30 frames of each letter as takes, in the order they were filmed. A left hand, or a right one in a mirror. */
export function realLetterTakes(): ReadonlyMap<string, readonly Take[]> {
  const [places, labels] = files.map((file) => readFileSync(file));
  const takes = new Map<string, Take[]>();
  if (places === undefined || labels === undefined) return takes;
  let frames: TakeFrame[] = [];
  let letter = '';
  for (let at = 0; at < labels.byteLength / 4; at += 1) {
    const next = String.fromCodePoint('a'.charCodeAt(0) + labels.readInt32LE(at * 4));
    if (next !== letter) frames = [];
    letter = next;
    const points = Float32Array.from({ length: POINTS }, (_, value) => places.readFloatLE((at * POINTS + value) * 4));
    frames.push({
      timestampMs: frames.length * STEP_MS,
      hands: [{ trackId: 1, handedness: 'left', score: 1, points }],
    });
    if (frames.length < FRAMES) continue;
    const own = takes.get(letter) ?? [];
    takes.set(letter, own);
    own.push({
      ...{ id: `window-${own.length}`, label: letter, recordedAt: '2026-01-01T00:00:00.000Z', source: 'real letters' },
      ...{ frameWidth: 1600, frameHeight: 900, rate: FRAMES, frames },
    });
    frames = [];
  }
  return takes;
}
