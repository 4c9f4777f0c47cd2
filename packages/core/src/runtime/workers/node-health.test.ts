import { expect, it } from 'vitest';
import { VirtualClock } from '../../testing/index.js';
import { NodeFigures } from '../figures/node-figures.js';
import { NodeHealth } from './node-health.js';

function aHealth(): { figures: NodeFigures; health: NodeHealth; clock: VirtualClock } {
  const clock = new VirtualClock();
  const figures = new NodeFigures('hands', 'test.hands', false, clock);
  figures.state = 'open';
  return { figures, health: new NodeHealth(figures, clock), clock };
}

it('shows the worst of the workers, and what took the last one down', async () => {
  const { figures, health, clock } = aHealth();
  const [first, second] = [health.reporter(), health.reporter()];
  await clock.advance(30);
  first('restarting', new RangeError('out of memory'));
  expect(figures.snapshot()).toMatchObject({
    state: 'restarting',
    failed: 0,
    trouble: { code: 'UNEXPECTED', message: 'out of memory', atMs: 30 },
  });
  second('quarantined', new Error('segfault'));
  first('open');
  expect(figures.snapshot()).toMatchObject({ state: 'quarantined', trouble: { message: 'segfault' } });
});

it('leaves the node to those that took the place of its workers, once these are closed', () => {
  const { figures, health, clock } = aHealth();
  const [first, second] = [health.reporter(), health.reporter()];
  first('quarantined', new Error('segfault'));
  second('quarantined', new Error('segfault'));
  const next = new NodeHealth(figures, clock).reporter();
  figures.state = 'open'; // as the restart of the node does
  first('closed');
  second('closed');
  expect(figures.state).toBe('open');
  next('restarting', new Error('segfault'));
  expect(figures.state).toBe('restarting');
  next('closed');
  expect(figures.state).toBe('restarting'); // what becomes of the node is told by its run
});

it('leaves a node alone that has ended', () => {
  const { figures, health } = aHealth();
  figures.state = 'ended';
  health.reporter()('restarting', new Error('gone'));
  expect(figures.state).toBe('ended');
});
