import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { graphsFolderOf, stateFolderOf } from '../../store/state-folder.js';
import type { ServerCheck } from '../check.js';
import type { ExaminedServer } from '../examined-server.js';
import { fault, good, warning } from '../finding.js';
import type { Finding } from '../finding.js';

const MIB = 1024 ** 2;
/** Below this recordings stop by themselves, unless their graph says otherwise (`minFreeBytes`). */
const RECORDINGS_STOP_BYTES = 256 * MIB;
/** Below this the next write of anything may fail. */
const NOTHING_LEFT_BYTES = 16 * MIB;
const RECORDING = 'media.sink.recording';

/** Whether there is room to write where the server and its graphs do. */
export const disk: ServerCheck = {
  name: 'disk',
  of: 'server',
  async run(server) {
    const { config } = server;
    const wanted = Math.max(RECORDINGS_STOP_BYTES, ...(await minimaOf(server)));
    const recordings = config.recordings.folder ?? config.workspace;
    const folders = [config.workspace, stateFolderOf(config), graphsFolderOf(config), recordings, tmpdir()];
    const seen = new Set<number>();
    const findings: Finding[] = [];
    for (const folder of folders.map(existingOf)) {
      const { dev } = await stat(folder);
      if (seen.has(dev)) continue; // one disk is told of once
      seen.add(dev);
      const { bavail, bsize } = await statfs(folder);
      findings.push(judge(folder, bavail * bsize, wanted));
    }
    return findings;
  },
};

function judge(folder: string, free: number, wanted: number): Finding {
  const room = `${Math.floor(free / MIB)} MiB are free on the disk of ${folder}`;
  if (free < NOTHING_LEFT_BYTES) return fault(`${room}: nothing can be kept.`, 'Make room.');
  if (free >= wanted) return good(`${room}.`);
  return warning(`${room}; recordings stop below ${Math.ceil(wanted / MIB)} MiB.`, 'Make room.');
}

/** What the recorders of graphs want to leave free. */
async function minimaOf(server: ExaminedServer): Promise<readonly number[]> {
  return (await server.graphs()).flatMap(({ document }) =>
    Object.values(document?.nodes ?? {}).flatMap(({ type, config }) => {
      const least = config?.['minFreeBytes'];
      return type === RECORDING && typeof least === 'number' ? [least] : [];
    }),
  );
}

function existingOf(folder: string): string {
  let nearest = folder;
  while (!existsSync(nearest) && path.dirname(nearest) !== nearest) nearest = path.dirname(nearest);
  return nearest;
}
