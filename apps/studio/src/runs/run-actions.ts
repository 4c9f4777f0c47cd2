import { answered, server } from '../api/server.js';
import { useFailures } from '../api/failures-store.js';
import { useRuns } from '../api/runs-store.js';
import { useConfirm } from '../app/confirm-store.js';
import { useToasts } from '../app/toasts-store.js';
import { t } from '../i18n/texts.js';

/** What is done to a run, wherever it is shown. */
export function useRunActions() {
  const { guard } = useFailures();
  const runs = useRuns();
  const toasts = useToasts();
  const confirm = useConfirm();
  const of = (run: string) => ({ params: { path: { run } } });

  async function does(work: () => Promise<unknown>, told: string): Promise<void> {
    await guard(async () => {
      await work();
      toasts.tell(told);
      await runs.load();
    });
  }

  return {
    /** Deploys the newest revision of a graph that the server keeps. */
    start: async (graph: string): Promise<void> =>
      await does(
        async () =>
          await answered(server.POST('/api/v1/graphs/{graph}/deploy', { params: { path: { graph } }, body: {} })),
        t('runs.started', { run: graph }),
      ),
    pause: async (run: string): Promise<void> =>
      await does(
        async () => await answered(server.POST('/api/v1/runs/{run}/pause', of(run))),
        t('runs.paused', { run }),
      ),
    resume: async (run: string): Promise<void> =>
      await does(
        async () => await answered(server.POST('/api/v1/runs/{run}/resume', of(run))),
        t('runs.resumed', { run }),
      ),
    /** Asks how. @returns whether it was stopped */
    async stop(run: string): Promise<void> {
      const mode = await confirm.ask({
        title: t('runs.stopTitle', { run }),
        text: t('runs.stopWhy'),
        choices: [
          { value: 'drop', text: t('runs.drop'), isDanger: true },
          { value: 'drain', text: t('runs.drain') },
        ],
      });
      if (mode === undefined) return;
      await does(
        async () => await answered(server.DELETE('/api/v1/runs/{run}', { params: { path: { run }, query: { mode } } })),
        t('runs.stopped', { run }),
      );
    },
    /** Of one that has ended, or did not start: it is not listed any more. */
    forget: async (run: string): Promise<void> =>
      await does(async () => await answered(server.DELETE('/api/v1/runs/{run}', of(run))), t('runs.stopped', { run })),
  };
}
