import { createRequire } from 'node:module';
import path from 'node:path';
import express, { Router } from 'express';
import { injectable } from 'inversify';

/** What answers in JSON alone, also where it does not know a path. */
const ASKED_BY_PROGRAMS = /^\/(?:api|metrics|healthz|readyz|ws|socket\.io)(?:\/|$)/i;

/** The studio, a folder of files. */
@injectable()
export class PageRoutes {
  router(): Router {
    const router = Router();
    const studio = studioFolder();
    // Where it was served before.
    router.get(['/studio', '/studio/{*page}'], (request, response) => {
      response.redirect(308, request.originalUrl.replace(/^\/studio\/*/, '/'));
    });
    router.use(
      express.static(studio, {
        index: 'index.html',
        redirect: false,
        setHeaders: (response, file) => {
          // Files under `assets` have a sum in their names, and are good for ever.
          const isHashed = path.basename(path.dirname(file)) === 'assets';
          response.set('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
        },
      }),
    );
    // Which page of the studio it is, the studio knows; a program that asks for what is not there is told so.
    router.get('/{*page}', (request, response, next) => {
      const isPage = request.accepts(['json', 'html']) === 'html' && path.extname(request.path) === '';
      if (!isPage || ASKED_BY_PROGRAMS.test(request.path)) next();
      else response.set('Cache-Control', 'no-cache').sendFile(path.join(studio, 'index.html'));
    });
    return router;
  }
}

/** Where its build has put it. */
function studioFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@kinegraph/studio/package.json');
  return path.join(path.dirname(manifest), 'dist');
}
