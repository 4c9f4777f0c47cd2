import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorMessage } from '@kinegraph/core/plugin';
import { RecordingMissingError } from '../errors.js';
import { systemCode } from './disk-file.js';

/** Ends the name of a part that is being written, or whose writer died. */
export const PART_SUFFIX = '.part';
const NUMBER_DIGITS = 4;

/** The file of a part while it is written. @param part - from 1. */
export function partPath(recording: string, part: number): string {
  return `${recording}.${String(part).padStart(NUMBER_DIGITS, '0')}.mcap${PART_SUFFIX}`;
}

/** What the name of a file says. */
export interface PartName {
  /** What the names of all parts begin with. */
  readonly recording: string;
  readonly part: number;
  readonly file: string;
}

function parsePartName(file: string): PartName | undefined {
  const match = /^(.+)\.(\d{4,})\.mcap(?:\.part)?$/.exec(file);
  return match === null ? undefined : { recording: match[1] ?? '', part: Number(match[2]), file };
}

/** The recording that a file is a part of, by its name; undefined for other files. */
export function recordingOf(file: string): string | undefined {
  return parsePartName(file)?.recording;
}

/** The parts that lie in a folder, in the order of their numbers. @throws the error of the operating system */
export async function partsIn(folder: string): Promise<readonly PartName[]> {
  return (await partNames(folder)).sort((a, b) => a.part - b.part);
}

async function partNames(folder: string): Promise<PartName[]> {
  const names = await readdir(folder);
  return names.map(parsePartName).filter((name) => name !== undefined);
}

/**
 * The path of a recording that is not there yet: `wanted`, or else `wanted-2`, `wanted-3` ... Nothing is ever overwritten.
 * Its folder is made where it is not there.
 * @param take - asked for one that is not on the disk; false: somebody else is about to write it.
 * @throws the error of the operating system where its folder cannot be made or read
 */
export async function freeRecording(wanted: string, take: (recording: string) => boolean): Promise<string> {
  const folder = path.dirname(wanted);
  await mkdir(folder, { recursive: true });
  const there = new Set((await partNames(folder)).map(({ recording }) => path.join(folder, recording)));
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? wanted : `${wanted}-${count}`;
    if (!there.has(candidate) && take(candidate)) return candidate;
  }
}

/** Which of the recordings of a name one is: 1 for the name itself, 2 for `name-2`, and so on; undefined for others. */
export function successorOf(name: string, recording: string): number | undefined {
  if (recording === name) return 1;
  const count = recording.startsWith(`${name}-`) ? recording.slice(name.length + 1) : '';
  return /^[1-9]\d*$/.test(count) && count !== '1' ? Number(count) : undefined;
}

/**
 * The files of a recording in their order.
 * @param where - one file, or the path that all parts begin with.
 * @throws RecordingMissingError
 */
export async function filesOf(where: string): Promise<readonly string[]> {
  try {
    if ((await stat(where)).isFile()) return [where];
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw new RecordingMissingError({ path: where, reason: errorMessage(error) });
  }
  const folder = path.dirname(where);
  const names = await partNames(folder).catch((cause: unknown) => {
    throw new RecordingMissingError({ path: where, reason: errorMessage(cause) }, { cause });
  });
  const parts = names.filter(({ recording }) => recording === path.basename(where)).sort((a, b) => a.part - b.part);
  if (parts.length === 0) throw new RecordingMissingError({ path: where, reason: 'neither a file nor parts of one' });
  return parts.map(({ file }) => path.join(folder, file));
}
