import { watch } from 'vue';
import { useCatalog } from '../api/catalog-store.js';
import { useFailures } from '../api/failures-store.js';
import { useGraphSession } from '../editor/graph-session.js';
import { liveValuesOfStep } from './live-keys.js';
import { useRunSession } from './run-session.js';

/** Has the run follow the editor in live keys, while the component that calls this is there. */
export function useLiveKeys(): void {
  const session = useGraphSession();
  const run = useRunSession();
  const library = useCatalog();
  const { guard } = useFailures();
  let isSending = false;
  watch(
    () => [session.document, session.id, session.isOpening] as const,
    ([after, id, isOpening], [before, idBefore, wasOpening]) => {
      // What comes up when a graph is opened is no step: it was left so, and the run as well.
      if (isOpening || wasOpening || id !== idBefore || id !== run.id || run.graph === undefined) return;
      const values = liveValuesOfStep(run.graph, before, after, library.catalog);
      if (values.length === 0) return;
      const sent = Promise.all(values.map(async ({ node, key, value }) => await run.apply(node, key, value)));
      if (isSending) sent.catch(() => {}); // the first of them tells why
      else {
        isSending = true;
        void guard(() => sent.finally(() => (isSending = false)));
      }
    },
  );
}
