import { expect, it } from 'vitest';
import { lastFaultOf, stateOf } from './run-states.js';

it('a run that is held says so, one that has ended how', () => {
  expect(stateOf({ state: 'running', paused: true })).toEqual({ tone: 'warning', text: 'runs.state.paused' });
  expect(stateOf({ state: 'ended', paused: true, result: 'failed' })).toEqual({
    tone: 'error',
    text: 'runs.result.failed',
  });
});

it('of what went wrong at a node the newest is told', () => {
  const fault = (ageMs: number) => ({ code: 'A', message: `${ageMs}`, atMs: 0, ageMs });
  const node = { lastFault: fault(90), connection: { state: 'live', ageMs: 1, lastError: fault(20) } };
  expect(lastFaultOf(node as Parameters<typeof lastFaultOf>[0])?.message).toBe('20');
});
