import { expect, it } from 'vitest';
import { graphsByPlugin } from './needed-models.js';

it('tells for each plugin the graphs that have one of its nodes, each once', () => {
  const types = [
    { type: 'mediapipe.hands', plugin: 'mediapipe' },
    { type: 'mediapipe.pose', plugin: 'mediapipe' },
    { type: 'yolo.pose', plugin: 'yolo' },
  ];
  const graphs = [
    { id: 'a', types: ['mediapipe.hands', 'mediapipe.pose', 'core.sink.null'] },
    { id: 'b', types: ['mediapipe.pose'] },
    { id: 'c', types: ['gone.node'] },
  ];
  expect([...graphsByPlugin(graphs, types)]).toEqual([['mediapipe', ['a', 'b']]]);
});
