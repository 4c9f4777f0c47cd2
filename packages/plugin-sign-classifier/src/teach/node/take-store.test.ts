import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signTake } from '../../testing/takes.js';
import { encodeBundle, encodeTake } from '../takes/index.js';
import type { Take } from '../takes/index.js';
import { TakeStore } from './take-store.js';

let folder = '';
let store: TakeStore;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'takes-'));
  store = new TakeStore(path.join(folder, 'set'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function exported(from: TakeStore): Promise<string> {
  const parts: string[] = [];
  for await (const part of from.export()) parts.push(part);
  return parts.join('');
}

describe('a set of takes', () => {
  it('is a folder of plain files, a folder for each label', async () => {
    const file = await store.add({ ...signTake(0, 1), label: 'his/hers' });
    await store.add({ ...signTake(0, 2), label: 'straße ☕' });
    expect(path.relative(folder, file)).toBe(path.join('set', 'his%2Fhers', 'take-1.ndjson'));
    expect(readFileSync(file, 'utf8')).toBe(encodeTake({ ...signTake(0, 1), label: 'his/hers' }));
    expect(await store.labels()).toEqual(['his/hers', 'straße ☕']);
    expect(readdirSync(path.dirname(file))).toEqual(['take-1.ndjson']);
  });

  it('that is not there has no takes', async () => {
    expect([await store.labels(), await store.list(), (await store.load()).takes]).toEqual([[], [], []]);
    await expect(store.read('a', 'b')).rejects.toMatchObject({ code: 'SIGNS_TAKE_UNKNOWN' });
  });

  it('never overwrites a take', async () => {
    const file = await store.add(signTake(0, 1));
    const before = readFileSync(file, 'utf8');
    await expect(store.add({ ...signTake(1, 1), label: 'sign-0' })).rejects.toMatchObject({
      code: 'SIGNS_TAKE_EXISTS',
    });
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readdirSync(path.dirname(file))).toHaveLength(1);
  });

  it('refuses a second label that differs only by case or composition', async () => {
    await store.add({ ...signTake(0, 1), label: 'café' });
    await store.add({ ...signTake(0, 2), label: 'cafe\u0301' }); // the same once composed
    await expect(store.add({ ...signTake(0, 3), label: 'Café' })).rejects.toMatchObject({ code: 'SIGNS_LABEL_CLASH' });
    expect(await store.labels()).toEqual(['café']);
  });

  it('gives the folder the last word on a label, so that people may rename and move', async () => {
    const file = await store.add(signTake(0, 1));
    mkdirSync(path.join(folder, 'set', 'renamed'));
    writeFileSync(path.join(folder, 'set', 'renamed', 'mine.ndjson'), readFileSync(file));
    expect((await store.read('renamed', 'mine')).take).toMatchObject({ label: 'renamed', id: 'mine' });
  });

  it('passes over what is no take, and tells what cannot be read', async () => {
    const file = await store.add(signTake(0, 1));
    const whole = await store.add(signTake(0, 2));
    truncateSync(file, 900);
    writeFileSync(path.join(path.dirname(file), 'empty.ndjson'), '');
    writeFileSync(path.join(path.dirname(file), 'notes.txt'), 'x');
    writeFileSync(path.join(folder, 'secret.ndjson'), encodeTake(signTake(0, 3)));
    symlinkSync(path.join(folder, 'secret.ndjson'), path.join(path.dirname(file), 'link.ndjson'));
    const { takes, unreadable } = await store.load();
    expect(takes.map(({ take, damage }) => [take.id, damage?.isCut])).toEqual([
      ['take-1', true],
      ['take-2', undefined],
    ]);
    expect(unreadable).toMatchObject([
      { label: 'sign-0', id: 'empty', problem: expect.stringContaining('no JSON') as unknown },
    ]);
    expect(existsSync(whole)).toBe(true);
  });

  it('deletes a take, and the folder with the last of its label', async () => {
    await store.add(signTake(0, 1));
    await store.add(signTake(0, 2));
    await store.delete('sign-0', 'take-1');
    expect(await store.list()).toMatchObject([{ id: 'take-2' }]);
    expect(await store.deleteLabel('sign-0')).toBe(1);
    expect(readdirSync(path.join(folder, 'set'))).toEqual([]);
    await expect(store.delete('sign-0', '../../x')).rejects.toMatchObject({ code: 'SIGNS_TAKE_UNKNOWN' });
  });

  it('is exported as one text, and imported elsewhere whole', async () => {
    for (const [sign, take] of [
      [0, 1],
      [0, 2],
      [1, 1],
    ] as const)
      await store.add(signTake(sign, take));
    const text = await exported(store);
    const other = new TakeStore(path.join(folder, 'other'));
    expect(await other.import(text, 'export')).toEqual({ added: 3, same: 0, damaged: 0 });
    expect(await exported(other)).toBe(text);
    expect(await other.import(text, 'export')).toEqual({ added: 0, same: 3, damaged: 0 });
  });

  it('refuses takes without frames before anything is written', async () => {
    const text = encodeTake(signTake(1, 1)) + encodeTake({ ...signTake(0, 1), frames: [] });
    await expect(store.import(text, 'x')).rejects.toThrow(/sign-0\/take-1 of x cannot be read: it has no frames/);
    expect(await store.labels()).toEqual([]);
  });

  it('takes recordings while the others of their label are deleted', async () => {
    for (let round = 0; round < 40; round += 1) {
      await store.add(signTake(0, 1));
      await Promise.all([store.delete('sign-0', 'take-1'), store.add(signTake(0, 2))]);
      await store.delete('sign-0', 'take-2');
    }
  });

  it('takes an import of hundreds of labels, the label of none among them', async () => {
    const base = { ...signTake(0, 1), frames: signTake(0, 1).frames.slice(0, 1) };
    const takes = Array.from({ length: 400 }, (_, index): Take => ({
      ...base,
      label: index === 7 ? 'none' : `l ${index}`,
    }));
    const text = encodeBundle(takes);
    expect(await store.import(text, 'x')).toEqual({ added: 400, same: 0, damaged: 0 });
    expect(await store.labels()).toHaveLength(400);
    const { added, same } = await store.import(text + encodeTake({ ...base, label: 'L/2000' }), 'x');
    expect([added, same]).toEqual([1, 400]);
  }, 120_000);

  it('refuses an import of more than 10,000 takes before it reads them', async () => {
    const [header = ''] = encodeTake(signTake(0, 1)).split('\n');
    await expect(store.import(`${header}\nno frame\n`.repeat(10_001), 'x')).rejects.toMatchObject({
      code: 'SIGNS_TAKE_UNREADABLE',
      message: expect.stringMatching(/x cannot be read: it has 10001 takes, and 10000 are allowed at once/) as unknown,
    });
    expect(await store.labels()).toEqual([]);
  });

  it('refuses a label that is that of none but for its case', async () => {
    await store.add({ ...signTake(0, 1), label: 'none' });
    await expect(store.add({ ...signTake(0, 2), label: 'None' })).rejects.toMatchObject({ code: 'SIGNS_LABEL_CLASH' });
    const text = encodeTake({ ...signTake(0, 3), label: 'NONE' });
    await expect(store.import(text, 'x')).rejects.toMatchObject({ code: 'SIGNS_LABEL_CLASH' });
    expect(await store.labels()).toEqual(['none']);
  });

  it('adds to a label that people made, though another one differs from it only by case', async () => {
    for (const name of ['Wave', 'wave']) mkdirSync(path.join(folder, 'set', name), { recursive: true });
    await store.add({ ...signTake(0, 1), label: 'Wave' });
    await store.import(encodeTake({ ...signTake(0, 2), label: 'wave' }), 'x');
    expect((await store.list()).map(({ label, id }) => `${label}/${id}`).toSorted()).toEqual([
      'Wave/take-1',
      'wave/take-2',
    ]);
  });

  it('passes over a take that another program deletes between the listing and the reading', async () => {
    class Raced extends TakeStore {
      override async list(label?: string): ReturnType<TakeStore['list']> {
        const entries = await super.list(label);
        for (const { file, id } of entries) if (id === 'take-1') rmSync(file);
        return entries;
      }
    }
    const raced = new Raced(store.folder);
    const both = [signTake(0, 1), signTake(0, 2)];
    for (const take of both) await store.add(take);
    const { takes, unreadable } = await raced.load();
    expect([takes.map(({ take }) => take.id), unreadable]).toEqual([['take-2'], []]);
    await store.add(signTake(0, 1));
    expect(await exported(raced)).toBe(encodeTake(signTake(0, 2)));
    await store.add(signTake(0, 1));
    await expect(raced.read('sign-0', 'take-1')).rejects.toMatchObject({ code: 'SIGNS_TAKE_UNKNOWN' });
    await store.add(signTake(0, 1));
    await expect(raced.delete('sign-0', 'take-1')).rejects.toMatchObject({ code: 'SIGNS_TAKE_UNKNOWN' });
    await store.add(signTake(0, 1));
    expect(await raced.import(encodeBundle(both), 'x')).toEqual({ added: 1, same: 1, damaged: 0 });
    expect(await raced.deleteLabel('sign-0')).toBe(1);
    expect(readdirSync(store.folder)).toEqual([]);
  });

  it('refuses an import that clashes before anything is written', async () => {
    await store.add(signTake(0, 1));
    const another = { ...signTake(3, 1), label: 'sign-0' };
    await expect(store.import(encodeTake(signTake(1, 1)) + encodeTake(another), 'x')).rejects.toMatchObject({
      code: 'SIGNS_TAKE_EXISTS',
      message: expect.stringContaining('sign-0/take-1') as unknown,
    });
    const clash = encodeTake(signTake(1, 1)) + encodeTake({ ...signTake(1, 2), label: 'SIGN-1' });
    await expect(store.import(clash, 'x')).rejects.toMatchObject({ code: 'SIGNS_LABEL_CLASH' });
    expect(await store.labels()).toEqual(['sign-0']);
  });
});
