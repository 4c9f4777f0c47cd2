import { stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { RecordingDeleteError } from '../errors.js';
import { systemCode, writeReason } from './disk-file.js';
import { isPlayed } from './open-recordings.js';
import { factsOf } from './part-writer.js';
import { PART_SUFFIX, partsIn, successorOf, type PartName } from './recording-files.js';
import { partsToDelete, type CompletePart, type KeepLimits } from './parts-to-delete.js';

/** The fact in a part by which the path is known that was asked for; its name may be a successor's. */
export const ASKED_FOR = 'askedFor';

/** What a look at the parts of a path came to. */
export interface KeepOutcome {
  /** Of the complete parts that are there now. */
  readonly bytes: number;
  readonly deleted: number;
  /** Why something may still be there that should not be; it is tried again at the next look. */
  readonly error: RecordingDeleteError | undefined;
}

interface LookedAtPart extends CompletePart {
  readonly path: string;
}

/**
 * Deletes the oldest complete parts of what a path has recorded, its numbered successors included. Only files are deleted
 * whose name and whose own facts both say that they were recorded under this path; those that are being played stay until later.
 */
export class PartKeeper {
  #looking = Promise.resolve();
  /** Whether the files that are there are of this path, by what they say of themselves. */
  #isOwn: ReadonlyMap<string, boolean> = new Map();

  /** @param asked - the path that was asked for. */
  constructor(
    private readonly asked: string,
    private readonly limits: KeepLimits,
    private readonly tell: (outcome: KeepOutcome) => void,
  ) {}

  /** Looks, after the looks before it, and tells what that came to. Never throws. Without limits nothing is looked at. */
  look(): void {
    const { keepBytes, keepMs } = this.limits;
    if (keepBytes === Number.POSITIVE_INFINITY && keepMs === Number.POSITIVE_INFINITY) return;
    this.#looking = this.#looking.then(async () => this.tell(await this.#look()));
  }

  /** Settles once all looks are over. */
  async settled(): Promise<void> {
    await this.#looking;
  }

  async #look(): Promise<KeepOutcome> {
    const errors: RecordingDeleteError[] = [];
    const failed = (where: string, cause: unknown): void => {
      if (systemCode(cause) === 'ENOENT') return; // somebody else has deleted it
      errors.push(new RecordingDeleteError({ path: where, reason: writeReason(cause) }, { cause }));
    };
    const parts = await this.#parts(failed);
    let [bytes, deleted] = [parts.reduce((sum, part) => sum + part.bytes, 0), 0];
    for (const part of partsToDelete(parts, this.limits, Date.now())) {
      if (isPlayed(part.path)) continue;
      try {
        await unlink(part.path);
        bytes -= part.bytes;
        deleted += 1;
      } catch (error) {
        failed(part.path, error);
      }
    }
    return { bytes, deleted, error: errors[0] };
  }

  /** The complete parts that are this path's own, in the order in which they were written. */
  async #parts(failed: (where: string, cause: unknown) => void): Promise<readonly LookedAtPart[]> {
    const folder = path.dirname(this.asked);
    const names = await partsIn(folder).catch((error: unknown) => {
      failed(folder, error);
      return [];
    });
    const parts: LookedAtPart[] = [];
    const before = this.#isOwn;
    const isOwn = new Map<string, boolean>();
    for (const { file } of completeParts(names, path.basename(this.asked))) {
      const where = path.join(folder, file);
      try {
        const own = before.get(file) ?? (await factsOf(where))?.get(ASKED_FOR) === path.basename(this.asked);
        isOwn.set(file, own);
        if (!own) continue;
        const { size, mtimeMs } = await stat(where);
        parts.push({ path: where, bytes: size, endedMs: mtimeMs });
      } catch (error) {
        failed(where, error);
      }
    }
    this.#isOwn = isOwn;
    return parts;
  }
}

/** The complete parts of a recording and its successors: by the successor, then by the part. */
function completeParts(names: readonly PartName[], asked: string): readonly PartName[] {
  return names
    .filter(({ file }) => !file.endsWith(PART_SUFFIX))
    .flatMap((name) => {
      const successor = successorOf(asked, name.recording);
      return successor === undefined ? [] : [{ name, successor }];
    })
    .sort((a, b) => a.successor - b.successor || a.name.part - b.name.part)
    .map(({ name }) => name);
}
