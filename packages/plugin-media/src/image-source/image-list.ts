import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { statOrThrow } from '../decoder/media-file.js';
import { MediaFileKindError } from '../file-errors.js';

const IMAGE_EXTENSIONS = new Set(['.jpg', '.jpeg', '.png', '.webp']);

/**
 * The images at a path: the file itself, or those of a folder (not of its subfolders) as people count: `2.jpg` before `10.jpg`.
 *
 * @throws MediaFileMissingError, MediaFileDeniedError, MediaFileKindError - also for a folder without an image
 */
export async function listImages(target: string): Promise<string[]> {
  const facts = await statOrThrow(target);
  if (facts.isFile()) return [target];
  if (!facts.isDirectory()) {
    const mend = 'Name an image or a folder of images.';
    throw new MediaFileKindError({ path: target, found: 'a device, pipe or socket, not a file', mend });
  }
  const names = (await readdir(target, { withFileTypes: true }))
    .filter(
      (entry) =>
        !entry.isDirectory() &&
        !entry.name.startsWith('.') &&
        IMAGE_EXTENSIONS.has(path.extname(entry.name).toLowerCase()),
    )
    .map((entry) => entry.name);
  if (names.length === 0) {
    const mend = 'Name a folder with .jpg, .jpeg, .png or .webp files right inside it.';
    throw new MediaFileKindError({ path: target, found: 'a folder without images', mend });
  }
  return names.toSorted(byNumbers).map((name) => path.join(target, name));
}

/** The same order on every machine: the locale is fixed, and names that it finds equal are told apart by their code units. */
function byNumbers(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : 1);
}
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
