import { useGraphSession } from './graph-session.js';
import { useWorkbench } from './workbench.js';

/** Deploys at once where nothing runs yet; else first shows what would change in the run. @throws ApiFailure */
export function useDeploying(): () => Promise<void> {
  const session = useGraphSession();
  const workbench = useWorkbench();
  return async () => {
    if (session.deployed === undefined) await session.deploy();
    else workbench.dialog = 'deploy';
  };
}
