import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createNodeHost, addPlugins } from '@kinegraph/core/node';
import type { NodeHost } from '@kinegraph/core/node';
import type { GraphDocument } from '@kinegraph/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TemporaryFolder } from '../test/support/kinegraph.js';
import { BUNDLED_PLUGINS } from './bundled-plugins.js';
import { InputUnclearError, applyInput } from './graph-edits.js';

let platform: NodeHost;
beforeAll(async () => {
  platform = createNodeHost({});
  await addPlugins(platform.host, BUNDLED_PLUGINS, { from: import.meta.dirname });
});
afterAll(async () => await platform[Symbol.asyncDispose]());

type Nodes = GraphDocument['nodes'];
function withInput(nodes: Nodes, input: string): Nodes {
  const document: GraphDocument = { kinegraph: 1, nodes: structuredClone(nodes), wires: [] };
  applyInput(document, input, platform.host.catalog);
  return document.nodes;
}
const CLIP: Nodes = {
  clip: { type: 'media.source.file', typeVersion: 1, config: { path: 'a.mp4', pace: 'as-fast-as-possible' } },
  out: { type: 'core.sink.null' },
};

it('has the source read another file', () => {
  expect(withInput(CLIP, '/clips/b.mp4')).toEqual({
    ...CLIP,
    clip: { ...CLIP['clip'], config: { path: '/clips/b.mp4', pace: 'as-fast-as-possible' } },
  });
});

it.each([
  ['/pictures/b.PNG', 'media.source.images'],
  ['/recordings/b.0001.mcap', 'media.source.recording'],
  ['/recordings/b.0002.mcap.part', 'media.source.recording'],
  ['/clips/b.mp4', 'media.source.file'],
])('has %s read by a %s, whatever the source was', (input, type) => {
  for (const was of ['media.source.file', 'media.source.images', 'core.source.frames']) {
    const { clip } = withInput({ clip: { type: was, config: {} } }, input);
    expect(clip).toMatchObject({ type, config: { path: input } });
  }
});

it('has all parts of a recording read by the name that they share', () => {
  using folder = new TemporaryFolder();
  writeFileSync(path.join(folder.path, 'hall.0001.mcap'), '');
  const nodes: Nodes = { camera: { type: 'core.source.frames' } };
  const hall = path.join(folder.path, 'hall');
  expect(withInput(nodes, hall)).toEqual({ camera: { type: 'media.source.recording', config: { path: hall } } });
  for (const other of ['hal', 'hall.0001', path.join('nowhere', 'hall')])
    expect(withInput(nodes, path.join(folder.path, other))).toMatchObject({ camera: { type: 'media.source.file' } });
});

it.each([
  ['media.source.file', { decode: true }],
  ['media.source.camera', { decode: true }],
  ['core.source.frames', {}],
])('has a recording in the place of a %s give frames as that did, pixels or encoded', (type, config) => {
  const file = '/recordings/b.0001.mcap';
  const nodes: Nodes = { camera: { type, config: {} } };
  expect(withInput(nodes, file)).toEqual({
    camera: { type: 'media.source.recording', config: { ...config, path: file } },
  });
});

it('leaves the decoding of recordings as the graph has it', () => {
  const nodes: Nodes = { camera: { type: 'media.source.recording', config: { decode: false } } };
  expect(withInput(nodes, '/b.mcap')['camera']).toMatchObject({ config: { decode: false } });
});

it('leaves the source of landmarks what it is: nothing else would fit behind it', () => {
  const nodes: Nodes = { hands: { type: 'media.source.recorded-landmarks', config: { path: 'a.mcap' } } };
  expect(withInput(nodes, '/recordings/b.mcap')).toEqual({
    hands: { type: 'media.source.recorded-landmarks', config: { path: '/recordings/b.mcap' } },
  });
});

it('says so where it is not clear which source is meant', () => {
  const two: Nodes = { a: { type: 'core.source.frames' }, b: { type: 'core.source.frames' } };
  expect(() => withInput(two, '/b.mp4')).toThrow(InputUnclearError);
  expect(() => withInput(two, '/b.mp4')).toThrow('this graph has 2 of them (a, b)');
  expect(() => withInput({ out: { type: 'core.sink.null' } }, '/b.mp4')).toThrow('this graph has none');
});
