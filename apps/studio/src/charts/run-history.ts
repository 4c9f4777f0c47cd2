import { SeriesRing } from '@kinegraph/ui/components';
import type { FiguresMessage } from '@kinegraph/core/protocol';
import { defineStore } from 'pinia';
import { markRaw, onScopeDispose, ref, watch } from 'vue';
import { useRunSession } from '../runs/run-session.js';
import { figurePoints } from './figure-points.js';
import type { FigurePoints } from './figure-points.js';

/** Ten minutes, two moments a second. */
export const MOMENTS = 1200;

export type ChartId = keyof FigurePoints;

/** The last ten minutes of the run of the graph that is open, while somebody records them. Memory is bounded. */
export const useRunHistory = defineStore('run-history', () => {
  const run = useRunSession();
  const rings = markRaw({
    age: new SeriesRing(MOMENTS),
    rates: new SeriesRing(MOMENTS),
    drops: new SeriesRing(MOMENTS),
    cpu: new SeriesRing(MOMENTS),
    memory: new SeriesRing(MOMENTS),
  });
  /** How often something was added: rings are no reactive data. */
  const moments = ref(0);
  let before: FiguresMessage | undefined;

  function clear(): void {
    before = undefined;
    for (const ring of Object.values(rings)) ring.clear();
    moments.value += 1;
  }
  watch(() => run.id, clear);

  function take(now: FiguresMessage | undefined): void {
    if (now === undefined) return;
    if (before !== undefined && now.elapsedMs < before.elapsedMs) clear(); // another run of the graph
    if (before?.elapsedMs === now.elapsedMs) return; // told again to a new watcher
    const points = figurePoints(before, now);
    before = now;
    for (const [id, ring] of Object.entries(rings)) ring.add(Date.now() / 1000, points[id as ChartId]);
    moments.value += 1;
  }

  /** Records for as long as the component that calls this in its setup is there. */
  function record(): void {
    const watching = run.watch(take);
    onScopeDispose(() => watching[Symbol.dispose]());
  }

  return { rings, moments, record };
});
