import type { ProbeMessage } from '@kinegraph/core/protocol';
import { subscribeProbe } from '@kinegraph/ui';
import type { ProbeConnection } from '@kinegraph/ui';
import { onScopeDispose, shallowRef, watch } from 'vue';
import type { ShallowRef } from 'vue';
import { useRunSession } from '../runs/run-session.js';
import type { ProbedPort } from './probes-store.js';

/** Looks at an output while the component is there, the graph runs and the page can be seen. */
export function useProbe(of: () => ProbedPort): Readonly<ShallowRef<ProbeMessage | undefined>> {
  const run = useRunSession();
  const message = shallowRef<ProbeMessage>();
  const isSeen = shallowRef(document.visibilityState === 'visible');
  const gone = new AbortController();
  document.addEventListener('visibilitychange', () => (isSeen.value = document.visibilityState === 'visible'), {
    signal: gone.signal,
  });
  let connection: ProbeConnection | undefined;
  watch(
    () => {
      const { node, port } = of();
      const isThere = run.isRunning && run.graph !== undefined && Object.hasOwn(run.graph.nodes, node);
      return isThere && isSeen.value ? JSON.stringify([run.id, run.summary?.startedAt, node, port]) : undefined;
    },
    (line) => {
      connection?.close();
      connection = undefined;
      if (line === undefined || run.id === undefined) return;
      message.value = undefined;
      connection = subscribeProbe({ ...of(), run: run.id, onValue: (value) => (message.value = value) });
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    gone.abort();
    connection?.close();
  });
  return message;
}
