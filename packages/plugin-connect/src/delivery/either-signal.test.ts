import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { EitherSignal } from './either-signal.js';

it('fires with the first, and with one that has fired before', () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const either = new EitherSignal(first.signal, second.signal);
  expect(either.signal.aborted).toBe(false);
  second.abort('second');
  first.abort('first');
  expect([either.signal.aborted, either.signal.reason]).toEqual([true, 'second']);
  expect(new EitherSignal(first.signal).signal.reason).toBe('first');
});

it('leaves nothing behind', () => {
  const lasting = new AbortController();
  for (let round = 0; round < 100; round += 1) {
    using either = new EitherSignal(lasting.signal);
    either.abort();
  }
  expect(getEventListeners(lasting.signal, 'abort')).toEqual([]);
});
