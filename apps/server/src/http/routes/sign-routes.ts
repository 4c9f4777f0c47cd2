import { Clock, Logger } from '@kinegraph/core';
import { takeQuality } from '@kinegraph/plugin-sign-classifier/teach';
import type { Response } from 'express';
import { inject, injectable } from 'inversify';
import { ANSWERED, handled } from '../../api/index.js';
import type { ApiCall, ApiResult, ApiRoutes, HandledOperation } from '../../api/index.js';
import {
  cancelTraining,
  deleteLabel,
  deleteTake,
  getSignModel,
  getSignSet,
  getTraining,
  listSignSets,
  recordTake,
  startTraining,
} from '../../api/operations/sign-operations.js';
import { RunService } from '../../runs/run-service.js';
import { SignsBusyError } from '../../signs/sign-errors.js';
import { SignSets } from '../../signs/sign-sets.js';
import { SignTrainings } from '../../signs/sign-trainings.js';
import { recordTake as takeOf } from '../../signs/take-recording.js';

/** Each holds up to some megabytes of landmarks. */
const MOST_RECORDINGS = 8;

/** Sets of takes of signs, recordings from runs, trainings and their models. */
@injectable()
export class SignRoutes implements ApiRoutes {
  #recordings = 0;

  constructor(
    @inject(SignSets) private readonly sets: SignSets,
    @inject(SignTrainings) private readonly trainings: SignTrainings,
    @inject(RunService) private readonly runs: RunService,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(listSignSets, async () => ({ sets: await this.sets.list() })),
      handled(getSignSet, async ({ params: { set } }) => ({
        set,
        labels: await this.sets.describe(set),
        trainings: this.trainings.list(set),
      })),
      handled(deleteLabel, async ({ params: { set, label } }) => {
        const count = await (await this.sets.existing(set)).deleteLabel(label);
        this.logger.info(`${count} takes of "${label}" were deleted from the set "${set}".`, { set, label });
      }),
      handled(deleteTake, async ({ params: { set, label, take } }) => {
        await (await this.sets.existing(set)).delete(label, take);
        this.logger.info(`The take "${take}" of "${label}" was deleted from the set "${set}".`, { set, label, take });
      }),
      handled(recordTake, async ({ params: { set }, body, response }) => await this.#record(set, body, response)),
      handled(startTraining, async ({ params: { set }, body, response }) => {
        const training = await this.trainings.start(set, body);
        response.location(`/api/v1/signs/sets/${set}/trainings/${training.id}`);
        return training;
      }),
      handled(getTraining, ({ params: { set, training }, response }) => {
        response.set('Cache-Control', 'no-store');
        return this.trainings.get(set, training);
      }),
      handled(cancelTraining, async ({ params: { set, training } }) => await this.trainings.cancel(set, training)),
      handled(getSignModel, async ({ params: { set } }) => ({
        model: this.sets.modelName(set),
        card: await this.sets.card(set),
      })),
    ];
  }

  async #record(
    set: string,
    { label, run, sink, seconds }: ApiCall<typeof recordTake>['body'],
    response: Response,
  ): Promise<ApiResult<typeof recordTake>> {
    const live = this.runs.get(run);
    if (this.#recordings >= MOST_RECORDINGS) throw new SignsBusyError({ what: 'recordings', most: MOST_RECORDINGS });
    const left = new AbortController();
    response.once('close', () => left.abort());
    this.#recordings += 1;
    try {
      const wish = { label, seconds, ...(sink === undefined ? {} : { sink }) };
      const { take, isFull } = await takeOf(live, wish, this.clock, left.signal);
      if (left.signal.aborted) return ANSWERED; // who asked for it has gone, and pressed no other button
      await this.sets.store(set).add(take);
      this.logger.info(`A take of "${take.label}" was recorded into the set "${set}".`, { set, take: take.id, run });
      response.location(`/api/v1/signs/sets/${set}/takes/${encodeURIComponent(take.label)}/${take.id}`);
      return { label: take.label, id: take.id, frames: take.frames.length, quality: takeQuality(take), isFull };
    } finally {
      this.#recordings -= 1;
    }
  }
}
