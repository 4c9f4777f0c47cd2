import { readFileSync } from 'node:fs';
import type { TraceEvent } from '@kinegraph/core';
import { expect, it } from 'vitest';
import { flowsOf, slicesByRow, traceFaults } from '@kinegraph/core/testing';
import { HANDS, TemporaryFolder, kinegraph, start } from './support/kinegraph.js';

const parse = (path: string): TraceEvent[] => JSON.parse(readFileSync(path, 'utf8')) as TraceEvent[];

it('records the hands graph: rows for nodes and the worker, flows along the frames', async () => {
  using folder = new TemporaryFolder();
  const trace = folder.file('trace.json');
  const { code, err } = await kinegraph(['run', HANDS, '--duration', '3', '--trace', trace], folder.path);
  expect([code, err.includes(`Trace: ${trace}, `)]).toEqual([0, true]);
  const events = parse(trace);
  expect(traceFaults(events)).toEqual([]);
  const rows = slicesByRow(events);
  expect([...rows.keys()].toSorted()).toEqual(
    expect.arrayContaining(['clip', 'hands', 'hands worker 1', 'newest', 'results']),
  );
  // The worker's own work lies within the call of its node, frame by frame.
  const calls = (rows.get('hands') ?? []).filter(({ name }) => name === 'working');
  const works = rows.get('hands worker 1') ?? [];
  expect(works.length).toBe(calls.length);
  expect(works.length).toBeGreaterThan(0);
  for (const [index, { ts, dur = 0 }] of works.entries()) {
    const call = calls[index];
    expect(ts).toBeGreaterThanOrEqual(call?.ts ?? Number.NaN);
    expect(ts + dur).toBeLessThanOrEqual((call?.ts ?? Number.NaN) + (call?.dur ?? 0));
  }
  // clip > newest > hands > its worker > results
  const whole = [...flowsOf(events).values()].filter((flow) => flow.length === 5);
  expect(whole.length).toBe(works.length);
});

it('is whole after Ctrl-C, and after a second one', async () => {
  using folder = new TemporaryFolder();
  // Two signals of one kind may arrive as one.
  for (const [signals, expected] of [
    [['SIGINT'], 0],
    [['SIGINT', 'SIGTERM'], 130],
  ] as const) {
    const trace = folder.file(`trace-${expected}.json`);
    const { child, finished, lines } = start(['run', HANDS, '--format', 'ndjson', '--trace', trace], folder.path);
    await lines(3);
    for (const signal of signals) child.kill(signal);
    expect((await finished).code).toBe(expected);
    const events = parse(trace);
    expect(traceFaults(events)).toEqual([]);
    expect(events.length).toBeGreaterThan(20);
  }
});

it('puts each run of a bench into a process of its own', async () => {
  using folder = new TemporaryFolder();
  const trace = folder.file('trace.json');
  const { code } = await kinegraph(['bench', HANDS, '--seconds', '1', '--repeat', '2', '--trace', trace], folder.path);
  const names = parse(trace).filter(({ name }) => name === 'process_name');
  expect(code).toBe(0);
  expect(names.map(({ pid, args }) => [pid, args?.['name']])).toEqual([
    [1, `${HANDS}, run 1`],
    [2, `${HANDS}, run 2`],
  ]);
});

it('refuses a file that cannot be written before anything starts', async () => {
  using folder = new TemporaryFolder();
  const { code, err, out } = await kinegraph(['run', HANDS, '--trace', folder.file('nowhere/t.json')], folder.path);
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('(CORE_TRACE_FILE)');
});
