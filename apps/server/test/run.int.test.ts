import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Angles, Landmarks, ResultLine } from '@kinegraph/core';
import { DANCE, HANDS, TemporaryFolder, inRepository, kinegraph, start } from './support/kinegraph.js';

const folder = new TemporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const run = (...args: string[]): ReturnType<typeof kinegraph> => kinegraph(args, folder.path);
const parse = (out: string): ResultLine[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ResultLine);
/** No frame is left out: one result for each of the clip's frames between these times. */
const LOSSLESS = ['--set', 'clip.pace=as-fast-as-possible', '--set', 'clip.startMs=1000', '--set', 'clip.endMs=2000'];

/** A graph of the repository without its `latest` buffer, so that every frame is worked on. */
function withoutBuffer(graph: string, name: string): string {
  const document = JSON.parse(readFileSync(graph, 'utf8')) as {
    nodes: Record<string, { config?: { path?: string } }>;
    wires: string[][];
    layout?: unknown;
  };
  delete document.nodes['newest'];
  delete document.layout;
  const clip = document.nodes['clip'];
  if (clip?.config !== undefined) clip.config.path = inRepository('examples/clips/signer.mp4');
  document.wires = document.wires
    .filter(([, to]) => to !== 'newest.in')
    .map(([from, to]) => [from === 'newest.out' ? 'clip.frame' : (from ?? ''), to ?? '']);
  const file = folder.file(name);
  writeFileSync(file, JSON.stringify(document));
  return file;
}

it('prints the landmarks of the hand in every frame, one line each, and a summary', async () => {
  const { code, out, err } = await run('run', withoutBuffer(HANDS, 'hands.json'), ...LOSSLESS);
  expect(err).toContain('Completed after');
  expect(code).toBe(0);
  const lines = parse(out);
  expect(lines).toHaveLength(30);
  expect(lines.every(({ node, ageMs }) => node === 'results' && ageMs > 0)).toBe(true);
  const times = lines.map(({ timestampMs }) => timestampMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const last = lines.at(-1)?.value as Landmarks | undefined;
  expect(last?.tracks[0]).toMatchObject({ skeleton: 'hand-21', handedness: 'right' });
  expect(last?.tracks[0]?.image).toHaveLength(21);
  expect(last?.tracks[0]?.world).toHaveLength(21);
});

it('runs to the end of its sources where its duration is longer than a timer lasts', async () => {
  const file = folder.file('clip.json');
  const clip = { type: 'media.source.file', config: { path: inRepository('examples/clips/signer.mp4') } };
  const nodes = { clip, out: { type: 'core.sink.null' } };
  writeFileSync(file, JSON.stringify({ kinegraph: 1, nodes, wires: [['clip.frame', 'out.in']] }));
  const { code, err } = await run('run', file, ...LOSSLESS, '--duration', '2592000'); // thirty days
  expect(err).toMatch(/^Completed after .*: 30 results/m);
  expect(code).toBe(0);
});

it('runs hands and pose in parallel, joined, to smoothed angles', async () => {
  const { code, out } = await run('run', withoutBuffer(DANCE, 'dance.json'), ...LOSSLESS, '--quiet');
  expect(code).toBe(0);
  const lines = parse(out);
  expect(lines).toHaveLength(30);
  const hand = (lines.at(-1)?.value as Angles | undefined)?.tracks.find(({ skeleton }) => skeleton === 'hand-21');
  expect(Object.keys(hand?.degrees ?? {})).toHaveLength(15);
  for (const angle of Object.values(hand?.degrees ?? {})) expect(angle).toBeGreaterThan(0);
});

it('prints rows for people with --format table', async () => {
  const { out } = await run('run', withoutBuffer(HANDS, 'hands.json'), ...LOSSLESS, '--format', 'table', '--quiet');
  const [title, ...rows] = out.trimEnd().split('\n');
  expect(title).toMatch(/time s +age ms +what/);
  expect(rows.at(-1)).toMatch(/right hand 1 +0\.\d\d +wrist 0\.\d+ 0\.\d+ +thumbTip/);
});

it('stops after --duration, in order', async () => {
  const { code, err } = await run('run', HANDS, '--duration', '2');
  expect(code).toBe(0);
  // How much later than asked depends on the machine; the whole clip would be 24 s, and "Completed".
  expect(Number(/Stopped after (\d+\.\d) s/.exec(err)?.[1])).toBeGreaterThanOrEqual(2);
});

describe('interrupts', () => {
  it('ends in order at Ctrl-C: summary and exit code 0', async () => {
    const { child, finished, lines } = start(['run', HANDS], folder.path);
    await lines(3);
    child.kill('SIGINT');
    const { code, err } = await finished;
    expect(err).toContain('Stopping. Press Ctrl-C again to end at once.');
    expect(err).toMatch(/Stopped after/);
    expect(code).toBe(0);
  });

  it('ends at once at the second Ctrl-C', async () => {
    const { child, finished, lines } = start(['run', HANDS], folder.path);
    await lines(1);
    child.kill('SIGINT');
    // The second one must find the first one's stop under way, which takes a frame's work at least.
    const again = setInterval(() => child.kill('SIGINT'), 1);
    const { code, err } = await finished;
    clearInterval(again);
    expect(code).toBe(130);
    expect(err).not.toContain('Stopped after');
  });

  it('ends in order when nobody reads its results any more', async () => {
    const { child, finished, lines } = start(['run', HANDS], folder.path);
    await lines(2);
    child.stdout?.destroy();
    expect((await finished).code).toBe(0);
  });
});
