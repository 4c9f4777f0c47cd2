import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder beside the repository with files that may not be part of it: weights, photos. Read only. */
const folder = fileURLToPath(new URL('../../../shared', import.meta.url));

/** The path of a file there, for example `models/yolov8n-pose-256.onnx`. */
export function sharedFile(name: string): string {
  return path.join(folder, name);
}

/** Those of the files that are missing; tests that need them are skipped, and say so in their names. */
export function missingShared(...names: readonly string[]): readonly string[] {
  return names.filter((name) => !existsSync(sharedFile(name)));
}
