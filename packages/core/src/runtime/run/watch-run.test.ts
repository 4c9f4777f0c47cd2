import { expect, it } from 'vitest';
import { framesOf } from '../../../test/support/diary.js';
import { FrameLedger, createTestRun, settle, sinkInto, sourceOf } from '../../testing/index.js';
import type { TestRun } from '../../testing/index.js';
import type { RunSnapshot } from './run-snapshot.js';

/** `count` frames, 40 ms apart, into a sink. */
const filmed = (count: number): TestRun =>
  createTestRun({
    nodes: {
      camera: { kind: 'source', nodeClass: sourceOf(() => framesOf(new FrameLedger(), count), 40) },
      out: { kind: 'sink', nodeClass: sinkInto([], 0) },
    },
    wires: [['camera.out', 'out.in']],
  });
const arrived = ({ elapsedMs, state, nodes }: RunSnapshot): [number, string, number] => [
  elapsedMs,
  state,
  nodes.find(({ name }) => name === 'out')?.in ?? 0,
];

it('tells the figures twice a second, and once more when the run has ended', async () => {
  const { run, finish } = filmed(30);
  await run.start();
  const seen: [number, string, number][] = [];
  const watching = (async () => {
    for await (const snapshot of run.watch()) seen.push(arrived(snapshot));
  })();
  await finish();
  await watching;
  expect(seen).toEqual([
    [0, 'running', 0],
    [500, 'running', 12],
    [1000, 'running', 24],
    [1240, 'ended', 30],
  ]);
});

it('gives a slow consumer the newest, at once, and makes up for nothing', async () => {
  const { run, clock, finish } = filmed(100);
  await run.start();
  const watch = run.watch({ everyMs: 100 });
  await watch.next();
  await clock.advance(1234); // it takes its time
  const late = await watch.next();
  expect(late.value?.elapsedMs).toBe(1234);
  const next = watch.next();
  await clock.advance(100);
  expect((await next).value?.elapsedMs).toBe(1334);
  await watch.return();
  await finish();
});

it('holds no timer while its consumer works and after that has left', async () => {
  const { run, clock, finish } = filmed(1);
  await finish();
  const idle = clock.pendingCount;
  for await (const { state } of run.watch()) {
    expect([state, clock.pendingCount]).toEqual(['ended', idle]);
  }
  const other = filmed(1_000);
  for await (const _ of other.run.watch()) {
    expect(other.clock.pendingCount).toBe(0);
    break;
  }
  expect(other.clock.pendingCount).toBe(0);
});

it('ends with its signal, leaves no timer behind, and the run goes on', async () => {
  const { run, clock, finish } = filmed(10);
  await run.start();
  const leave = new AbortController();
  const watch = run.watch({ everyMs: 10_000, signal: leave.signal });
  await watch.next();
  const next = watch.next();
  await settle();
  const waiting = clock.pendingCount;
  leave.abort();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(clock.pendingCount).toBe(waiting - 1);
  expect((await finish()).result).toBe('completed');
});

it('gives the last one at once where the run ended while its consumer worked', async () => {
  const { run, clock, finish } = filmed(1);
  await run.start();
  const watch = run.watch({ everyMs: 10_000 });
  await watch.next();
  await finish();
  const last = watch.next();
  await settle();
  expect(clock.pendingCount).toBe(0);
  expect((await last).value?.state).toBe('ended');
});

it('may begin before the run and refuses a time that is none', async () => {
  const { run, finish } = filmed(1);
  const watch = run.watch();
  expect((await watch.next()).value?.state).toBe('created');
  const last = watch.next();
  await finish();
  expect((await last).value?.state).toBe('ended');
  await expect(run.watch({ everyMs: 0 }).next()).rejects.toThrow('everyMs is 0');
});

it('has the age at every sink by name', async () => {
  const { finish } = filmed(3);
  const { snapshot } = await finish();
  expect(snapshot.ageMs).toMatchObject({ out: { count: 3 } });
  expect(Object.keys(snapshot.ageMs)).toEqual(['out']);
});
