import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The files that `readLetters` reads. */
export const LETTER_FILES = ['letters.f32', 'letters-labels.i32'] as const;
/** Width by height of the camera. */
export const LETTERS_ASPECT = 16 / 9;
const FRAMES_PER_SECOND = 30;

/** One frame of the real letters, as an extractor gives it. */
export interface LetterFrame {
  /** 'a' to 'z'; J and Z are held like the other letters. */
  readonly letter: string;
  /** As if all had been filmed without a pause at 30 frames a second: the file has no times. */
  readonly timestampMs: number;
  readonly hand: {
    /** Shape [21, 4], row-major: image landmarks, visibility 1. */
    readonly image: Float32Array;
    readonly handedness: 'left';
    readonly handednessScore: number;
  };
}

/**
 * Real fingerspelling by one signer, found by MediaPipe.
 *
 * The file does not say which hand it is. In nearly all frames of A, B, L and Y the palm is to the camera (the tips of curled
 * fingers are nearer than their knuckles) and the thumb's side is to the left of the picture: a left hand, or a right one in a
 * mirrored picture, which is the same for who mirrors left hands. A test in `tools/signer/test` holds this.
 * @param folder - where the two files are; they are no part of the project.
 */
export function readLetters(folder: string): readonly LetterFrame[] {
  const [landmarksFile, labelsFile] = LETTER_FILES.map((name) => readFileSync(path.join(folder, name)));
  if (landmarksFile === undefined || labelsFile === undefined) return []; // two names, two files
  return Array.from({ length: labelsFile.byteLength / 4 }, (_, frame) => {
    const image = new Float32Array(21 * 4).fill(1);
    for (let point = 0; point < 21; point += 1) {
      for (let axis = 0; axis < 3; axis += 1) {
        image[point * 4 + axis] = landmarksFile.readFloatLE(((frame * 21 + point) * 3 + axis) * 4);
      }
    }
    return {
      letter: String.fromCodePoint('a'.charCodeAt(0) + labelsFile.readInt32LE(frame * 4)),
      timestampMs: (frame * 1000) / FRAMES_PER_SECOND,
      hand: { image, handedness: 'left', handednessScore: 1 },
    };
  });
}

/** Runs of `length` frames of one letter, one after another: the windows that the tests read. */
export function letterWindows(frames: readonly LetterFrame[], length = 30): readonly (readonly LetterFrame[])[] {
  const windows: LetterFrame[][] = [];
  let run: LetterFrame[] = [];
  for (const frame of frames) {
    if (run[0] !== undefined && run[0].letter !== frame.letter) run = [];
    run.push(frame);
    if (run.length < length) continue;
    windows.push(run);
    run = [];
  }
  return windows;
}
