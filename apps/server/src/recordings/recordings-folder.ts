import { lstat, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, errorMessage, serviceId } from '@kinegraph/core';
import {
  isBeingWritten,
  openRecording,
  PART_SUFFIX,
  partsIn,
  summarizePart,
  topicsOf,
  useOf,
  type PartName,
  type PartProgress,
  type PartSummary,
} from '@kinegraph/recording/node';
import { inject, injectable } from 'inversify';
import type { z } from 'zod';
import type {
  Recording as RecordingShape,
  RecordingDetails as RecordingDetailsShape,
} from '../api/shapes/recordings.js';
import { RecordingInUseError, RecordingUnknownError } from './recording-errors.js';

/** Where recordings are. */
export interface RecordingsOptions {
  /** Absolute; it need not be there. */
  readonly folder: string;
}
export const RecordingsOptions = serviceId<RecordingsOptions>('server.RecordingsOptions');

export type Recording = z.infer<typeof RecordingShape>;
export type RecordingDetails = z.infer<typeof RecordingDetailsShape>;
type Part = Recording['parts'][number];

/** A part with what is in it, as far as that can be told. */
interface LookedAt {
  readonly part: Part;
  readonly contents?: PartSummary | PartProgress;
}

/** Parts that are looked at need not be read again while they stay as they are. */
const REMEMBERED = 4096;
const NS_PER_MS = 1e6;

/** The recordings that lie in one folder: what their names say and what is in them. */
@injectable()
export class RecordingsFolder {
  readonly #remembered = new Map<string, { readonly key: string; readonly found: Promise<PartSummary> }>();

  constructor(@inject(RecordingsOptions) private readonly options: RecordingsOptions) {}

  get folder(): string {
    return this.options.folder;
  }

  /** All recordings, by id. */
  async list(): Promise<readonly Recording[]> {
    const byId = new Map<string, PartName[]>();
    for (const name of await this.#names()) byId.set(name.recording, [...(byId.get(name.recording) ?? []), name]);
    const ids = [...byId].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const recordings: Recording[] = [];
    for (const [id, names] of ids) recordings.push(this.#describe(id, await this.#look(id, names)));
    return recordings.filter(({ parts }) => parts.length > 0);
  }

  /** @throws RecordingUnknownError */
  async get(id: string): Promise<RecordingDetails> {
    const found = await this.find(id);
    if (found === undefined) throw new RecordingUnknownError({ recording: id });
    return found;
  }

  /** Undefined where there is none. */
  async find(id: string): Promise<RecordingDetails | undefined> {
    const parts = await this.#look(id, await this.#namesOf(id));
    const recording = this.#describe(id, parts);
    if (recording.parts.length === 0) return undefined;
    const [first] = parts.flatMap(({ contents }) =>
      contents !== undefined && 'metadata' in contents ? [contents.metadata] : [],
    );
    const metadata = [...(first ?? [])].filter(([name]) => name !== 'kinegraph.part');
    return {
      ...recording,
      metadata: Object.fromEntries(metadata.map(([name, facts]) => [name, Object.fromEntries(facts)])),
    };
  }

  /** The name of a part's file, and what it is at now. @throws RecordingUnknownError */
  async file(
    id: string,
    part: number,
  ): Promise<{ readonly name: string; readonly bytes: number; readonly mtimeMs: number }> {
    for (const name of await this.#namesOf(id)) {
      const stats = name.part === part ? await statsOf(path.join(this.folder, name.file)) : undefined;
      if (stats !== undefined) return { name: name.file, bytes: stats.size, mtimeMs: stats.mtimeMs };
    }
    throw new RecordingUnknownError({ recording: id, part });
  }

  /** Deletes all files of a recording. @throws RecordingUnknownError, RecordingInUseError */
  async delete(id: string): Promise<void> {
    const names = await this.#namesOf(id);
    if (names.length === 0) throw new RecordingUnknownError({ recording: id });
    const use = useOf(path.join(this.folder, id));
    if (use !== undefined) throw new RecordingInUseError({ recording: id, use });
    for (const { file } of names)
      if (file.endsWith(PART_SUFFIX) && (await isBeingWritten(path.join(this.folder, file))))
        throw new RecordingInUseError({ recording: id, use: 'written' });
    for (const { file } of names) await rm(path.join(this.folder, file), { force: true });
  }

  /** Only names that the folder itself tells: an id that is a path is none of them. */
  async #namesOf(id: string): Promise<readonly PartName[]> {
    return (await this.#names()).filter(({ recording }) => recording === id);
  }

  async #names(): Promise<readonly PartName[]> {
    try {
      return await partsIn(this.folder);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []; // nothing was recorded yet
      throw error;
    }
  }

  async #look(id: string, names: readonly PartName[]): Promise<readonly LookedAt[]> {
    const parts: LookedAt[] = [];
    for (const name of names) {
      const part = await this.#lookAt(id, name);
      if (part !== undefined) parts.push(part);
    }
    return parts;
  }

  async #lookAt(id: string, { part, file }: PartName): Promise<LookedAt | undefined> {
    const where = path.join(this.folder, file);
    const stats = await statsOf(where);
    if (stats === undefined) return undefined;
    const about = { part, file, bytes: stats.size };
    const isWritten = file.endsWith(PART_SUFFIX) && useOf(where) === 'written';
    const progress = isWritten ? openRecording(path.join(this.folder, id))?.part() : undefined;
    // What is being written is not read: its writer knows what is in it.
    if (isWritten) {
      const messages = progress?.path === where ? countOf(progress) : 0;
      return {
        part: { ...about, state: 'writing', messages },
        ...(progress?.path === where && { contents: progress }),
      };
    }
    try {
      const contents = await this.#summaryOf(where, `${stats.size} ${stats.mtimeMs}`);
      const isElsewhere = file.endsWith(PART_SUFFIX) && (await isBeingWritten(where)); // by another process
      const left = contents.isComplete ? 'complete' : isElsewhere ? 'writing' : 'incomplete';
      const state = contents.damage !== undefined ? 'damaged' : left;
      const error = contents.damage === undefined ? {} : { error: this.#faultOf(contents.damage) };
      return { part: { ...about, state, messages: countOf(contents), ...error }, contents };
    } catch (error) {
      return { part: { ...about, state: 'damaged', messages: 0, error: this.#faultOf(error) } };
    }
  }

  async #summaryOf(where: string, key: string): Promise<PartSummary> {
    const known = this.#remembered.get(where);
    if (known?.key === key) return await known.found;
    const found = summarizePart(where);
    this.#remembered.delete(where);
    this.#remembered.set(where, { key, found });
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= REMEMBERED) break;
      this.#remembered.delete(oldest);
    }
    return await found;
  }

  #describe(id: string, looked: readonly LookedAt[]): Recording {
    const parts = looked.map(({ part }) => part);
    const contents = looked.flatMap(({ contents: of }) => (of === undefined ? [] : [of]));
    const starts = contents.flatMap(({ startTime }) => startTime ?? []);
    const ends = contents.flatMap(({ endTime }) => endTime ?? []);
    const [start, end] = [smallest(starts), largest(ends)];
    const [run] = contents.flatMap((of) =>
      'metadata' in of ? (of.metadata.get('kinegraph.recording')?.get('run') ?? []) : [],
    );
    const use = useOf(path.join(this.folder, id));
    return {
      id,
      state: use === 'written' ? 'writing' : worst(parts),
      isPlayed: use === 'played',
      ...(run === undefined ? {} : { run }),
      ...(start === undefined ? {} : { startedAt: new Date(Number(start) / NS_PER_MS).toISOString() }),
      ...(start === undefined || end === undefined ? {} : { durationMs: Number(end - start) / NS_PER_MS }),
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
      messages: parts.reduce((sum, { messages }) => sum + messages, 0),
      topics: [...topicsOf(contents)],
      parts,
    };
  }

  /** Where files are on this machine is nobody's business. */
  #faultOf(error: unknown): { code: string; message: string } {
    const message = errorMessage(error).replaceAll(`${this.folder}${path.sep}`, '');
    return { code: errorCode(error), message };
  }
}

/** Undefined for what is no plain file, links included: they may lead anywhere. */
async function statsOf(where: string): Promise<{ readonly size: number; readonly mtimeMs: number } | undefined> {
  try {
    const stats = await lstat(where);
    return stats.isFile() ? stats : undefined;
  } catch {
    return undefined; // it has been completed, or deleted, since the folder was read
  }
}

function countOf({ topics }: Pick<PartSummary, 'topics'>): number {
  return topics.reduce((sum, { messages }) => sum + messages, 0);
}

function worst(parts: readonly Part[]): Recording['state'] {
  const states = new Set(parts.map(({ state }) => state));
  return (['writing', 'damaged', 'incomplete'] as const).find((state) => states.has(state)) ?? 'complete';
}

function smallest(times: readonly bigint[]): bigint | undefined {
  return times.reduce<bigint | undefined>(
    (least, time) => (least === undefined || time < least ? time : least),
    undefined,
  );
}

function largest(times: readonly bigint[]): bigint | undefined {
  return times.reduce<bigint | undefined>((most, time) => (most === undefined || time > most ? time : most), undefined);
}
