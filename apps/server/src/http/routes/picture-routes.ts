import { Clock } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { hasTag } from '../has-tag.js';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { getSnapshot, streamPictures } from '../../api/operations/picture-operations.js';
import type { PictureQuery } from '../../pictures/picture-query.js';
import { streamPictures as writePictures } from '../../pictures/mjpeg-stream.js';
import { nodePicture } from '../../pictures/picture-service.js';
import type { PictureWish } from '../../pictures/picture-service.js';
import { UnchangedPictures } from '../../pictures/unchanged-pictures.js';
import { ResultLimits } from '../../results/results-route.js';
import { RunService } from '../../runs/run-service.js';

/** The pictures of nodes that give frames. */
@injectable()
export class PictureRoutes implements ApiRoutes {
  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(ResultLimits) private readonly limits: ResultLimits,
    @inject(UnchangedPictures) private readonly unchanged: UnchangedPictures,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(getSnapshot, async ({ params: { run, node }, query, request, response }) => {
        const live = this.runs.get(run);
        const picture = await nodePicture(live, node, wishOf(query));
        response.set({ ETag: picture.tag, 'Cache-Control': 'no-cache' });
        if (hasTag(request.get('If-None-Match'), picture.tag)) {
          this.unchanged.add();
          response.status(304).end();
          return;
        }
        const { bytes } = await picture.encode();
        response.set({ 'Content-Type': 'image/jpeg', 'Content-Length': String(bytes.length) });
        response.end(bytes);
      }),
      handled(streamPictures, async ({ params: { run, node }, query, response }) => {
        const live = this.runs.get(run);
        const wish = wishOf(query);
        await nodePicture(live, node, wish); // a source that is not there is told before the stream begins
        const notReadingMs = this.limits.notReadingSeconds * 1000;
        await writePictures(response, { live, node, wish, clock: this.clock, notReadingMs });
      }),
    ];
  }
}

function wishOf({ quality, size, overlay }: PictureQuery): PictureWish {
  return {
    quality,
    ...(size === undefined ? {} : { shortSide: size }),
    ...(overlay === undefined ? {} : { overlay: { sinks: overlay === 'all' ? undefined : overlay.split(',') } }),
  };
}
