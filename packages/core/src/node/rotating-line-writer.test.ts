import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RotatingLineWriter } from './rotating-line-writer.js';

let folder: string;
let target: string;
let nowMs = 0;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinegraph-rotation-'));
  target = join(folder, 'out.ndjson');
  nowMs = 0;
});
afterEach(() => rm(folder, { recursive: true }));

async function openWriter(limits: { bytes?: number; ms?: number; keep?: number } = {}): Promise<RotatingLineWriter> {
  const { bytes = Number.POSITIVE_INFINITY, ms = Number.POSITIVE_INFINITY, keep = 3 } = limits;
  const aside = Array.from({ length: keep }, (_, index) => `${target}.${index + 1}`);
  const writer = new RotatingLineWriter(target, { bytes, ms, aside }, () => nowMs);
  await writer.open();
  return writer;
}

/** The lines of each file by what its name ends with. */
async function files(): Promise<Record<string, string[]>> {
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(
    names.map((name, index) => [name.replace('out.ndjson', ''), (texts[index] ?? '').split('\n').slice(0, -1)]),
  );
}

describe('RotatingLineWriter', () => {
  it('puts a file aside before it gets too large, and keeps as many as it is told', async () => {
    const writer = await openWriter({ bytes: 6, keep: 2 });
    await Promise.all(['a1', 'a2', 'b1', 'b2', 'c1', 'c2', 'd1'].map((line) => writer.write(line)));
    await writer.close();
    expect(await files()).toEqual({ '': ['d1'], '.1': ['c1', 'c2'], '.2': ['b1', 'b2'] });
  });

  it('counts bytes and not letters, and lets one line be as large as it is', async () => {
    const writer = await openWriter({ bytes: 6 });
    for (const line of ['ääää', 'b', 'ää', 'c']) await writer.write(line);
    await writer.close();
    expect(await files()).toEqual({ '': ['c'], '.1': ['ää'], '.2': ['b'], '.3': ['ääää'] });
  });

  it('puts a file aside when it is old, and none that is empty', async () => {
    const writer = await openWriter({ ms: 1000 });
    nowMs = 5000;
    await writer.write('a');
    nowMs = 5999;
    await writer.write('b');
    nowMs = 6999;
    await writer.write('c');
    await writer.flush();
    expect(await files()).toEqual({ '': ['c'], '.1': ['a', 'b'] });
    await writer.close();
  });

  it('keeps what an earlier run has left', async () => {
    await writeFile(target, 'old\n');
    const writer = await openWriter({ bytes: 100 });
    await writer.write('new');
    await writer.close();
    await writer.write('late');
    expect(await files()).toEqual({ '': ['new'], '.1': ['old'] });
  });

  it('tells of each line while a file cannot be put aside, and loses none of the file', async () => {
    const writer = await openWriter({ bytes: 4, keep: 1 });
    await writer.write('one');
    await mkdir(`${target}.1`);
    await writeFile(join(`${target}.1`, 'in the way'), '');
    await expect(writer.write('two')).rejects.toMatchObject({ code: 'CORE_LINE_TARGET' });
    await rm(`${target}.1`, { recursive: true });
    await writer.write('three');
    await writer.close();
    expect(await files()).toEqual({ '': ['three'], '.1': ['one'] });
  });
});
