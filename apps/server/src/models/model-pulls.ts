import { randomBytes } from 'node:crypto';
import { AbortedError, Logger, ModelUnknownError, errorCode, errorMessage } from '@kinegraph/core';
import type { PulledModel } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import type { z } from 'zod';
import type { ModelPull as ModelPullShape } from '../api/shapes/models.js';
import { NodeHost } from '../runs/node-host.js';
import { ModelPullBusyError, ModelPullUnknownError } from './model-pull-errors.js';

/** A pull as clients see it. */
export type ModelPull = Readonly<z.infer<typeof ModelPullShape>>;

interface Job {
  pull: ModelPull;
  readonly abort: AbortController;
  ended: Promise<void>;
}

const KEPT = 16;

/** Fetches models for clients: one pull at a time, so that each has the whole line. */
@injectable()
export class ModelPulls {
  readonly #jobs = new Map<string, Job>();

  constructor(
    @inject(NodeHost) private readonly platform: NodeHost,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** Those that run and the last that have ended, the oldest first. */
  list(): readonly ModelPull[] {
    return [...this.#jobs.values()].map(({ pull }) => pull);
  }

  /** @throws ModelPullUnknownError */
  get(id: string): ModelPull {
    return this.#job(id).pull;
  }

  /**
   * Begins one.
   * @param models - ids of models that plugins list; none: all but those that are pulled by their id only.
   * @throws ModelPullBusyError; ModelUnknownError - for what no plugin lists, addresses too: those are for the operator's command line.
   */
  async start(models: readonly string[], check: boolean): Promise<ModelPull> {
    for (const { pull } of this.#jobs.values())
      if (pull.state === 'running') throw new ModelPullBusyError({ pull: pull.id });
    const id = randomBytes(6).toString('base64url');
    const pull: ModelPull = { id, state: 'running', startedAt: new Date().toISOString(), results: [] };
    const job: Job = { pull, abort: new AbortController(), ended: Promise.resolve() };
    this.#jobs.set(id, job);
    try {
      const known = (await this.platform.models.list(job.abort.signal)).map((model) => model.id);
      for (const model of models) if (!known.includes(model)) throw new ModelUnknownError({ model }, known);
    } catch (error) {
      this.#jobs.delete(id);
      throw error;
    }
    this.#forgetOldest();
    job.ended = this.#run(job, models, check);
    this.logger.info(`Models are being fetched (pull "${id}").`, { pull: id });
    return job.pull;
  }

  /** Gives one up; settles when it has ended. What has come is kept. @throws ModelPullUnknownError */
  async cancel(id: string): Promise<void> {
    const job = this.#job(id);
    job.abort.abort();
    await job.ended;
  }

  /** Gives all up. */
  async close(): Promise<void> {
    for (const { abort } of this.#jobs.values()) abort.abort();
    await Promise.all([...this.#jobs.values()].map(async ({ ended }) => await ended));
  }

  async #run(job: Job, models: readonly string[], check: boolean): Promise<void> {
    const change = (to: Partial<ModelPull>): void => void (job.pull = { ...job.pull, ...to });
    try {
      const results: readonly PulledModel[] = await this.platform.models.pull(models, {
        check,
        signal: job.abort.signal,
        onStart: ({ id, bytes }) => change({ now: { model: id, bytes: 0, ...(bytes && { totalBytes: bytes }) } }),
        onProgress: ({ id }, progress) => change({ now: { model: id, ...progress } }),
        onResult: (result) => change({ results: [...job.pull.results, result], now: undefined }),
      });
      const failed = results.filter(({ outcome }) => outcome === 'failed').length;
      change({ state: failed === 0 ? 'done' : 'failed', now: undefined });
      this.logger.log(failed === 0 ? 'info' : 'warn', `Pull "${job.pull.id}" of models has ended: ${failed} failed.`, {
        pull: job.pull.id,
      });
    } catch (error) {
      const isCancelled = error instanceof AbortedError || job.abort.signal.aborted;
      const told = { code: errorCode(error), message: errorMessage(error) };
      change(isCancelled ? { state: 'cancelled', now: undefined } : { state: 'failed', error: told, now: undefined });
      this.logger.info(`Pull "${job.pull.id}" of models has ended: ${told.message}`, { pull: job.pull.id });
    }
  }

  #job(id: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined) throw new ModelPullUnknownError({ pull: id });
    return job;
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs].filter(([, { pull }]) => pull.state !== 'running');
    for (const [id] of ended.slice(0, Math.max(0, ended.length - KEPT))) this.#jobs.delete(id);
  }
}
