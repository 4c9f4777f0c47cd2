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
  /** How often each is being played. */
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
  const recording = baseOf(where);
  played.set(recording, (played.get(recording) ?? 0) + 1);
  let isOver = false;
  return {
    [Symbol.dispose]: () => {
      if (isOver) return;
      isOver = true;
      const left = (played.get(recording) ?? 1) - 1;
      if (left === 0) played.delete(recording);
      else played.set(recording, left);
    },
  };
}

/** What is done with a recording in this process. @param where - one file, or the path that all parts begin with. */
export function useOf(where: string): 'written' | 'played' | undefined {
  const { written, played } = table();
  const recording = baseOf(where);
  if (written.has(recording)) return 'written';
  return played.has(recording) ? 'played' : undefined;
}

/** The recording while it is being written in this process. */
export function openRecording(recording: string): OpenRecording | undefined {
  return table().written.get(recording);
}

function baseOf(where: string): string {
  return path.join(path.dirname(where), recordingOf(path.basename(where)) ?? path.basename(where));
}
