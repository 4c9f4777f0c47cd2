import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import type { NodeSnapshot } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import { TemporaryFolder, inRepository } from './support/kinegraph.js';

/** What the fixture's program tells of its run. */
interface Told {
  readonly result: string;
  readonly error?: string;
  readonly shutdownFailures: readonly string[];
  /** The node's figures when it had come where it was awaited. */
  readonly atState: NodeSnapshot;
  readonly node: NodeSnapshot;
  readonly camera: NodeSnapshot;
  readonly sibling: NodeSnapshot;
  readonly partner: NodeSnapshot;
  readonly pair: NodeSnapshot;
  readonly aside: NodeSnapshot;
  readonly results: readonly { readonly sequence: number; readonly threadId: number }[];
  readonly pairs: readonly { readonly sequence: number; readonly equal: boolean }[];
  readonly logged: readonly { readonly level: string; readonly message: string }[];
  readonly inUse: number;
}

interface FaultOptions {
  readonly type?: 'unruly.node' | 'unruly.native';
  readonly config: Readonly<Record<string, unknown>>;
  readonly until: 'open' | 'replaced' | 'quarantined' | 'stray';
  readonly watchdogMs?: number;
}

/** Runs the unruly node in real workers, in a process of its own: what would abort that would abort the tests otherwise. */
async function runFault({ type = 'unruly.node', config, until, watchdogMs = 1_500 }: FaultOptions): Promise<Told> {
  const program = inRepository('apps/server/test/fixtures/plugin-unruly/run.mjs');
  const args = [program, type, JSON.stringify(config), String(watchdogMs), until];
  const out = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { timeout: 90_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`The program ended with ${error.signal ?? error.code}: ${stderr}`));
    });
  });
  return JSON.parse(out) as Told;
}

/** Other branches keep their rate, joins get skips, frames come back. */
function expectOthersUnharmed({ camera, sibling, aside, node, partner, pair, results, pairs, inUse }: Told): void {
  expect(camera.out).toBeGreaterThan(20);
  expect(sibling.out).toBe(camera.out);
  expect(aside.in).toBe(camera.out);
  expect(partner.in).toBe(node.in); // both are behind one buffer
  expect(pair.out).toBe(node.out);
  expect(pair.dropped).toEqual({});
  expect(pair.skipped).toBe(partner.out - node.out);
  expect(pairs.every(({ equal }) => equal)).toBe(true);
  expect(pairs.map(({ sequence }) => sequence)).toEqual(results.map(({ sequence }) => sequence));
  expect(inUse).toBe(0);
}

/** Results of the five frames that come before the first fault; on a busy machine the buffer replaces some. */
function beforeTheFault(results: Told['results']): Told['results'] {
  const before = results.filter(({ sequence }) => sequence < 5);
  expect(before.length).toBeGreaterThan(0);
  return before;
}

/** One packet failed, those that came while the worker was down passed as skips, and another thread went on. */
function expectOnePacketLost({ result, node, results, logged }: Told, code: string): void {
  expect(result).toBe('stopped');
  expect(node).toMatchObject({ failed: 1, lastFault: { code }, trouble: { code } });
  expect(node.out + 1 + (node.dropped['worker-down'] ?? 0)).toBe(node.in);
  expect(new Set(results.map(({ threadId }) => threadId)).size).toBe(2);
  expect(beforeTheFault(results)).toEqual(results.slice(0, beforeTheFault(results).length));
  const lines = logged.map(({ message }) => message);
  const down = lines.findIndex((line) => line.startsWith('The worker is down: '));
  expect(down).toBeGreaterThanOrEqual(0);
  expect(lines.indexOf('The worker was started anew and is open.')).toBeGreaterThan(down);
}

describe('a node in a worker', () => {
  it('that exits costs one packet and is started anew', async () => {
    const told = await runFault({ config: { fault: 'exit' }, until: 'replaced' });
    expectOnePacketLost(told, 'RUN_WORKER_GONE');
    expectOthersUnharmed(told);
  });

  it('that is in an endless loop overruns its watchdog, is ended and replaced', async () => {
    const told = await runFault({ config: { fault: 'loop' }, until: 'replaced' });
    expectOnePacketLost(told, 'RUN_WATCHDOG');
    expectOthersUnharmed(told);
    expect(told.logged.some(({ message }) => message.includes('did not leave and was ended'))).toBe(true);
  });

  it('that exits again and again is quarantined after five restarts, with the reason shown', async () => {
    const told = await runFault({ config: { fault: 'exit', always: true }, until: 'quarantined' });
    expect(told.result).toBe('stopped');
    expect(told.atState).toMatchObject({ state: 'quarantined', failed: 6, trouble: { code: 'RUN_QUARANTINED' } });
    expect(told.atState.trouble?.message).toContain('has ended by itself');
    expect(told.node.failed).toBe(6);
    expect(told.node.out).toBe(beforeTheFault(told.results).length);
    expect(told.camera.out - told.atState.in).toBeGreaterThanOrEqual(20); // the others went on
    expectOthersUnharmed(told);
  });

  it('that answers twice is told by name, and the second answer is dropped', async () => {
    const told = await runFault({ config: { fault: 'twice' }, until: 'stray' });
    expect(told.node).toMatchObject({ failed: 0, dropped: { 'stray-answer': 1 }, in: told.node.out });
    expect(told.results.every(({ sequence }) => Number.isInteger(sequence))).toBe(true);
    const line = told.logged.find(({ level }) => level === 'warn');
    expect(line?.message).toContain('Node "node" answered a string to a packet that it had answered before');
    expectOthersUnharmed(told);
  });

  it('whose code posts messages of its own is told by name, and harms nobody', async () => {
    const told = await runFault({ config: { fault: 'garbage' }, until: 'stray' });
    expect(told.node).toMatchObject({ failed: 0, dropped: { 'stray-answer': 6 }, in: told.node.out });
    expectOthersUnharmed(told);
  });
});

describe('a native node in a worker', () => {
  it.each<[fault: string, file: (folder: TemporaryFolder) => Promise<string>]>([
    ['hang', () => Promise.resolve('')],
    [
      'decode', // inside libjpeg-turbo, where ending the thread aborts the process
      async (folder) => {
        const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
        const create = { width: 2400, height: 2400, channels: 3, background: 'grey', noise } as const;
        const file = folder.file('noise.jpg');
        writeFileSync(file, await sharp({ create }).jpeg({ quality: 95 }).toBuffer());
        return file;
      },
    ],
  ])('that hangs (%s) is abandoned, reported and replaced, and the process lives', async (fault, makeFile) => {
    using folder = new TemporaryFolder();
    const config = { fault, file: await makeFile(folder) };
    const told = await runFault({ type: 'unruly.native', config, until: 'replaced' });
    expectOnePacketLost(told, 'RUN_WATCHDOG');
    const lines = told.logged.map(({ message }) => message);
    expect(
      lines.some((line) => line.includes('The worker of node "node" hangs in native code and was left to itself')),
    ).toBe(true);
    expect(lines.some((line) => line.includes('was ended'))).toBe(false);
    expect(lines).toContain('A worker that had hung came back and was asked to leave.');
    expectOthersUnharmed(told);
  });

  it('that leaves a timer running ends with its run all the same, is told of it, and the process ends', async () => {
    const told = await runFault({ type: 'unruly.native', config: { fault: 'timer' }, until: 'open' });
    expect(told).toMatchObject({ result: 'stopped', shutdownFailures: [], node: { failed: 0 } });
    expect(told.logged.filter(({ level }) => level !== 'info')).toEqual([
      { level: 'warn', message: expect.stringContaining('still held it (Timeout)') as string },
    ]);
    expect([told.node.out, told.inUse]).toEqual([told.node.in, 0]);
  });
});
