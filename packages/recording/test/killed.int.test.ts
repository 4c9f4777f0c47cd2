import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordingReader, repairFolder, repairPart } from '../src/node/index.js';

const RECORDER = fileURLToPath(new URL('support/record-forever.mjs', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-killed-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Told {
  readonly sequence: number;
  readonly timestampMs: number;
}

/** Lets a process record until it has told so many packets, and kills it on the spot. */
async function recordAndKill(recording: string, packets: number): Promise<readonly Told[]> {
  const child = spawn(process.execPath, [RECORDER, recording], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const told: Told[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [sequence, timestampMs] = line.split(' ').map(Number);
    told.push({ sequence: sequence ?? -1, timestampMs: timestampMs ?? Number.NaN });
    if (told.length === 120)
      expect(await repairFolder(path.dirname(recording))).toMatchObject([{ outcome: 'being-written' }]);
    if (told.length >= packets) child.kill('SIGKILL');
  }
  await exited;
  return told;
}

async function recorded(where: string): Promise<readonly Told[]> {
  const reader = await RecordingReader.open(where);
  const found: Told[] = [];
  for await (const { sequence, timestampMs, value } of reader.values('/values')) {
    expect(value).toEqual({ sequence, filler: 'x'.repeat(2000) });
    found.push({ sequence, timestampMs });
  }
  return found;
}

describe('a recording whose process is killed', () => {
  it('keeps all but about the last second of stream time, is read as it lies there, and mended gives the same', async () => {
    for (const packets of [180, 215, 250]) {
      const recording = path.join(folder, `hall-${packets}`);
      const told = await recordAndKill(recording, packets);
      const found = await recorded(recording);
      expect(found).toEqual(told.slice(0, found.length)); // nothing is missing in between
      const lostMs = (told.at(-1)?.timestampMs ?? 0) - (found.at(-1)?.timestampMs ?? 0);
      expect(lostMs).toBeLessThan(1500);
      const part = readdirSync(folder).find((name) => name.startsWith(`hall-${packets}.`) && name.endsWith('.part'));
      const [outcome] = await repairFolder(folder);
      if (outcome?.outcome !== 'repaired') throw new Error('It was not repaired.');
      const { repair } = outcome;
      expect(outcome.file).toBe(path.join(folder, part ?? ''));
      expect(repair).toMatchObject({ messages: found.length, wasComplete: false });
      expect(await repairFolder(folder)).toEqual([]);
      expect(repair.path).toMatch(/\.0001\.mcap$/);
      expect(await recorded(repair.path)).toEqual(found);
      expect((await RecordingReader.open(recording)).parts.map(({ isComplete }) => isComplete)).toEqual([true]);
      expect(await repairPart(repair.path)).toMatchObject({ wasComplete: true, cutBytes: 0 });
    }
  }, 60_000);
});
