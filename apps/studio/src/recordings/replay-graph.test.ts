import { expect, it } from 'vitest';
import { replayGraph, replayId } from './replay-graph.js';

it('plays the frames of a recording, or its landmarks where it has none', () => {
  const topics = [
    { topic: '/hands', schema: 'kinegraph.Landmarks' },
    { topic: '/camera', schema: 'foxglove.CompressedImage' },
  ];
  expect(replayGraph('hall', topics, 'Hall')?.nodes['played']).toEqual({
    type: 'media.source.recording',
    config: { path: 'recordings/hall', topic: '/camera' },
  });
  expect(replayGraph('hall', topics.slice(0, 1), 'Hall')?.nodes['played']?.config).toMatchObject({ topic: '/hands' });
  expect(replayGraph('hall', [{ topic: '/n', schema: 'kinegraph.Value' }], 'Hall')).toBeUndefined();
});

it('is called after the recording, as graphs may be called, and takes nobody its name', () => {
  expect(replayId('Hall_2', new Set())).toBe('replay-hall-2');
  expect(replayId('hall', new Set(['replay-hall', 'replay-hall-2']))).toBe('replay-hall-3');
  expect(replayId('x'.repeat(80), new Set()).length).toBeLessThanOrEqual(64);
});
