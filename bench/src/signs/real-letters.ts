import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Take } from '@kinegraph/plugin-sign-classifier/teach';
import { LETTER_FILES, LETTERS_ASPECT, letterWindows, readLetters, type LetterFrame } from '@kinegraph/signer';

const FOLDER = fileURLToPath(new URL('../../../../shared/landmarks', import.meta.url));
const FRAMES = 30;
const STEP_MS = 1000 / FRAMES;
const HEIGHT = 900;

/** Real fingerspelling by one signer: files beside the repository, and no part of it. */
export const REAL_LETTERS = {
  files: LETTER_FILES,
  areThere: (): boolean => LETTER_FILES.every((file) => existsSync(path.join(FOLDER, file))),
};

/** Windows of 30 frames of one letter each, in the order they were filmed. */
export function realLetterWindows(): readonly (readonly LetterFrame[])[] {
  return letterWindows(readLetters(FOLDER), FRAMES);
}

/** The same windows as takes, by letter. */
export function realLetterTakes(): ReadonlyMap<string, readonly Take[]> {
  const takes = new Map<string, Take[]>();
  for (const window of realLetterWindows()) {
    const letter = window[0]?.letter ?? '';
    const own = takes.get(letter) ?? [];
    takes.set(letter, own);
    own.push({
      ...{ id: `window-${own.length}`, label: letter, recordedAt: '2026-01-01T00:00:00.000Z', source: 'real letters' },
      ...{ frameWidth: Math.round(HEIGHT * LETTERS_ASPECT), frameHeight: HEIGHT, rate: FRAMES },
      frames: window.map(({ hand: { image, handedness } }, index) => ({
        timestampMs: index * STEP_MS,
        hands: [{ trackId: 1, handedness, score: 1, points: image.filter((_, at) => at % 4 < 3) }],
      })),
    });
  }
  return takes;
}
