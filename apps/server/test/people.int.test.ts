import { copyFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import type { Measurement } from '@kinegraph/core';
import { missingShared, sharedFile } from '../../../test/support/shared-files.js';
import { TemporaryFolder, inRepository, kinegraph } from './support/kinegraph.js';

const PEOPLE = inRepository('examples/graphs/people.kinegraph.json');
const BODY = inRepository('examples/graphs/body.kinegraph.json');
const MODEL = 'models/yolov8n-pose-256.onnx';
const PHOTO = 'images/bus.jpg';

it('does without a model until one has been chosen, and says how', async () => {
  using folder = new TemporaryFolder();
  const { code, err } = await kinegraph(['run', PEOPLE], folder.path);
  expect(code).toBe(1);
  expect(err).toContain('Run: kinegraph models pull yolo.yolov8n-pose');
});

const missing = missingShared(MODEL, PHOTO);
const skipped = missing.length === 0 ? '' : ` (skipped: ../shared has no ${missing.join(', ')})`;
it.skipIf(missing.length > 0)(`follows the people of a photo that stands still${skipped}`, async () => {
  using folder = new TemporaryFolder();
  for (let index = 0; index < 6; index += 1) copyFileSync(sharedFile(PHOTO), folder.file(`${index}.jpg`));
  copyFileSync(sharedFile(MODEL), folder.file('net.onnx'));
  // From where the command is run, not from the graph's folder.
  const args = [
    '--input',
    folder.path,
    '--set',
    `pose.model=${path.relative(process.cwd(), folder.file('net.onnx'))}`,
    '--format',
    'ndjson',
    '--quiet',
  ];
  const { code, out, err } = await kinegraph(['run', PEOPLE, ...args], folder.path);
  expect([code, err]).toEqual([0, '']);
  const frames = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { value: { tracks: { trackId: number; skeleton: string; score: number }[] } });
  expect(frames).toHaveLength(6);
  const ids = frames.map(({ value }) => value.tracks.map(({ trackId }) => trackId).toSorted((a, b) => a - b));
  const last = ids.at(-1);
  expect(last?.length).toBeGreaterThanOrEqual(3);
  expect(new Set(ids.filter(({ length }) => length > 0).map(String))).toEqual(new Set([String(last)]));
  expect(frames.at(-1)?.value.tracks.every(({ skeleton, score }) => skeleton === 'coco-17' && score > 0.25)).toBe(true);
});

it.skipIf(missing.length > 0)(`is compared with MediaPipe's pose on the same pictures${skipped}`, async () => {
  using folder = new TemporaryFolder();
  for (let index = 0; index < 6; index += 1) copyFileSync(sharedFile(PHOTO), folder.file(`${index}.jpg`));
  const args = ['--input', folder.path, '--pace', 'as-fast-as-possible', '--json'];
  // Of the two graphs only one has a node of that name.
  const { code, out, err } = await kinegraph(
    ['bench', BODY, PEOPLE, ...args, '--set', `pose.model=${sharedFile(MODEL)}`],
    folder.path,
  );
  expect(code, err).toBe(0);
  const { graphs } = JSON.parse(out) as { graphs: { graph: string; runs: Measurement[] }[] };
  expect(graphs.map(({ graph, runs }) => [graph, runs.map(({ results }) => results)])).toEqual([
    [BODY, [6]],
    [PEOPLE, [6]],
  ]);
});
