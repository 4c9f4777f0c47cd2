import { randomBytes } from 'node:crypto';
import { Logger, errorCode, errorMessage } from '@kinegraph/core';
import { trainInWorker } from '@kinegraph/plugin-sign-classifier/teach/node';
import type { TrainingReport } from '@kinegraph/plugin-sign-classifier/teach';
import { inject, injectable } from 'inversify';
import { SignTrainingUnknownError, SignsBusyError } from './sign-errors.js';
import { SignSets } from './sign-sets.js';

/** A training as clients see it. */
export interface SignTraining {
  readonly id: string;
  readonly set: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly step: string;
  /** Of the whole, 0-1. */
  readonly share: number;
  readonly startedAt: string;
  readonly elapsedMs?: number;
  /** Of one that is done: the model, as graphs of this server name it. */
  readonly model?: string;
  readonly report?: TrainingReport;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Each takes a core. */
const MOST_AT_ONCE = 1;
const ENDED_KEPT = 16;

/** The trainings of this server: one at a time, each on a thread of its own. */
@injectable()
export class SignTrainings {
  readonly #trainings = new Map<string, SignTraining>();
  readonly #running = new Map<string, { readonly abort: AbortController; readonly ended: Promise<void> }>();

  constructor(
    @inject(SignSets) private readonly sets: SignSets,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** Those that run and the last that have ended, of a set. */
  list(set: string): readonly SignTraining[] {
    return [...this.#trainings.values()].filter((training) => training.set === set);
  }

  /** @throws SignTrainingUnknownError */
  get(set: string, id: string): SignTraining {
    const training = this.#trainings.get(id);
    if (training?.set !== set) throw new SignTrainingUnknownError({ training: id });
    return training;
  }

  /** Begins one. @throws SignSetUnknownError, SignsBusyError */
  async start(set: string, { title, seed }: { readonly title: string; readonly seed: number }): Promise<SignTraining> {
    const { folder } = await this.sets.existing(set);
    if (this.#running.size >= MOST_AT_ONCE) throw new SignsBusyError({ what: 'trainings', most: MOST_AT_ONCE });
    const id = randomBytes(6).toString('base64url');
    const training: SignTraining = {
      ...{ id, set, state: 'running', step: 'takes', share: 0 },
      startedAt: new Date().toISOString(),
    };
    this.#trainings.set(id, training);
    const abort = new AbortController();
    const ended = this.#run(training, { folder, title, seed }, abort.signal);
    this.#running.set(id, { abort, ended });
    this.#forgetOldest();
    this.logger.info(`Training "${id}" of the signs of "${set}" has begun.`, { set, training: id });
    return training;
  }

  /** Gives one up; settles when it has ended. One that has ended already stays as it is. @throws SignTrainingUnknownError */
  async cancel(set: string, id: string): Promise<void> {
    this.get(set, id);
    const running = this.#running.get(id);
    running?.abort.abort();
    await running?.ended;
  }

  /** Gives all up. */
  async close(): Promise<void> {
    for (const { abort } of this.#running.values()) abort.abort();
    await Promise.all([...this.#running.values()].map(async ({ ended }) => await ended));
  }

  async #run(
    training: SignTraining,
    { folder, title, seed }: { readonly folder: string; readonly title: string; readonly seed: number },
    signal: AbortSignal,
  ): Promise<void> {
    const { id, set } = training;
    const change = (to: Partial<SignTraining>): void => {
      const now = this.#trainings.get(id);
      if (now !== undefined) this.#trainings.set(id, { ...now, ...to });
    };
    try {
      const { report, elapsedMs } = await trainInWorker({
        ...{ folder, title, seed, signal },
        out: this.sets.modelFile(set),
        onProgress: ({ step, share }) => change({ step, share }),
      });
      change({ state: 'done', share: 1, report, elapsedMs, model: this.sets.modelName(set) });
      this.logger.info(`Training "${id}" of the signs of "${set}" is done.`, {
        set,
        training: id,
        takes: report.takes,
      });
    } catch (error) {
      const isCancelled = errorCode(error) === 'CORE_ABORTED';
      const told = { code: errorCode(error), message: errorMessage(error) };
      change(isCancelled ? { state: 'cancelled' } : { state: 'failed', error: told });
      this.logger.log(
        isCancelled ? 'info' : 'warn',
        `Training "${id}" of the signs of "${set}" has ended: ${told.message}`,
        {
          set,
          training: id,
          code: told.code,
        },
      );
    } finally {
      this.#running.delete(id);
    }
  }

  #forgetOldest(): void {
    const ended = [...this.#trainings.keys()].filter((id) => !this.#running.has(id));
    for (const id of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) this.#trainings.delete(id);
  }
}
