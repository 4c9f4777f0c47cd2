import { Clock } from '@kinegraph/core';
import { Router } from 'express';
import { inject, injectable } from 'inversify';
import { PictureQuery } from '../../pictures/picture-query.js';
import { streamPictures } from '../../pictures/mjpeg-stream.js';
import { nodePicture } from '../../pictures/picture-service.js';
import type { PictureWish } from '../../pictures/picture-service.js';
import { UnchangedPictures } from '../../pictures/unchanged-pictures.js';
import { ResultLimits } from '../../results/results-route.js';
import { RunService } from '../../runs/run-service.js';
import { checkRequest } from '../check-request.js';

/** `/api/v1/runs/:run/nodes/:node/snapshot.jpg` and `stream.mjpg`. */
@injectable()
export class PictureRoutes {
  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(ResultLimits) private readonly limits: ResultLimits,
    @inject(UnchangedPictures) private readonly unchanged: UnchangedPictures,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  router(): Router {
    const router = Router();
    router.get('/:run/nodes/:node/snapshot.jpg', async (request, response) => {
      const { run, node } = request.params;
      const live = this.runs.get(run);
      const wish = wishOf(request.query);
      const picture = await nodePicture(live, node, wish);
      response.set({ ETag: picture.tag, 'Cache-Control': 'no-cache' });
      if (hasTag(request.get('If-None-Match'), picture.tag)) {
        this.unchanged.add();
        response.status(304).end();
        return;
      }
      const { bytes } = await picture.encode();
      response.set({ 'Content-Type': 'image/jpeg', 'Content-Length': String(bytes.length) });
      response.end(bytes);
    });
    router.get('/:run/nodes/:node/stream.mjpg', async (request, response) => {
      const { run, node } = request.params;
      const live = this.runs.get(run);
      const wish = wishOf(request.query);
      await nodePicture(live, node, wish); // a source that is not there is told before the stream begins
      const notReadingMs = this.limits.notReadingSeconds * 1000;
      await streamPictures(response, { live, node, wish, clock: this.clock, notReadingMs });
    });
    return router;
  }
}

/**
 * Whether a client has what a tag stands for: RFC 9110 13.1.2. A proxy that compresses makes tags weak. Not left to Express,
 * which heeds the "no-cache" that `fetch` adds to every request with such a header.
 */
function hasTag(known: string | undefined, tag: string): boolean {
  const tags = (known ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(tag);
}

/** @throws RequestInvalidError */
function wishOf(query: unknown): PictureWish {
  const { quality, size, overlay } = checkRequest('query', PictureQuery, query);
  return {
    quality,
    ...(size === undefined ? {} : { shortSide: size }),
    ...(overlay === undefined ? {} : { overlay: { sinks: overlay === 'all' ? undefined : overlay.split(',') } }),
  };
}
