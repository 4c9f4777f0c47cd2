import { afterAll, expect, it } from 'vitest';
import type { Measurement } from '@kinegraph/core';
import { DANCE, HANDS, TemporaryFolder, kinegraph } from './support/kinegraph.js';

const folder = new TemporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const bench = (...args: string[]): ReturnType<typeof kinegraph> => kinegraph(['bench', ...args], folder.path);
const SECOND = ['--set', 'clip.startMs=3000', '--set', 'clip.endMs=4000'];

it('measures graphs in turn and prints every figure as JSON', async () => {
  const { code, out, err } = await bench(HANDS, DANCE, '--repeat', '2', '--json', ...SECOND);
  expect(code, err).toBe(0);
  const measuring = err.split('\n').filter((line) => line.startsWith('Measuring'));
  expect(measuring.map((line) => [line.includes('dance'), line.includes('run 2 of 2')])).toEqual([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ]);
  const { graphs, machine } = JSON.parse(out) as { graphs: { graph: string; runs: Measurement[] }[]; machine: unknown };
  expect(machine).toMatchObject({ node: process.version, platform: `${process.platform}-${process.arch}` });
  expect(graphs.map(({ graph, runs }) => [graph, runs.length])).toEqual([
    [HANDS, 2],
    [DANCE, 2],
  ]);
  for (const run of graphs.flatMap(({ runs }) => runs)) {
    expect(run.results).toBeGreaterThan(0);
    expect(run.sinks.map(({ node, results }) => [node, results])).toEqual([['results', run.results]]);
    expect(run.nodes.every(({ name }) => !name.startsWith('probe'))).toBe(true);
    for (const figure of [run.perSecond, run.cpuMsPerResult, run.peakRssBytes, run.peakHeapBytes, run.firstResultMs])
      expect(figure).toBeGreaterThan(0);
    expect(run.accuracy?.foundShare).toBe(1); // the hand is in the picture all this second
    expect(run.accuracy?.meanErrorPercent).toBeLessThan(6);
  }
});

it('prints a table for people and none of the results, with every frame where it is asked to', async () => {
  const { code, out, err } = await bench(HANDS, '--pace', 'as-fast-as-possible', ...SECOND);
  expect(code, err).toBe(0);
  expect(out).toMatch(/^graph +results\/s/);
  expect(out).toMatch(/^clip +0? *30 /m);
  expect(out).toMatch(/^results /m);
  expect(out).not.toContain('"timestampMs"');
});

it('says what is wrong with its options and graphs', async () => {
  const seconds = await bench(HANDS, '--seconds', '0');
  expect([seconds.code, seconds.err]).toEqual([2, expect.stringContaining('--seconds is "0"; allowed')]);
  const repeat = await bench(HANDS, '--repeat', '1.5');
  expect([repeat.code, repeat.err]).toEqual([2, expect.stringContaining('--repeat is 1.5; allowed')]);
  const feet = await bench(HANDS, DANCE, '--set', 'feet.x=1');
  expect([feet.code, feet.err]).toEqual([2, expect.stringContaining('--set is "feet.x=1", but none of the graphs')]);
  const missing = await bench(HANDS, 'nowhere.json');
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('nowhere.json cannot be read')]);
});
