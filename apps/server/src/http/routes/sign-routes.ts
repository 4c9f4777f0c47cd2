import { Clock, Logger } from '@kinegraph/core';
import { takeQuality } from '@kinegraph/plugin-sign-classifier/teach';
import { Router } from 'express';
import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { RunService } from '../../runs/run-service.js';
import { SignsBusyError } from '../../signs/sign-errors.js';
import { SET_NAME, SignSets } from '../../signs/sign-sets.js';
import { SignTrainings } from '../../signs/sign-trainings.js';
import { recordTake } from '../../signs/take-recording.js';
import { checkRequest } from '../check-request.js';

const Path = z.object({ set: z.string().regex(SET_NAME) });
const RecordingBody = z.strictObject({
  label: z.string().min(1).max(200),
  run: z
    .string()
    .min(1)
    .max(200)
    .meta({ examples: ['live'] }),
  /** Of the run; left out: the first that gets hands. */
  sink: z.string().min(1).max(200).optional(),
  seconds: z.number().min(0.2).max(60).default(3),
});
const TrainingBody = z.strictObject({
  title: z.string().max(200).default(''),
  seed: z.int().min(0).max(999_999_999).default(1),
});
/** Each holds up to some megabytes of landmarks. */
const MOST_RECORDINGS = 8;

/** `/api/v1/signs`: sets of takes, recordings from runs, trainings and their models. */
@injectable()
export class SignRoutes {
  #recordings = 0;

  constructor(
    @inject(SignSets) private readonly sets: SignSets,
    @inject(SignTrainings) private readonly trainings: SignTrainings,
    @inject(RunService) private readonly runs: RunService,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  router(): Router {
    const router = Router();
    router.get('/sets', async (_request, response) => {
      response.json({ sets: await this.sets.list() });
    });
    router.get('/sets/:set', async (request, response) => {
      const set = setOf(request.params);
      response.json({ set, labels: await this.sets.describe(set), trainings: this.trainings.list(set) });
    });
    router.delete('/sets/:set/takes/:label', async (request, response) => {
      const { label } = request.params;
      const set = setOf(request.params);
      const count = await (await this.sets.existing(set)).deleteLabel(label);
      this.logger.info(`${count} takes of "${label}" were deleted from the set "${set}".`, { set, label });
      response.status(204).end();
    });
    router.delete('/sets/:set/takes/:label/:take', async (request, response) => {
      const { label, take } = request.params;
      const set = setOf(request.params);
      await (await this.sets.existing(set)).delete(label, take);
      this.logger.info(`The take "${take}" of "${label}" was deleted from the set "${set}".`, { set, label, take });
      response.status(204).end();
    });
    router.post('/sets/:set/recordings', async (request, response) => {
      const set = setOf(request.params);
      const { label, run, sink, seconds } = checkRequest('body', RecordingBody, request.body);
      const live = this.runs.get(run);
      if (this.#recordings >= MOST_RECORDINGS) throw new SignsBusyError({ what: 'recordings', most: MOST_RECORDINGS });
      const left = new AbortController();
      response.once('close', () => left.abort());
      this.#recordings += 1;
      try {
        const wish = { label, seconds, ...(sink === undefined ? {} : { sink }) };
        const { take, isFull } = await recordTake(live, wish, this.clock, left.signal);
        if (left.signal.aborted) return; // who asked for it has gone, and pressed no other button
        await this.sets.store(set).add(take);
        this.logger.info(`A take of "${take.label}" was recorded into the set "${set}".`, { set, take: take.id, run });
        response
          .status(201)
          .location(`/api/v1/signs/sets/${set}/takes/${encodeURIComponent(take.label)}/${take.id}`)
          .json({ label: take.label, id: take.id, frames: take.frames.length, quality: takeQuality(take), isFull });
      } finally {
        this.#recordings -= 1;
      }
    });
    router.post('/sets/:set/trainings', async (request, response) => {
      const set = setOf(request.params);
      const training = await this.trainings.start(set, checkRequest('body', TrainingBody, request.body ?? {}));
      response.status(202).location(`/api/v1/signs/sets/${set}/trainings/${training.id}`).json(training);
    });
    router.get('/sets/:set/trainings/:training', (request, response) => {
      response
        .set('Cache-Control', 'no-store')
        .json(this.trainings.get(setOf(request.params), request.params.training));
    });
    router.delete('/sets/:set/trainings/:training', async (request, response) => {
      await this.trainings.cancel(setOf(request.params), request.params.training);
      response.status(204).end();
    });
    router.get('/sets/:set/model', async (request, response) => {
      const set = setOf(request.params);
      response.json({ model: this.sets.modelName(set), card: await this.sets.card(set) });
    });
    return router;
  }
}

/** @throws RequestInvalidError */
export function setOf(params: Readonly<Record<string, string>>): string {
  return checkRequest('path', Path, params).set;
}
