import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import type { Handler } from 'express';
import { injectable } from 'inversify';

/** The built-in page, and the studio, each a folder of files. */
@injectable()
export class PageRoutes {
  router(): Router {
    const router = Router();
    const studio = studioFolder();
    router.use('/studio', filesOf(studio));
    // Which page of the studio it is, the studio knows.
    router.get(['/studio', '/studio/{*page}'], (request, response, next) => {
      if (path.extname(request.path) !== '') next();
      else response.set('Cache-Control', 'no-cache').sendFile(path.join(studio, 'index.html'));
    });
    router.use(filesOf(fileURLToPath(new URL('../../page', import.meta.url))));
    return router;
  }
}

/** Where its build has put it. */
function studioFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@kinegraph/studio/package.json');
  return path.join(path.dirname(manifest), 'dist');
}

/** Files under `assets` have a sum in their names, and are good for ever. */
function filesOf(folder: string): Handler {
  return express.static(folder, {
    index: 'index.html',
    redirect: false,
    setHeaders: (response, file) => {
      const isHashed = path.basename(path.dirname(file)) === 'assets';
      response.set('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
