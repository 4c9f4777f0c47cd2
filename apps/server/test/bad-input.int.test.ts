import { readFileSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIP, HANDS, TemporaryFolder, inRepository, kinegraph, type Finished } from './support/kinegraph.js';

const folder = new TemporaryFolder();
afterAll(() => folder[Symbol.dispose]());

function expectOneSentence({ err }: Finished, ...parts: string[]): void {
  const lines = err.trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  for (const part of parts) expect(lines[0]).toContain(part);
  expect(err).not.toMatch(/\bat .*\.js:\d+/);
}

describe('a file that cannot be used', () => {
  beforeAll(async () => {
    writeFileSync(folder.file('cut.mp4'), readFileSync(CLIP).subarray(0, 100_000));
    writeFileSync(folder.file('text.mp4'), 'this is no video');
    writeFileSync(folder.file('empty.mp4'), '');
    const jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#884422' } })
      .jpeg()
      .toBuffer();
    writeFileSync(folder.file('cut.jpg'), jpeg.subarray(0, jpeg.length - 20));
    writeFileSync(folder.file('empty.jpg'), '');
    writeFileSync(folder.file('text.jpg'), 'this is no picture');
    writeFileSync(folder.file('wide.jpg'), claimingWidth(jpeg, 20_000));
  });

  it.each([
    ['cut.mp4', 'is cut off'],
    ['text.mp4', 'is no video file'],
    ['empty.mp4', '0 bytes'],
    ['missing.mp4', 'There is no file at'],
    ['cut.jpg', 'ends before its picture does'],
    ['empty.jpg', '0 bytes'],
    ['text.jpg', 'neither JPEG, PNG nor WebP'],
    ['wide.jpg', '20000x48 pixels; allowed:'],
  ])('%s: one sentence that names it, exit code 1', async (name, part) => {
    const finished = await kinegraph(
      ['run', HANDS, '--input', folder.file(name), '--quiet', '--set', 'clip.pace=as-fast-as-possible'],
      folder.path,
    );
    expect(finished.code).toBe(1);
    expectOneSentence(finished, name, part, 'clip');
  });
});

describe('a graph that cannot run', () => {
  const graph = (nodes: Record<string, unknown>, wires: unknown, plugins?: Record<string, string>): string =>
    JSON.stringify({ kinegraph: 1, ...(plugins === undefined ? {} : { plugins }), nodes, wires });
  const clip = { type: 'media.source.file', config: { path: CLIP } };
  const sink = { type: 'core.sink.null' };

  it.each([
    ['no JSON', '{ "kinegraph": 1, nodes }', ['GRAPH_NOT_JSON', 'line 1']],
    [
      'a cycle',
      graph({ a: { type: 'core.buffer.fifo' }, b: { type: 'core.buffer.fifo' }, clip, sink }, [
        ['a.out', 'b.in'],
        ['b.out', 'a.in'],
        ['clip.frame', 'sink.in'],
      ]),
      ['GRAPH_CYCLE', '"a"', '"b"'],
    ],
    [
      'a plugin that is missing',
      graph(
        { clip, people: { type: 'acme.people' }, sink },
        [
          ['clip.frame', 'people.frame'],
          ['people.people', 'sink.in'],
        ],
        { '@acme/plugin-people': '^1.0.0' },
      ),
      ['GRAPH_PLUGIN_MISSING', '@acme/plugin-people'],
    ],
    [
      'a configuration out of range',
      graph({ clip, hands: { type: 'mediapipe.hands', config: { numHands: 12 } }, sink }, [
        ['clip.frame', 'hands.frame'],
        ['hands.hands', 'sink.in'],
      ]),
      ['GRAPH_CONFIG_INVALID', '"numHands" is 12; allowed: a whole number from 1 to'],
    ],
  ])('%s: every fault with its place, exit code 2', async (_name, text, parts) => {
    const file = folder.file('graph.kinegraph.json');
    writeFileSync(file, text);
    for (const command of ['validate', 'run']) {
      const { code, out, err } = await kinegraph([command, file], folder.path);
      expect(code).toBe(2);
      for (const part of parts) expect(out + err).toContain(part);
      expect(out + err).not.toMatch(/\bat .*\.js:\d+/);
    }
  });

  const passing = (type: string): string => {
    const file = folder.file(`${type}.kinegraph.json`);
    writeFileSync(
      file,
      graph({ clip, pass: { type }, sink }, [
        ['clip.frame', 'pass.in'],
        ['pass.out', 'sink.in'],
      ]),
    );
    return file;
  };
  const fixture = (name: string): string => inRepository(`apps/server/test/fixtures/${name}`);

  it('a plugin whose activate throws: one sentence with plugin and cause, exit code 1', async () => {
    const finished = await kinegraph(
      ['run', passing('throws.pass'), '--plugin', fixture('plugin-throws'), '--quiet'],
      folder.path,
    );
    expect(finished.code).toBe(1);
    expectOneSentence(finished, 'kinegraph-plugin-throws', 'the licence server does not answer');
  });

  it('a model with a wrong checksum: one sentence with the model and what to do, exit code 1', async () => {
    const finished = await kinegraph(
      ['run', passing('wrong.pass'), '--plugin', fixture('plugin-wrong-checksum'), '--quiet'],
      folder.path,
    );
    expect(finished.code).toBe(1);
    expectOneSentence(finished, 'wrong.model', 'SHA-256');
  });

  it('shows the stack with --debug', async () => {
    const { err } = await kinegraph(
      ['run', passing('throws.pass'), '--plugin', fixture('plugin-throws'), '--quiet', '--debug'],
      folder.path,
    );
    expect(err).toMatch(/\bat .*\.js:\d+/);
  });
});

/** The same JPEG with another width in its frame header. */
function claimingWidth(jpeg: Buffer, width: number): Buffer {
  const changed = Buffer.from(jpeg);
  const header = changed.indexOf(Buffer.from([0xff, 0xc0]));
  changed.writeUInt16BE(width, header + 7);
  return changed;
}
