import { Router } from 'express';
import { injectable } from 'inversify';

/** `/healthz`: the process answers. `/readyz`: it takes work. */
@injectable()
export class HealthRoutes {
  /** Why the server takes no work now; undefined where it does. */
  notReady: string | undefined = 'starting';

  router(): Router {
    const router = Router();
    router.get('/healthz', (_request, response) => {
      response.set('Cache-Control', 'no-store').json({ status: 'ok' });
    });
    router.get('/readyz', (_request, response) => {
      const { notReady } = this;
      response
        .set('Cache-Control', 'no-store')
        .status(notReady === undefined ? 200 : 503)
        .json(notReady === undefined ? { status: 'ready' } : { status: 'not ready', reason: notReady });
    });
    return router;
  }
}
