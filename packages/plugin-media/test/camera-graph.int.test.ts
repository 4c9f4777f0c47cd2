import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createRun, parseGraph, resolveGraph, type GraphDocument } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import { FramePool } from '@kinegraph/core/plugin';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MjpegCamera } from './support/mjpeg-camera.js';

const folder = fileURLToPath(new URL('..', import.meta.url));
const jpeg = readFileSync(new URL('fixtures/pictures/1.jpg', import.meta.url));

let temporary: string;
let door: MjpegCamera;
let yard: MjpegCamera;

beforeEach(async () => {
  temporary = mkdtempSync(path.join(tmpdir(), 'kinegraph-test-'));
  [door, yard] = await Promise.all([MjpegCamera.start([jpeg]), MjpegCamera.start([jpeg])]);
});

afterEach(async () => {
  rmSync(temporary, { recursive: true });
  await Promise.all([door.stop(), yard.stop()]);
});

/** A graph of the cameras named, each with a sink of its own. */
function graphOf(cameras: Readonly<Record<string, MjpegCamera>>): GraphDocument {
  const nodes: Record<string, unknown> = {};
  const wires: string[][] = [];
  for (const [name, camera] of Object.entries(cameras)) {
    nodes[name] = { type: 'media.source.camera', config: { url: camera.url('admin:s3cret-w0rd@') } };
    nodes[`${name}Out`] = { type: 'core.sink.callback' };
    wires.push([`${name}.frame`, `${name}Out.in`]);
  }
  const { document } = parseGraph(JSON.stringify({ kinegraph: 1, nodes, wires }));
  if (document === undefined) throw new Error('the graph of the test is no graph');
  return document;
}

it('shows cameras in a run, tells how each stands, and takes them in and out while it runs', async () => {
  await using platform = createNodeHost({ homeFolder: temporary });
  await addPlugins(platform.host, [folder], { from: folder });
  const counts = { door: 0, yard: 0 };
  const run = createRun({
    graph: resolveGraph(graphOf({ door }), platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: temporary,
    callbacks: {
      doorOut: () => void (counts.door += 1),
      yardOut: () => void (counts.yard += 1),
    },
  });
  const connectionOf = (name: string) => run.snapshot().nodes.find((node) => node.name === name)?.connection;
  const frames = async (name: keyof typeof counts): Promise<void> => {
    const wanted = counts[name] + 5;
    while (counts[name] < wanted) await delay(5);
  };

  await run.start();
  await frames('door');
  expect(connectionOf('door')).toMatchObject({ state: 'live' });

  await run.apply(graphOf({ door, yard }));
  await frames('yard');
  expect(connectionOf('yard')).toMatchObject({ state: 'live' });
  expect(door.visits).toBe(1); // the other camera was left alone

  await yard.stop();
  while (connectionOf('yard')?.state !== 'reconnecting') await delay(5);
  expect(connectionOf('yard')).toMatchObject({ lastError: { code: 'MEDIA_CAMERA_LOST' } });
  expect(JSON.stringify(run.snapshot())).not.toContain('s3cret');

  await run.apply(graphOf({ door }));
  expect(connectionOf('yard')).toBeUndefined();
  await frames('door');
  expect(door.visits).toBe(1);

  await run.stop();
  const outcome = await run.finished;
  expect(outcome).toMatchObject({ result: 'stopped', shutdownFailures: [] });
  expect(platform.container.get(FramePool).inUse).toBe(0);
});
