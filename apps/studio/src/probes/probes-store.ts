import type { Skeleton } from '@kinegraph/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { answered, server } from '../api/server.js';
import { useDocks } from '../editor/docks/docks-store.js';
import { useRunSession } from '../runs/run-session.js';

/** An output of a node that is looked at. */
export interface ProbedPort {
  readonly node: string;
  readonly port: string;
}

const keyOf = (graph: string): string => `kinegraph.probes.${graph}`;

/** The probes that are pinned, of each graph its own: for as long as the tab of the browser lives, and whatever is undone. */
export const useProbes = defineStore('probes', () => {
  const run = useRunSession();
  const docks = useDocks();
  const pinned = shallowRef<readonly ProbedPort[]>([]);
  const skeletons = shallowRef<ReadonlyMap<string, Skeleton>>(new Map());

  watch(
    () => run.id,
    (id) => {
      pinned.value = id === undefined ? [] : read(id);
    },
    { immediate: true },
  );
  watch(
    () => (run.isRunning ? run.graph : undefined),
    async (graph) => {
      const of = run.id;
      if (graph === undefined || of === undefined) return;
      try {
        const found = await answered(server.GET('/api/v1/runs/{run}/skeletons', { params: { path: { run: of } } }));
        // JSON says no lengths; pairs are what the server has checked
        skeletons.value = new Map((found as unknown as readonly Skeleton[]).map((skeleton) => [skeleton.id, skeleton]));
      } catch {
        // asked again with the next change; until then there are numbers and no bones
      }
    },
    { immediate: true },
  );

  function keep(ports: readonly ProbedPort[]): void {
    pinned.value = ports;
    if (run.id !== undefined) sessionStorage.setItem(keyOf(run.id), JSON.stringify(ports));
  }
  const isSame = (a: ProbedPort, b: ProbedPort): boolean => a.node === b.node && a.port === b.port;

  return {
    pinned,
    skeletons,
    isPinned: computed(() => (port: ProbedPort) => pinned.value.some((one) => isSame(one, port))),
    /** Keeps a probe, and shows where. */
    pin({ node, port }: ProbedPort): void {
      if (!pinned.value.some((one) => isSame(one, { node, port }))) keep([...pinned.value, { node, port }]);
      docks.open('probes');
    },
    unpin(port: ProbedPort): void {
      keep(pinned.value.filter((one) => !isSame(one, port)));
    },
  };
});

function read(graph: string): readonly ProbedPort[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(graph)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isPort) : [];
  } catch {
    return [];
  }
}

const isPort = (value: unknown): value is ProbedPort =>
  typeof value === 'object' &&
  value !== null &&
  'node' in value &&
  'port' in value &&
  typeof value.node === 'string' &&
  typeof value.port === 'string';
