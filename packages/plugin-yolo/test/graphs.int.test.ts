import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FramePool, createRun, resolveGraph, silentLogger, validateGraph } from '@kinegraph/core';
import type { GraphDocument, Landmarks } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import type { NodeHost } from '@kinegraph/core/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layoutOf } from './support/model-output.js';
import type { PlainCandidate } from './support/model-output.js';
import { aPoseModel } from './support/pose-model.js';

const CLIP = fileURLToPath(new URL('../../../examples/clips/signer.mp4', import.meta.url));
const person: PlainCandidate = {
  box: [32, 32, 16, 16],
  scores: [0.5],
  points: Array.from({ length: 17 }, (_, point) => [16 + point, 32, 0.5] as const),
};

let folder: string;
let platform: NodeHost;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-yolo-'));
  platform = createNodeHost({ homeFolder: folder }, { logger: silentLogger });
  const added = await addPlugins(platform.host, ['../../plugin-media', '../../plugin-mediapipe', '..'], {
    from: import.meta.dirname,
  });
  expect(added.flatMap(({ problems }) => problems)).toEqual([]);
  const people = layoutOf({ form: 'channels-first', classes: 1, points: 17, valuesPerPoint: 3, candidates: 60 });
  await writeFile(path.join(folder, 'pose.onnx'), aPoseModel({ layout: people, candidates: [person] }));
  const paws = layoutOf({ form: 'end-to-end', classes: 1, points: 5, valuesPerPoint: 2, candidates: 3 });
  await writeFile(
    path.join(folder, 'paws.onnx'),
    aPoseModel({ layout: paws, candidates: [{ ...person, points: person.points.slice(0, 5) }] }),
  );
});
afterAll(async () => {
  await platform[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a graph to its end, with paths from the temporary folder. @returns what came to the sink `out`. */
async function results(document: GraphDocument): Promise<readonly { timestampMs: number; value: Landmarks }[]> {
  expect(validateGraph(document, platform.host.catalog).filter(({ severity }) => severity === 'error')).toEqual([]);
  const got: { timestampMs: number; value: Landmarks }[] = [];
  const run = createRun({
    graph: resolveGraph(document, platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: folder,
    callbacks: { out: (value, { timestampMs }) => void got.push({ timestampMs, value: value as Landmarks }) },
  });
  await run.start();
  const { error } = await run.finished;
  if (error !== undefined) throw error;
  expect(platform.container.get(FramePool).inUse).toBe(0);
  return got;
}

const clip = { type: 'media.source.file', config: { path: CLIP, pace: 'as-fast-as-possible', endMs: 1000 } };

describe('yolo.pose in a graph', () => {
  it('finds people beside MediaPipe, which finds hands in the very same frames', async () => {
    const got = await results({
      kinegraph: 1,
      nodes: {
        clip,
        hands: { type: 'mediapipe.hands', config: { model: 'lite' } },
        pose: { type: 'yolo.pose', config: { model: './pose.onnx', confidence: 0.01 } },
        join: { type: 'core.transform.join' },
        out: { type: 'core.sink.callback' },
      },
      wires: [
        ['clip.frame', 'hands.frame'],
        ['clip.frame', 'pose.frame'],
        ['hands.hands', 'join.a'],
        ['pose.people', 'join.b'],
        ['join.out', 'out.in'],
      ],
    });
    expect(got).toHaveLength(30);
    for (const { value } of got) {
      const people = value.tracks.filter(({ skeleton }) => skeleton === 'coco-17');
      expect(people).toHaveLength(1);
      expect(people[0]?.image).toHaveLength(17 * 4);
    }
    const withHands = got.filter(({ value }) => value.tracks.some(({ skeleton }) => skeleton === 'hand-21'));
    expect(withHands.length).toBeGreaterThan(0);
    const ids = got.flatMap(({ value }) =>
      value.tracks.flatMap((track) => (track.skeleton === 'coco-17' ? [track.trackId] : [])),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives no id twice with two instances side by side', async () => {
    const got = await results({
      kinegraph: 1,
      nodes: {
        clip,
        pose: { type: 'yolo.pose', config: { model: './pose.onnx', confidence: 0.01 }, concurrency: 2 },
        out: { type: 'core.sink.callback' },
      },
      wires: [
        ['clip.frame', 'pose.frame'],
        ['pose.people', 'out.in'],
      ],
    });
    const times = got.map(({ timestampMs }) => timestampMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const ids = got.flatMap(({ value }) => value.tracks.map(({ trackId }) => trackId));
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it('finds the points of a skeleton that the graph brings', async () => {
    const points = ['wrist', 'a', 'b', 'c', 'd'];
    const got = await results({
      kinegraph: 1,
      skeletons: [{ id: 'paw-5', title: 'Paw', points, connections: [[0, 1]] }],
      nodes: {
        clip,
        paws: { type: 'yolo.pose', config: { model: './paws.onnx', skeleton: 'paw-5', confidence: 0.01 } },
        out: { type: 'core.sink.callback' },
      },
      wires: [
        ['clip.frame', 'paws.frame'],
        ['paws.people', 'out.in'],
      ],
    });
    expect(got).toHaveLength(30);
    expect(got[0]?.value.tracks).toMatchObject([{ skeleton: 'paw-5' }]);
    expect(got[0]?.value.tracks[0]?.image).toHaveLength(20);
  });

  it('is lifted to 3D behind a tracker and a window, by the model that comes along', async () => {
    const got = await results({
      kinegraph: 1,
      nodes: {
        clip,
        pose: { type: 'yolo.pose', config: { model: './pose.onnx', confidence: 0.01 } },
        follow: { type: 'core.transform.tracker', config: { highScore: 0.01, lowScore: 0.001 } },
        window: { type: 'core.buffer.window', config: { spanMs: 900, strideMs: 100, whole: false } },
        lift: { type: 'yolo.lift-3d' },
        out: { type: 'core.sink.callback' },
      },
      wires: [
        ['clip.frame', 'pose.frame'],
        ['pose.people', 'follow.in'],
        ['follow.out', 'window.in'],
        ['window.out', 'lift.window'],
        ['lift.people', 'out.in'],
      ],
    });
    const lifted = got.flatMap(({ value }) => value.tracks);
    expect(lifted.length).toBeGreaterThan(0);
    expect(new Set(lifted.map(({ trackId }) => trackId)).size).toBe(1);
    for (const { skeleton, image, world } of lifted) {
      expect([skeleton, image.length, world?.length]).toEqual(['coco-17', 68, 68]);
      expect(world?.every(Number.isFinite)).toBe(true);
    }
  });

  it('keeps a run from starting with a model that does not fit, and says why', async () => {
    const document: GraphDocument = {
      kinegraph: 1,
      nodes: {
        clip,
        pose: { type: 'yolo.pose', config: { model: './paws.onnx' } },
        out: { type: 'core.sink.callback' },
      },
      wires: [
        ['clip.frame', 'pose.frame'],
        ['pose.people', 'out.in'],
      ],
    };
    await expect(results(document)).rejects.toMatchObject({
      code: 'RUN_NODE_OPEN',
      message: expect.stringMatching(/"pose".*finds 5 points, but the skeleton "coco-17" has 17/) as string,
    });
  });
});
