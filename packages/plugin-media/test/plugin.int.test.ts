import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRun, parseGraph, resolveGraph, type RunOutcome } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import { FramePool } from '@kinegraph/core/plugin';
import { describePluginContract } from '@kinegraph/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemas } from '../src/schemas.js';

const folder = fileURLToPath(new URL('..', import.meta.url));
const fixtures = path.join(folder, 'test/fixtures');

describePluginContract({ folder, schemas });

let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(path.join(tmpdir(), 'kinegraph-test-'));
});
afterAll(() => {
  rmSync(temporary, { recursive: true });
});

/** Runs source > callback sink; checks that no frame is left. */
async function run(
  type: string,
  config: object,
  onFrame: (timestampMs: number, ageMs: number) => void | Promise<void> = () => {},
): Promise<{ outcome: RunOutcome; timestamps: number[]; startError?: unknown }> {
  await using platform = createNodeHost({ homeFolder: temporary });
  await addPlugins(platform.host, [folder], { from: folder });
  const nodes = { clip: { type, config }, out: { type: 'core.sink.callback' } };
  const text = JSON.stringify({ kinegraph: 1, nodes, wires: [['clip.frame', 'out.in']] });
  const { document } = parseGraph(text);
  if (document === undefined) throw new Error('the graph of the test is no graph');
  const timestamps: number[] = [];
  const graph = createRun({
    graph: resolveGraph(document, platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: fixtures,
    callbacks: {
      out: async (_frame, { timestampMs, ageMs }) => {
        timestamps.push(timestampMs);
        await onFrame(timestampMs, ageMs);
      },
    },
  });
  let startError: unknown;
  await graph.start().catch((error: unknown) => {
    startError = error;
  });
  const outcome = await graph.finished;
  expect(outcome.shutdownFailures).toEqual([]);
  expect(platform.container.get(FramePool).inUse).toBe(0);
  return { outcome, timestamps, ...(startError === undefined ? {} : { startError }) };
}

describe('a graph', () => {
  it('plays a file without loss, however slow its sink, and completes', async () => {
    const config = { path: 'steady.mp4', pace: 'as-fast-as-possible' };
    const slow = (): Promise<void> =>
      new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    const { outcome, timestamps } = await run('media.source.file', config, slow);
    expect(outcome.result).toBe('completed');
    expect(timestamps).toEqual(Array.from({ length: 20 }, (_, index) => index * 100));
  });

  it('plays a folder of images', async () => {
    const { outcome, timestamps } = await run('media.source.images', { path: 'pictures', fps: 50 });
    expect(outcome.result).toBe('completed');
    expect(timestamps).toEqual([0, 20, 40]);
  });

  it('fails after the last whole frame of a file that is cut off', async () => {
    const bytes = readFileSync(path.join(fixtures, 'steady.mkv'));
    const cut = path.join(temporary, 'cut.mkv');
    writeFileSync(cut, bytes.subarray(0, Math.round(bytes.length * 0.8)));
    const { outcome, timestamps } = await run('media.source.file', { path: cut, pace: 'as-fast-as-possible' });
    expect(timestamps.length).toBeGreaterThan(3);
    expect(outcome).toMatchObject({ result: 'failed', error: { cause: { code: 'MEDIA_FILE_TRUNCATED' } } });
  });

  it('does not start with a file that is none', async () => {
    const { outcome, timestamps, startError } = await run('media.source.file', { path: 'still.png' });
    expect(timestamps).toEqual([]);
    expect(startError).toMatchObject({ cause: { code: 'MEDIA_FILE_UNREADABLE' } });
    expect(outcome.result).toBe('failed');
  });
});
