import {
  LETTER_FILES as FILES,
  readLetters as readFrom,
  type LetterFrame,
} from '../../tools/signer/src/real/letters.js';
import { sharedFile } from './shared-files.js';

export { LETTERS_ASPECT, letterWindows } from '../../tools/signer/src/real/letters.js';

/** The files beside the repository that `readLetters` reads: ask `missingShared(...LETTER_FILES)` first. */
export const LETTER_FILES = FILES.map((file) => `landmarks/${file}`);

/** Real fingerspelling by one signer, found by MediaPipe. */
export function readLetters(): readonly LetterFrame[] {
  return readFrom(sharedFile('landmarks'));
}
