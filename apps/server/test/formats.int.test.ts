import { chmodSync, copyFileSync, readFileSync, readdirSync } from 'node:fs';
import { GRAPH_FORMAT, parseGraph } from '@kinegraph/core';
import { labelsOf, parseSignModelCard } from '@kinegraph/plugin-sign-classifier/model';
import { decodeTake, encodeTake } from '@kinegraph/plugin-sign-classifier/teach';
import { RECORDING_FORMAT } from '@kinegraph/recording';
import { RecordingReader, summarizePart } from '@kinegraph/recording/node';
import { expect, it } from 'vitest';
import { TokenStore } from '../src/access/token-store.js';
import { TemporaryFolder, inRepository } from './support/kinegraph.js';

const inFormats = (name: string): string => inRepository(`apps/server/test/fixtures/formats/${name}`);
const text = (name: string): string => readFileSync(inFormats(name), 'utf8');

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const list: Value[] = [];
  for await (const value of values) list.push(value);
  return list;
}

it('there is a file of each version of each format', () => {
  using folder = new TemporaryFolder();
  const tokens = new TokenStore(folder.file('tokens.json'));
  tokens.create({ name: 'new', scopes: ['view'] });
  const written = JSON.parse(readFileSync(folder.file('tokens.json'), 'utf8')) as { version: number };
  const take = /^\{"kinegraph-take":(\d+)/.exec(encodeTake(decodeTake(text('take.v1.ndjson'), 'take').take))?.[1];
  const card = readFileSync(inRepository('packages/plugin-sign-classifier/assets/default.json'), 'utf8');
  const versions: Record<string, number> = {
    graph: GRAPH_FORMAT,
    recording: RECORDING_FORMAT,
    'sign-card': (JSON.parse(card) as Record<string, number>)['kinegraph-signs'] ?? 0,
    take: Number(take),
    tokens: written.version,
  };
  const expected = Object.entries(versions).flatMap(([format, newest]) =>
    Array.from({ length: newest }, (_, index) => `${format}.v${index + 1}`),
  );
  const there = readdirSync(inFormats('')).filter((name) => name !== 'README.md');
  expect(there.map((name) => name.replace(/(v\d+)\..*$/, '$1'))).toEqual(expected);
});

it('a graph of version 1 is read', () => {
  const { document, problems } = parseGraph(JSON.parse(text('graph.v1.kinegraph.json')));
  expect(problems).toEqual([]);
  expect(document).toMatchObject({ kinegraph: GRAPH_FORMAT, title: 'Of version 1' });
  expect(Object.keys(document?.nodes ?? {})).toEqual(['camera', 'newest', 'out']);
});

it('tokens of version 1 still open the door, and others can be made beside them', () => {
  using folder = new TemporaryFolder();
  copyFileSync(inFormats('tokens.v1.json'), folder.file('tokens.json'));
  chmodSync(folder.file('tokens.json'), 0o600);
  const tokens = new TokenStore(folder.file('tokens.json'));
  expect(tokens.verify('kg_of_an_earlier_version')).toMatchObject({ name: 'wall', scopes: ['view'] });
  tokens.create({ name: 'another', scopes: ['ingest'] });
  expect(new TokenStore(folder.file('tokens.json')).list().map(({ name }) => name)).toEqual(['wall', 'another']);
});

it('a take of version 1 is read, whole', () => {
  const { take, damage } = decodeTake(text('take.v1.ndjson'), 'take');
  expect(damage).toBeUndefined();
  expect(take.frames.map(({ hands }) => hands.map(({ points }) => points.length))).toEqual(Array(4).fill([63]));
  expect(encodeTake(take)).toBe(text('take.v1.ndjson'));
});

it('the card of a model of version 1 is read', () => {
  const card = parseSignModelCard(readFileSync(inFormats('sign-card.v1.json')), 'card');
  expect(labelsOf(card).map(({ label }) => label)).toEqual(expect.arrayContaining(['a', 'ok', 'none']));
});

it('a recording of version 1 is read, frames and landmarks', async () => {
  const file = inFormats('recording.v1.mcap');
  expect(await summarizePart(file)).toMatchObject({ isComplete: true, topics: [{ messages: 4 }, { messages: 4 }] });
  const recording = await RecordingReader.open(file);
  const frames = await all(recording.frames('/frames'));
  expect(frames.length).toBe(4);
  const marks = await all(recording.values('/marks'));
  expect(marks.length).toBe(4);
  expect(JSON.stringify(marks[0])).toContain('hand-21');
});
