import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeTake } from '@kinegraph/plugin-sign-classifier/teach';
import { TakeStore } from '@kinegraph/plugin-sign-classifier/teach/node';
import { randomEncoder, signTake } from '@kinegraph/plugin-sign-classifier/testing';
import { CLIP, TemporaryFolder, kinegraph } from './support/kinegraph.js';
import type { Finished } from './support/kinegraph.js';

let folder: TemporaryFolder;
let set = '';
beforeEach(() => {
  folder = new TemporaryFolder();
  set = folder.file('set');
  writeFileSync(folder.file('encoder.onnx'), randomEncoder());
});
afterEach(() => folder[Symbol.dispose]());

const signs = async (...args: string[]): Promise<Finished> => await kinegraph(['signs', ...args], folder.file('home'));

async function withTakes(): Promise<void> {
  const store = new TakeStore(set);
  for (const sign of [0, 1, 2, 5]) for (let take = 0; take < 4; take += 1) await store.add(signTake(sign, take));
}

describe('kinegraph signs', () => {
  it('trains on a folder of takes and evaluates the model', async () => {
    await withTakes();
    const model = folder.file('mine.onnx');
    const trained = await signs(
      'train',
      set,
      '--out',
      model,
      '--encoder',
      folder.file('encoder.onnx'),
      '--title',
      'Mine',
      '--seed',
      '3',
    );
    expect(trained).toMatchObject({ code: 0 });
    expect(trained.out).toMatch(/^16 takes, \d+ windows\. (?:9\d|100)\.\d % of the windows are told right/);
    expect(trained.out).toMatch(/\nsign-5 +4 +\d+\.\d % +0\.\d\d/);
    expect(trained.err).toMatch(/no takes of "none"[^]*mine\.onnx is trained, in \d/);
    expect(JSON.parse(readFileSync(folder.file('mine.json'), 'utf8'))).toMatchObject({
      title: 'Mine',
      trained: { takes: 16, seed: 3 },
    });
    const evaluated = await signs('eval', model, set);
    expect(evaluated.code).toBe(0);
    expect(evaluated.out).toMatch(
      /windows\. (?:9\d|100)\.\d % of those of known signs are named right\.[^]*\n {5}0\.50 /,
    );
    const json = JSON.parse((await signs('eval', model, set, '--json')).out) as {
      labels: unknown[];
      unknown: unknown[];
    };
    expect([json.labels.length, json.unknown.length]).toEqual([4, 0]);
  });

  it('records a take of a clip, tells how good it is, and keeps it as a plain file', async () => {
    const recorded = await signs('record', 'hello ☕', '--set', set, '--input', CLIP, '--duration', '4', '--json');
    expect(recorded).toMatchObject({ code: 0 });
    const take = JSON.parse(recorded.out) as { id: string; frames: number; quality: { seenShare: number } };
    expect(take).toMatchObject({
      label: 'hello ☕',
      quality: { verdict: expect.stringMatching(/good|usable|poor/) as unknown },
    });
    const [file = ''] = readdirSync(path.join(set, 'hello ☕'));
    expect(file).toBe(`${take.id}.ndjson`);
    const lines = readFileSync(path.join(set, 'hello ☕', file), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(take.frames + 1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      'kinegraph-take': 1,
      label: 'hello ☕',
      source: CLIP,
      frameHeight: 384,
    });
    const again = await signs('record', 'Hello ☕', '--set', set, '--input', CLIP, '--duration', '2');
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('SIGNS_LABEL_CLASH') as unknown });
  }, 120_000);

  it('lists, exports, imports and deletes takes', async () => {
    await withTakes();
    writeFileSync(path.join(set, 'sign-0', 'take-9.ndjson'), 'rubbish');
    const listed = await signs('list', set);
    expect(listed).toMatchObject({ code: 1, err: expect.stringMatching(/sign-0\/take-9 cannot be read/) as unknown });
    expect(listed.out.match(/^sign-\d +take-\d +\d+ +(?:good|usable)/gm)).toHaveLength(16);
    const { out } = await signs('export', set);
    writeFileSync(folder.file('all.ndjson'), out);
    await signs('export', set, '--out', folder.file('same.ndjson'));
    expect(readFileSync(folder.file('same.ndjson'), 'utf8')).toBe(out);
    const other = folder.file('other');
    expect((await signs('import', other, folder.file('all.ndjson'))).err).toContain('16 takes are added.');
    expect((await signs('import', other, folder.file('all.ndjson'))).err).toContain(
      '0 takes are added; 16 were there already.',
    );
    writeFileSync(folder.file('clash.ndjson'), encodeTake({ ...signTake(1, 1), label: 'sign-0' }));
    expect(await signs('import', other, folder.file('clash.ndjson'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('SIGNS_TAKE_EXISTS') as unknown,
    });
    expect(await signs('delete', other, 'sign-0', 'take-1')).toMatchObject({ code: 0 });
    expect((await signs('delete', other, 'sign-0')).err).toContain('3 takes of "sign-0" are deleted.');
    expect(existsSync(path.join(other, 'sign-0'))).toBe(false);
    expect(await signs('delete', other, 'sign-0')).toMatchObject({
      code: 1,
      err: expect.stringContaining('SIGNS_TAKE_UNKNOWN') as unknown,
    });
  }, 60_000);

  it.each([
    [['paint'], /knows record, train/],
    [['train', 'set'], /needs --out NAME\.onnx/],
    [['train', 'set', '--out', 'x.onnx', '--seed', '-1'], /--seed/],
    [['train', 'set', '--out', 'x.onnx', '--features', 'signfeat/2'], /allowed: signfeat\/1/],
    [['train', 'set', 'more', '--out', 'x.onnx'], /does not know what to do with "more"/],
    [['eval', 'x.onnx'], /needs DIR/],
    [['list', 'set', '--seed', '1'], /"kinegraph signs list" does not know --seed\. It knows --json\./],
    [['record', 'x', '--input', 'a.mp4'], /needs --set DIR/],
    [['record', 'x', '--set', 'y'], /needs either --input CLIP/],
    [['record', 'x', '--set', 'y', '--input', 'nowhere.mp4'], /no video "nowhere\.mp4"/],
  ])('%s is bad usage', async (args, message) => {
    expect(await signs(...args)).toMatchObject({ code: 2, err: expect.stringMatching(message) as unknown });
  });

  it('says what is wrong with takes, labels and models', async () => {
    expect(
      await signs('train', set, '--out', folder.file('x.onnx'), '--encoder', folder.file('encoder.onnx')),
    ).toMatchObject({ code: 1, err: expect.stringMatching(/there are no takes.*SIGNS_TRAINING_REFUSED/) as unknown });
    expect(await signs('record', '..', '--set', set, '--input', CLIP)).toMatchObject({
      code: 1,
      err: expect.stringContaining('SIGNS_LABEL_REFUSED') as unknown,
    });
    expect(await signs('eval', folder.file('encoder.onnx'), set)).toMatchObject({
      code: 1,
      err: expect.stringContaining('SIGNS_CARD_MISSING') as unknown,
    });
  });
});
