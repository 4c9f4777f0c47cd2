import { onBeforeUnmount, watch } from 'vue';
import { useFailures } from '../api/failures-store.js';
import { usePolled } from '../app/use-polled.js';
import { useImports } from '../graphs/imports-store.js';
import { rememberGraph } from '../home/last-graph.js';
import { t } from '../i18n/texts.js';
import { useRunSession } from '../runs/run-session.js';
import { useGraphSession } from './graph-session.js';
import { useWorkbench } from './workbench.js';

/** Somebody may delete the graph while it is open here. */
const LOOK_EVERY_MS = 5000;

/**
 * Opens the graph of the page with its draft and its run, and another where the page goes to another; while the component that
 * calls this in its setup is there.
 * @param graph - id of the graph of the page.
 * @param shown - what is done once it is there.
 */
export function useOpenGraph(graph: () => string, shown: () => unknown): void {
  const session = useGraphSession();
  const run = useRunSession();
  const workbench = useWorkbench();
  const imports = useImports();
  const { guard } = useFailures();

  onBeforeUnmount(() => {
    void run.follow(undefined); // asks nothing
  });
  watch(
    graph,
    async (id) => {
      workbench.viewed = undefined;
      await guard(() => session.open(id));
      rememberGraph(id);
      const imported = session.id === id ? imports.take(id) : undefined;
      if (imported !== undefined) session.edit(t('edit.import'), imported);
      await guard(() => run.follow(id));
      await shown();
    },
    { immediate: true },
  );
  usePolled(() => session.look(), LOOK_EVERY_MS);
}
