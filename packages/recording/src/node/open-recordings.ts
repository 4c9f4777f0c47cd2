import path from 'node:path';
import type { PartContents } from '../mcap/index.js';
import { recordingOf } from './recording-files.js';

/** A recording that is being written in this process. */
export interface OpenRecording {
  /** The part at hand; undefined between two of them. */
  part(): PartProgress | undefined;
}

/** A part that is being written. */
export interface PartProgress extends PartContents {
  readonly path: string;
  readonly bytes: number;
}

interface Table {
  readonly written: Map<string, OpenRecording>;
  /** How often each is being played: whole recordings by what their parts begin with, single parts by their files. */
  readonly played: Map<string, number>;
}

/** One table for all copies of this library in the process: a plugin may have brought its own. */
const TABLE = Symbol.for('kinegraph:recording.Open');

function table(): Table {
  const holder = globalThis as { [TABLE]?: Table };
  return (holder[TABLE] ??= { written: new Map(), played: new Map() });
}

/** Whoever is first has it. @param recording - the path that all parts begin with. @returns whether it is the caller's now */
export function beginWriting(recording: string, open: OpenRecording): boolean {
  const { written } = table();
  if (written.has(recording)) return false;
  written.set(recording, open);
  return true;
}

export function endWriting(recording: string): void {
  table().written.delete(recording);
}

/** @param where - one file, or the path that all parts begin with. Disposing of the answer tells that it is over. */
export function beginPlaying(where: string): Disposable {
  const { played } = table();
  const what = path.normalize(where);
  played.set(what, (played.get(what) ?? 0) + 1);
  let isOver = false;
  return {
    [Symbol.dispose]: () => {
      if (isOver) return;
      isOver = true;
      const left = (played.get(what) ?? 1) - 1;
      if (left === 0) played.delete(what);
      else played.set(what, left);
    },
  };
}

/** What is done with a recording in this process. @param where - one file, or the path that all parts begin with. */
export function useOf(where: string): 'written' | 'played' | undefined {
  const { written, played } = table();
  const recording = baseOf(where);
  if (written.has(recording)) return 'written';
  return [...played.keys()].some((what) => baseOf(what) === recording) ? 'played' : undefined;
}

/** Whether a file is being played in this process, by itself or with all parts of its recording. */
export function isPlayed(file: string): boolean {
  const { played } = table();
  return played.has(path.normalize(file)) || played.has(baseOf(file));
}

/** The recording while it is being written in this process. */
export function openRecording(recording: string): OpenRecording | undefined {
  return table().written.get(recording);
}

function baseOf(where: string): string {
  return path.join(path.dirname(where), recordingOf(path.basename(where)) ?? path.basename(where));
}
