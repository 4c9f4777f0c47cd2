import { expect, it } from 'vitest';
import { healthOfRun } from './health-of-run.js';

const GRAPH = { nodes: { camera: { type: 'a' }, hands: { type: 'b' }, out: { type: 'c' } } };

it('nodes that nothing is wrong with are well, or rest; of the others the trouble tells how bad it is', () => {
  const troubles = new Map([
    ['camera', { state: 'disconnected' }],
    ['hands', { state: 'quarantined' }],
  ] as const);
  expect(Object.fromEntries(healthOfRun(GRAPH, troubles, false))).toEqual({
    camera: 'warning',
    hands: 'error',
    out: 'good',
  });
  expect(healthOfRun(GRAPH, troubles, true).get('out')).toBe('off');
  expect(healthOfRun(GRAPH, troubles, true).get('hands')).toBe('error');
});
