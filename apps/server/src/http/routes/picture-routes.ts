import { Router } from 'express';
import { inject, injectable } from 'inversify';
import type { PreviewOptions } from '@kinegraph/core';
import { PictureQuery } from '../../pictures/picture-query.js';
import { streamPictures } from '../../pictures/mjpeg-stream.js';
import { newestPicture, pictureTag } from '../../pictures/picture-service.js';
import { ResultLimits } from '../../results/results-route.js';
import { RunService } from '../../runs/run-service.js';
import { checkRequest } from '../check-request.js';

/** `/api/v1/runs/:run/nodes/:node/snapshot.jpg` and `stream.mjpg`. */
@injectable()
export class PictureRoutes {
  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(ResultLimits) private readonly limits: ResultLimits,
  ) {}

  router(): Router {
    const router = Router();
    router.get('/:run/nodes/:node/snapshot.jpg', async (request, response) => {
      const { run, node } = request.params;
      const live = this.runs.get(run);
      const options = optionsOf(request.query);
      const tag = pictureTag(live, node, options);
      response.set({ ETag: tag, 'Cache-Control': 'no-cache' });
      if (request.get('If-None-Match') === tag) {
        response.status(304).end();
        return;
      }
      const { bytes } = await newestPicture(live, node, options);
      response.set({ 'Content-Type': 'image/jpeg', 'Content-Length': String(bytes.length) });
      response.end(bytes);
    });
    router.get('/:run/nodes/:node/stream.mjpg', async (request, response) => {
      const { run, node } = request.params;
      const live = this.runs.get(run);
      const options = { ...optionsOf(request.query), notReadingMs: this.limits.notReadingSeconds * 1000 };
      pictureTag(live, node, options); // a source that is not there is told before the stream begins
      await streamPictures(request, response, live, node, options);
    });
    return router;
  }
}

/** @throws RequestInvalidError */
function optionsOf(query: unknown): PreviewOptions {
  const { quality, size } = checkRequest('query', PictureQuery, query);
  return size === undefined ? { quality } : { quality, shortSide: size };
}
