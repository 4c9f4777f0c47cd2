import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_RESTARTS, RESTART_WINDOW_MS, RestartPolicy } from './restart-policy.js';

it('doubles from 0.2 s, and grants five restarts in a minute', () => {
  const policy = new RestartPolicy();
  expect([0, 1, 2, 3, 4, 5].map((nowMs) => policy.next(nowMs))).toEqual([200, 400, 800, 1_600, 3_200, undefined]);
});

it('doubles up to 10 s where faults come slowly but steadily', () => {
  const policy = new RestartPolicy();
  const delays = Array.from({ length: 8 }, (_, index) => {
    policy.answered();
    return policy.next(index * 15_000);
  });
  expect(delays).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
});

it('begins anew after a minute without a fault and with an answer', () => {
  const policy = new RestartPolicy();
  for (const nowMs of [0, 10, 20]) policy.next(nowMs);
  policy.answered();
  expect(policy.next(20 + RESTART_WINDOW_MS)).toBe(200);
});

it('grants no more than five in a row without an answer, however slowly they come', () => {
  const policy = new RestartPolicy();
  const delays = [0, 1, 2, 3, 4, 5].map((index) => policy.next(index * 2 * RESTART_WINDOW_MS));
  expect(delays).toEqual([200, 400, 800, 1_600, 3_200, undefined]);
});

it('never grants more than five in any minute or in a row, and always within 0.2 s to 10 s', () => {
  const fault = fc.record({ gapMs: fc.nat({ max: 30_000 }), isAnswered: fc.boolean() });
  fc.assert(
    fc.property(fc.array(fault, { maxLength: 60 }), (faults) => {
      const policy = new RestartPolicy();
      const granted: number[] = [];
      let nowMs = 0;
      let inRow = 0;
      for (const { gapMs, isAnswered } of faults) {
        nowMs += gapMs;
        if (isAnswered) {
          policy.answered();
          inRow = 0;
        }
        const delayMs = policy.next(nowMs);
        const inMinute = granted.filter((atMs) => nowMs - atMs < RESTART_WINDOW_MS).length;
        expect(delayMs === undefined).toBe(inMinute === MAX_RESTARTS || inRow === MAX_RESTARTS);
        if (delayMs === undefined) continue;
        granted.push(nowMs);
        inRow += 1;
        expect(delayMs).toBeGreaterThanOrEqual(200);
        expect(delayMs).toBeLessThanOrEqual(10_000);
      }
    }),
  );
});
