import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeBundle } from '@kinegraph/plugin-sign-classifier/teach';
import { TakeStore } from '@kinegraph/plugin-sign-classifier/teach/node';
import { signTake } from '@kinegraph/plugin-sign-classifier/testing';
import { CLIP, HANDS, TemporaryFolder, start } from './support/kinegraph.js';
import type { Finished } from './support/kinegraph.js';

const LIMIT_MS = 120_000;

let folder: TemporaryFolder;
let set = '';
beforeEach(async () => {
  folder = new TemporaryFolder();
  set = folder.file('set');
  for (const sign of [0, 1]) for (const take of [0, 1]) await new TakeStore(set).add(signTake(sign, take));
});
afterEach(() => folder[Symbol.dispose]());

const signs = async (...args: readonly string[]): Promise<Finished> =>
  await start(['signs', ...args], folder.path).finished;
/** A file among the takes of a label that is none. */
function spoil(label: string, id: string): void {
  mkdirSync(path.join(set, label), { recursive: true });
  writeFileSync(path.join(set, label, `${id}.ndjson`), 'not a take\n');
}

describe('kinegraph signs', { timeout: LIMIT_MS }, () => {
  it('trains a model, and evaluates it and the listed one', async () => {
    const model = folder.file('mine.onnx');
    const trained = await signs('train', set, '--out', model, '--title', 'Mine', '--json');
    expect(trained).toMatchObject({ code: 0, err: expect.stringContaining(`${model} is trained, in `) as unknown });
    expect(JSON.parse(trained.out)).toMatchObject({ onnx: model, report: { takes: 4 } });
    const evaluated = await signs('eval', model, set, '--json');
    expect([evaluated.code, evaluated.err]).toEqual([0, '']);
    expect(JSON.parse(evaluated.out)).toMatchObject({ accuracy: 1, unknown: [] });
    // The default model knows neither of the two.
    const listed = await signs('eval', 'signs.default', set, '--json');
    expect([listed.code, listed.err]).toEqual([0, '']);
    expect(JSON.parse(listed.out)).toMatchObject({ labels: [], unknown: [{ label: 'sign-0' }, { label: 'sign-1' }] });
  });

  it('exports what can be read and names what cannot', async () => {
    spoil('sign-0', 'broken');
    const bundle = encodeBundle([0, 1].flatMap((sign) => [0, 1].map((take) => signTake(sign, take))));
    const message = '1 take cannot be read and is left out: sign-0/broken (its header is no JSON';
    const exported = await signs('export', set, '--out', folder.file('all.ndjson'));
    expect(exported).toMatchObject({ code: 1, err: expect.stringContaining(message) as unknown });
    expect(readFileSync(folder.file('all.ndjson'), 'utf8')).toBe(bundle);
    expect(await signs('export', set)).toMatchObject({ code: 1, out: bundle });
    const listed = await signs('list', set);
    expect(listed).toMatchObject({ code: 1, err: expect.stringContaining('sign-0/broken cannot be read') as unknown });
  });

  it('evaluates with what can be read, and names what cannot', async () => {
    spoil('sign-0', 'broken');
    const { code, out, err } = await signs('eval', 'signs.default', set);
    expect([code, err]).toEqual([0, expect.stringContaining('sign-0/broken (its header is no JSON')]);
    expect(out).toMatch(/The model knows none of the labels\.[^]*\n {5}0\.50 +- +- +\d/); // nothing of what it knows to be right about
  });

  it('says how many takes of an import were taken over where writing fails', async () => {
    const bundle = folder.file('all.ndjson');
    writeFileSync(bundle, encodeBundle([3, 4, 5].map((sign) => signTake(sign, 0))));
    writeFileSync(path.join(set, 'sign-5'), 'a file where a folder has to be');
    const broken = await signs('import', set, bundle);
    expect(broken.code).toBe(1);
    expect(broken.err).toMatch(/stopped after 2 takes, which are kept: EEXIST.*SERVER_SIGN_IMPORT_BROKEN/);
    expect((await new TakeStore(set).labels()).slice(2)).toEqual(['sign-3', 'sign-4']);
  });

  it('refuses a title that no card takes, before it trains', async () => {
    const refused = await signs('train', set, '--out', folder.file('mine.onnx'), '--title', 't'.repeat(201));
    expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/--title has 201 characters.*200/)]);
    expect(existsSync(folder.file('mine.onnx'))).toBe(false);
  });

  it.each([
    ['list', []],
    ['train', ['--out', 'm.onnx']],
    ['export', []],
    ['delete', ['a']],
    ['eval', []],
  ])('%s says of a folder that it is not there, or no folder', async (action, rest) => {
    const before = action === 'eval' ? ['eval', 'signs.default'] : [action];
    const away = await signs(...before, folder.file('away'), ...rest);
    expect([away.code, away.err]).toEqual([2, expect.stringMatching(/^kinegraph: There is no folder ".*away"\. /)]);
    writeFileSync(folder.file('file'), '');
    const file = await signs(...before, folder.file('file'), ...rest);
    expect([file.code, file.err]).toEqual([2, expect.stringMatching(/^kinegraph: ".*file" is no folder\. /)]);
  });

  it('tells why a folder cannot be trained on or has nothing to list', async () => {
    mkdirSync(folder.file('empty'));
    const listed = await signs('list', folder.file('empty'));
    expect(listed).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringMatching(/^There are no takes in /) as unknown,
    });
    set = folder.file('spoilt');
    spoil('a', 'one');
    const trained = await signs('train', set, '--out', folder.file('mine.onnx'));
    expect(trained.code).toBe(1);
    expect(trained.err).toMatch(/none of its takes can be read: a\/one \(.*SIGNS_TRAINING_REFUSED/);
  });

  it('records a take of each clip, goes on after one that cannot be read, and ends with 1', async () => {
    const text = folder.file('text.mp4');
    writeFileSync(text, 'no video at all');
    const { code, out, err } = await signs(
      ...['record', 'hello', '--set', folder.file('new'), '--input', text, '--input', CLIP],
      ...['--duration', '15', '--json'],
    );
    expect([code, err]).toEqual([1, expect.stringContaining('text.mp4: this failed, so there is no take of it.')]);
    const [file = '', ...more] = readdirSync(folder.file('new/hello'));
    expect(more).toEqual([]);
    expect(JSON.parse(out)).toMatchObject({ label: 'hello', id: path.basename(file, '.ndjson') });
  });

  it('records from a graph, and ends with 1 where its source cannot be opened', async () => {
    const record = ['record', 'hello', '--set', folder.file('new'), '--duration', '6'];
    expect(await signs(...record, '--graph', HANDS)).toMatchObject({ code: 0, err: '' });
    const graph = JSON.parse(readFileSync(HANDS, 'utf8')) as { nodes: Record<string, unknown> };
    writeFileSync(folder.file('text.mp4'), 'no video at all');
    graph.nodes['clip'] = { type: 'media.source.file', config: { path: 'text.mp4' } };
    writeFileSync(folder.file('broken.kinegraph.json'), JSON.stringify(graph));
    const broken = await signs(...record, '--graph', folder.file('broken.kinegraph.json'));
    expect([broken.code, broken.out]).toEqual([1, '']);
    expect(broken.err).toMatch(/text\.mp4.*\n.*this failed, so there is no take of it/);
  });

  it('stopped by Ctrl-C ends, and names the clips that are left', async () => {
    const record = ['signs', 'record', 'hello', '--debug', '--set', folder.file('new')];
    const clips = start([...record, '--input', CLIP, '--input', HANDS], folder.path);
    const graph = start([...record, '--graph', HANDS], folder.path);
    for (const { child, said } of [clips, graph]) {
      await said(/(Decoding)/); // its nodes open
      child.kill('SIGINT');
    }
    const [ended, fromGraph] = [await clips.finished, await graph.finished];
    expect([ended.code, ended.err]).toEqual([1, expect.stringMatching(/Stopped\. Not recorded: .*hands\.kinegraph/)]);
    expect([0, 1]).toContain(fromGraph.code); // 1 where no hand was seen by then
    expect(fromGraph.code === 0 || fromGraph.err.includes('no hand was seen')).toBe(true);
  });
});
