import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import { injectable } from 'inversify';

/** The built-in page. */
@injectable()
export class PageRoutes {
  router(): Router {
    const router = Router();
    router.use(
      express.static(fileURLToPath(new URL('../../page', import.meta.url)), {
        index: 'index.html',
        maxAge: 0,
        setHeaders: (response) => void response.set('Cache-Control', 'no-cache'),
      }),
    );
    return router;
  }
}
