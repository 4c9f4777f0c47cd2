import { expect, it } from 'vitest';
import { soak } from '../src/live/soak/soak.js';
import { VISITS } from '../src/live/soak/visits.js';

const SOAK_MS = 60_000;

// `npm run bench -- soak --minutes 30` does the same at length, with the models of the live graph.
it('a minute of clients that come and go leaves a server as it was', { timeout: 3 * SOAK_MS }, async () => {
  const { warm, end, visits, errors, resultsPerSecond } = await soak({ ms: SOAK_MS, graph: 'light', tell: () => {} });
  expect(Object.fromEntries(errors)).toEqual({});
  expect([...visits.keys()].toSorted()).toEqual(VISITS.map(([kind]) => kind).toSorted());
  expect(resultsPerSecond).toBeGreaterThan(0);
  const held = ({ sockets, files, children }: typeof warm): object => ({ sockets, files, children });
  expect(held(end)).toEqual(held(warm));
  expect(end.threads).toBeLessThanOrEqual(warm.threads);
  expect(end.heapMib / warm.heapMib).toBeLessThan(1.1);
});
