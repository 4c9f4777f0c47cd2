import { injectable } from 'inversify';
import { ANSWERED, handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { getHealth, getReadiness } from '../../api/operations/server-operations.js';

/** What supervisors ask. */
@injectable()
export class HealthRoutes implements ApiRoutes {
  /** Why the server takes no work now; undefined where it does. */
  notReady: string | undefined = 'starting';

  operations(): readonly HandledOperation[] {
    return [
      handled(getHealth, ({ response }) => {
        response.set('Cache-Control', 'no-store');
        return { status: 'ok' } as const;
      }),
      handled(getReadiness, ({ response }) => {
        response.set('Cache-Control', 'no-store');
        if (this.notReady === undefined) return { status: 'ready' } as const;
        response.status(503).json({ status: 'not ready', reason: this.notReady });
        return ANSWERED;
      }),
    ];
  }
}
