import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { serviceId } from '@kinegraph/core';
import { inject, injectable } from 'inversify';

/** Where graphs may read clips. */
export interface ClipPlaces {
  /** Absolute; relative paths of graphs refer to it. */
  readonly workspace: string;
  /** Further folders that graphs may read. Absolute. */
  readonly folders: readonly string[];
}
export const ClipPlaces = serviceId<ClipPlaces>('server.ClipPlaces');

/** A video file that graphs of this server may read. */
export interface Clip {
  /** As the path of a source says it: relative where it is in the workspace, with "/" on every system. */
  readonly path: string;
  readonly bytes: number;
}

/** What names of clips end in; a source can open more, and tells what it cannot. */
const ENDINGS = new Set(['.mp4', '.m4v', '.mov', '.mkv', '.webm', '.avi', '.mpg', '.mpeg', '.mjpeg', '.ts', '.ogv']);
/** Folders below folders that are looked into. */
const DEEPEST = 4;
/** A workspace may be a whole disk: no more is looked at, and no more is listed. */
const MOST_ENTRIES = 5000;
const MOST_CLIPS = 200;

/** Finds the clips that a graph may be given; hidden folders, links and installed packages are left out. */
@injectable()
export class ClipFolders {
  constructor(@inject(ClipPlaces) private readonly places: ClipPlaces) {}

  /** By path. Folders that cannot be read are left out. */
  async list(): Promise<{ readonly clips: readonly Clip[]; readonly isCut: boolean }> {
    const { workspace, folders } = this.places;
    const found = new Map<string, string>();
    let entries = 0;
    let isCut = false;
    // Folder by folder, the nearest first: what is cut off lies deepest.
    let level = [workspace, ...folders];
    for (let depth = 0; depth <= DEEPEST && level.length > 0; depth += 1) {
      const below: string[] = [];
      for (const folder of level) {
        for (const entry of await entriesOf(folder)) {
          entries += 1;
          if (entries > MOST_ENTRIES || found.size >= MOST_CLIPS) {
            isCut = true;
            break;
          }
          const place = path.join(folder, entry.name);
          if (entry.name.startsWith('.')) continue;
          if (entry.isDirectory() && entry.name !== 'node_modules') below.push(place);
          else if (entry.isFile() && ENDINGS.has(path.extname(entry.name).toLowerCase()))
            found.set(place, named(workspace, place));
        }
      }
      level = isCut ? [] : below;
    }
    const clips = await Promise.all([...found].map(async ([place, name]) => await clipOf(place, name)));
    const there = clips.filter((clip) => clip !== undefined);
    return { clips: there.toSorted((a, b) => (a.path < b.path ? -1 : 1)), isCut };
  }
}

function named(workspace: string, place: string): string {
  const relative = path.relative(workspace, place);
  return relative.startsWith('..') || path.isAbsolute(relative) ? place : relative.split(path.sep).join('/');
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return []; // it has gone, or is not for the server to read
  }
}

async function clipOf(place: string, name: string): Promise<Clip | undefined> {
  try {
    return { path: name, bytes: (await stat(place)).size };
  } catch {
    return undefined; // it has gone meanwhile
  }
}
