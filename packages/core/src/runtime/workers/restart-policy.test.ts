import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_RESTARTS, RESTART_WINDOW_MS, RestartPolicy } from './restart-policy.js';

it('doubles from 0.2 s, and grants five restarts in a minute', () => {
  const policy = new RestartPolicy();
  expect([0, 1, 2, 3, 4, 5].map((nowMs) => policy.next(nowMs))).toEqual([200, 400, 800, 1_600, 3_200, undefined]);
});

it('doubles up to 10 s where faults come slowly but steadily', () => {
  const policy = new RestartPolicy();
  const delays = Array.from({ length: 8 }, (_, index) => policy.next(index * 15_000));
  expect(delays).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
});

it('begins anew after a minute without a fault', () => {
  const policy = new RestartPolicy();
  for (const nowMs of [0, 10, 20]) policy.next(nowMs);
  expect(policy.next(20 + RESTART_WINDOW_MS)).toBe(200);
});

it('never grants more than five in any minute, and always within 0.2 s to 10 s', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 30_000 }), { maxLength: 60 }), (gapsMs) => {
      const policy = new RestartPolicy();
      const granted: number[] = [];
      let nowMs = 0;
      for (const gapMs of gapsMs) {
        nowMs += gapMs;
        const delayMs = policy.next(nowMs);
        if (delayMs === undefined) {
          expect(granted.filter((atMs) => nowMs - atMs < RESTART_WINDOW_MS)).toHaveLength(MAX_RESTARTS);
          continue;
        }
        granted.push(nowMs);
        expect(delayMs).toBeGreaterThanOrEqual(200);
        expect(delayMs).toBeLessThanOrEqual(10_000);
        expect(granted.filter((atMs) => nowMs - atMs < RESTART_WINDOW_MS).length).toBeLessThanOrEqual(MAX_RESTARTS);
      }
    }),
  );
});
