import { errorMessage, sleep, toErrorRecord, withTimeLimit } from '../../base/index.js';
import type { Awaitable, Clock, Logger } from '../../base/index.js';
import type { NodeMetrics, ProcessInfo } from '../../kinds/index.js';
import type { NodeInstance } from '../instances/node-instance.js';
import { MAX_RESTARTS, RestartPolicy } from './restart-policy.js';
import { QuarantineError, WatchdogError } from './worker-errors.js';
import { closeAnswer } from './worker-instance.js';
import type { WorkerInstance } from './worker-instance.js';

/** Cause under which packets are counted that came while the worker was down. */
export const DROP_WORKER_DOWN = 'worker-down';

/** How a supervised worker is doing; `closed` is the last that is told of it. */
export type WorkerHealth = 'open' | 'restarting' | 'quarantined' | 'closed';

export interface SupervisedInstanceOptions {
  /** The node's name. */
  readonly node: string;
  /** The configuration to begin with. */
  readonly config: unknown;
  /** A worker of this configuration, not yet open. */
  create(config: unknown): WorkerInstance;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: NodeMetrics;
  /** For one packet, or for taking over a configuration between two of them, in milliseconds. */
  readonly watchdogMs: number;
  /** For opening again, in milliseconds. */
  readonly openMs: number;
  /** Told on every change, with what took the worker down. */
  onHealth(health: WorkerHealth, reason?: unknown): void;
}

/**
 * A node in a worker that may fail. A worker that goes away or does not answer in time costs the packet it had and is
 * started again after a growing delay, five times in a minute or without an answer between; then it is quarantined. While it is down every packet is
 * answered with nothing at once, so that the rest of the graph keeps its rate. A worker that fails to open the first
 * time is not started again: the run then does not start either.
 */
export class SupervisedInstance implements NodeInstance {
  readonly #policy = new RestartPolicy();
  readonly #giveUp = new AbortController();
  readonly #onAbort = (): void => this.#giveUp.abort();
  #runSignal: AbortSignal | undefined;
  #config: unknown;
  #worker: WorkerInstance;
  #state: WorkerHealth | 'created' = 'created';
  /** True while a restarted worker opens with the configuration it was given. */
  #isOpening = false;
  /** The worker that went down last, on its way out. Never rejects. */
  #leaving: Promise<void> = Promise.resolve();
  #recovery: Promise<void> = Promise.resolve();
  onUp: () => void = () => {};

  constructor(private readonly options: SupervisedInstanceOptions) {
    this.#config = options.config;
    this.#worker = this.#create();
  }

  get isDown(): boolean {
    return this.#state === 'restarting' || this.#state === 'quarantined';
  }

  async open(signal: AbortSignal): Promise<void> {
    this.#runSignal = signal;
    signal.addEventListener('abort', this.#onAbort, { once: true });
    if (signal.aborted) this.#giveUp.abort();
    await this.#worker.open(this.#giveUp.signal);
    if (this.#state === 'created') this.#state = 'open';
  }

  invoke(value: unknown, info: ProcessInfo): Awaitable<unknown> {
    const worker = this.#worker;
    if (!this.isDown) return this.#watch(worker, worker.invoke(value, info), 'packet', () => this.#policy.answered());
    this.options.metrics.drop(DROP_WORKER_DOWN, 1, info.trace);
    return undefined;
  }

  async reconfigure(config: unknown): Promise<boolean> {
    if (this.#state === 'quarantined' || this.#isOpening) return false; // a restart of the node brings it in
    const worker = this.#worker;
    const isTaken =
      this.#state === 'restarting' || (await this.#watch(worker, worker.reconfigure(config), 'reconfigure'));
    if (isTaken) this.#config = config;
    return isTaken;
  }

  async flush(): Promise<void> {
    if (!this.isDown) await this.#worker.flush();
  }

  async close(): Promise<void> {
    this.#runSignal?.removeEventListener('abort', this.#onAbort);
    if (this.isDown) this.#giveUp.abort();
    this.#state = 'closed';
    this.options.onHealth('closed');
    await this.#recovery;
    await this.#leaving;
    await this.#worker.close();
  }

  /** A worker that does not answer `call` in time is replaced, and what it answers later is closed. */
  #watch<Answer>(
    worker: WorkerInstance,
    call: Promise<Answer>,
    during: WatchdogError['data']['during'],
    answered: () => void = () => {},
  ): Promise<Answer> {
    const { clock, node, watchdogMs } = this.options;
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = clock.schedule(watchdogMs, () => {
        isLate = true;
        const error = new WatchdogError({ node, limitMs: watchdogMs, during });
        this.#wentDown(worker, error, () => worker.retire());
        reject(error);
      });
      call.then(
        (answer) => {
          timer[Symbol.dispose]();
          if (isLate) {
            closeAnswer(answer);
            return;
          }
          answered();
          resolve(answer);
        },
        (error: unknown) => {
          timer[Symbol.dispose]();
          reject(error);
        },
      );
    });
  }

  #create(): WorkerInstance {
    const worker = this.options.create(this.#config);
    worker.onGone = (cause) => this.#wentDown(worker, cause);
    return worker;
  }

  #wentDown(worker: WorkerInstance, reason: unknown, retire: () => Promise<void> = () => Promise.resolve()): void {
    if (worker !== this.#worker || this.#state !== 'open') return; // replaced already, still opening, or on its way out
    this.#leaving = retire();
    if (!this.#giveUp.signal.aborted) this.#recovery = this.#bringBack(reason);
  }

  /** Starts workers until one is open. Never rejects. */
  async #bringBack(firstReason: unknown): Promise<void> {
    const { clock, logger, node, openMs } = this.options;
    for (let reason = firstReason; ;) {
      const delayMs = this.#policy.next(clock.nowMs());
      if (delayMs === undefined) {
        this.#turn('quarantined', QuarantineError.after(node, MAX_RESTARTS, reason));
        return;
      }
      this.#turn('restarting', reason);
      try {
        await Promise.all([sleep(clock, delayMs, this.#giveUp.signal), this.#leaving]);
      } catch {
        return; // the run stops
      }
      const worker = this.#create();
      this.#worker = worker;
      this.#isOpening = true;
      try {
        await withTimeLimit(clock, openMs, `Opening node "${node}" again`, worker.open(this.#giveUp.signal));
        if (this.#giveUp.signal.aborted) return;
        this.#turn('open');
        logger.info('The worker was started anew and is open.');
        this.onUp();
        return;
      } catch (error) {
        reason = error;
        this.#leaving = worker.retire();
        if (this.#giveUp.signal.aborted) return;
      } finally {
        this.#isOpening = false;
      }
    }
  }

  #turn(state: WorkerHealth, reason?: unknown): void {
    this.#state = state;
    const { logger } = this.options;
    if (state === 'restarting')
      logger.warn(`The worker is down: ${errorMessage(reason)}`, { error: toErrorRecord(reason) });
    if (state === 'quarantined') logger.error(errorMessage(reason), { error: toErrorRecord(reason) });
    this.options.onHealth(state, reason);
  }
}
