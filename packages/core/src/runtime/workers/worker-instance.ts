import {
  AbortedError,
  deferred,
  errorMessage,
  fromErrorRecord,
  toErrorRecord,
  withTimeLimit,
} from '../../base/index.js';
import type { Clock, Deferred, LogLevel, Logger } from '../../base/index.js';
import { cloneValues, closeValue, valuesOf } from '../../kinds/index.js';
import type { NodeMetrics, ProcessInfo } from '../../kinds/index.js';
import { describeValue } from '../checks/value-check.js';
import type { SharedArena } from '../../vision/index.js';
import type { NodeInstance } from '../instances/node-instance.js';
import { BadAnswerError } from '../runners/answers.js';
import type { WorkerTrace } from '../traces/worker-trace.js';
import { FrameExchange } from './frame-exchange.js';
import { isWorkerReport } from './protocol.js';
import type { WorkerHandle, WorkerNodeSpec, WorkerReport, WorkerRequest } from './protocol.js';
import { InputNotPostableError, WorkerGoneError, WorkerHungError } from './worker-errors.js';

/** Starts workers; each platform binds its own. */
export interface WorkerLauncher {
  /** The arena that its workers see too, if any. */
  readonly arena?: SharedArena | undefined;
  /** Starts a worker that will run this node. Must not wait for it. */
  launch(spec: WorkerNodeSpec): WorkerHandle;
}

/** Cause under which answers are counted that no packet waits for: second ones, and messages of a plugin's own. */
export const DROP_STRAY_ANSWER = 'stray-answer';

/** How long a worker may take to close its node and to leave by itself. Stays below the run's limit for releasing. */
const LEAVE_LIMIT_MS = 3_000;
/** How long a call may go on after the run has stopped waiting for it. A worker that hangs would keep the process alive. */
const HANG_LIMIT_MS = 2_000;
/** How long a worker that is to be replaced may take to give up its call and leave by itself. */
const RETIRE_LIMIT_MS = 1_000;

type CallRequest = Extract<WorkerRequest, { call: number }>;
type WithoutCall<Request> = Request extends unknown ? Omit<Request, 'call'> : never;

/** A node that lives in a worker, seen from the main thread. Each instance has a worker of its own. */
export class WorkerInstance implements NodeInstance {
  readonly #calls = new Map<number, Deferred<unknown>>();
  readonly #exchange: FrameExchange;
  #worker: WorkerHandle | undefined;
  #gone: Error | undefined;
  /** Calls that an abandoned worker still has to come back from; the last one is followed by `close`. */
  #owed: Set<number> | undefined;
  #nextCall = 1;
  #isOpening = false;
  /** Told once when the worker has gone, asked or by itself. Set by whoever supervises it. */
  onGone: (cause: Error) => void = () => {};

  constructor(
    private readonly launcher: WorkerLauncher,
    private readonly spec: WorkerNodeSpec,
    private readonly services: {
      readonly logger: Logger;
      readonly metrics: NodeMetrics;
      readonly clock: Clock;
      /** What it is recorded by now; left out where it never is. */
      readonly trace?: () => WorkerTrace | undefined;
    },
  ) {
    this.#exchange = new FrameExchange((loans) => this.#worker?.post({ kind: 'give-back', loans }), launcher.arena);
  }

  async open(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw new AbortedError({ what: `Opening node "${this.spec.identity.name}"` });
    const worker = this.launcher.launch(this.spec);
    this.#worker = worker;
    worker.onMessage = (report) => this.#onReport(report);
    void worker.exited.then((cause) => this.#onExit(cause));
    const onAbort = (): void => this.#abort(worker);
    signal.addEventListener('abort', onAbort, { once: true });
    void worker.exited.then(() => signal.removeEventListener('abort', onAbort));
    this.#isOpening = true;
    try {
      await this.#call({ kind: 'open' });
    } finally {
      this.#isOpening = false;
    }
  }

  async invoke(value: unknown, info: ProcessInfo): Promise<unknown> {
    if (this.#gone !== undefined) throw this.#goneError();
    const lent = this.#exchange.pack(cloneValues(value)); // the caller keeps its frames; the worker gets owners of its own
    const { timestampMs, trace } = info;
    const timed = this.services.trace?.() === undefined ? {} : { timed: true as const };
    const request = { kind: 'invoke', value: lent.value, timestampMs, trace, ...timed } as const;
    let answer: Promise<unknown>;
    try {
      answer = this.#call(request);
    } catch (error) {
      lent.undo();
      throw new InputNotPostableError({ node: this.spec.identity.name, reason: errorMessage(error) });
    }
    return await answer;
  }

  async reconfigure(config: unknown): Promise<boolean> {
    return (await this.#call({ kind: 'reconfigure', config })) === true;
  }

  async flush(): Promise<void> {
    if (this.#worker !== undefined && this.#gone === undefined) await this.#call({ kind: 'flush' });
  }

  /**
   * Asks the node to close and the worker to leave; a worker that does not is ended.
   * @throws WorkerHungError - it is native and hangs: it was left to itself.
   */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    if (this.#owed !== undefined) throw this.#goneError();
    const leaving = this.#gone === undefined ? this.#call({ kind: 'close' }) : Promise.resolve();
    leaving.catch(() => {}); // told below; the worker leaves all the same
    if (!(await this.#leaves(worker, LEAVE_LIMIT_MS))) await this.#end(worker, 'A worker did not leave by itself');
    await leaving;
  }

  /**
   * Gets rid of a worker that failed: it is asked to give up its call, then to leave, and ended where it does neither.
   * Never rejects.
   */
  async retire(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined || this.#gone !== undefined) return;
    worker.post({ kind: 'abort' });
    const underWay = [...this.#calls.values()].map(async ({ promise }) => await promise);
    // Nothing is closed while a call into it is under way.
    const asked = Promise.allSettled(underWay).then(async () => await this.#call({ kind: 'close' }));
    asked.catch(() => {}); // what a node that failed says at its close helps nobody any more
    if (!(await this.#leaves(worker, RETIRE_LIMIT_MS))) await this.#end(worker, 'A worker that failed did not leave');
  }

  /** True when the worker has left within the limit. */
  async #leaves(worker: WorkerHandle, limitMs: number): Promise<boolean> {
    try {
      const what = `The worker of node "${this.spec.identity.name}" to leave`;
      await withTimeLimit(this.services.clock, limitMs, what, worker.exited);
      return true;
    } catch {
      return this.#gone !== undefined; // somebody else has ended it meanwhile
    }
  }

  /** Ends a worker that cannot be asked any more; a native one can only be left to itself. */
  async #end(worker: WorkerHandle, what: string, level: LogLevel = 'warn'): Promise<void> {
    const { logger } = this.services;
    if (!this.spec.isNative) {
      logger.log(level, `${what} and was ended.`);
      await worker.terminate();
      await worker.exited;
      return;
    }
    const hung = new WorkerHungError({ node: this.spec.identity.name });
    logger.error(`${what}. ${hung.message}`, { error: toErrorRecord(hung) });
    this.#owed = new Set(this.#calls.keys());
    worker.abandon();
    this.#gone = hung;
    this.#rejectCalls();
    this.onGone(hung);
  }

  /** Tells the node; calls that go on regardless are ended with their worker. Flushing and closing have limits of their own. */
  #abort(worker: WorkerHandle): void {
    if (this.#gone !== undefined) return;
    worker.post({ kind: 'abort' });
    const underWay = [...this.#calls.keys()];
    const timer = this.services.clock.schedule(HANG_LIMIT_MS, () => {
      if (this.#gone !== undefined || !underWay.some((call) => this.#calls.has(call))) return;
      // Loading a model takes its time and hears of nothing meanwhile: that is no fault of anybody's.
      if (this.#isOpening) void this.#end(worker, 'A worker was still opening when its run was given up', 'info');
      else void this.#end(worker, 'A worker went on with its call after the run had stopped');
    });
    void worker.exited.then(() => timer[Symbol.dispose]());
  }

  #call(request: WithoutCall<CallRequest>): Promise<unknown> {
    if (this.#worker === undefined || this.#gone !== undefined) return Promise.reject(this.#goneError());
    const call = this.#nextCall;
    this.#nextCall += 1;
    const answer = deferred<unknown>();
    this.#worker.post({ ...request, call }); // throws on values that no message can carry
    this.#calls.set(call, answer);
    if (request.kind === 'invoke') this.services.trace?.()?.posted(call, request);
    return answer.promise;
  }

  #onReport(message: unknown): void {
    if (!isWorkerReport(message)) {
      this.#stray(describeValue(message), 'from its worker that is none of the runtime');
      return;
    }
    try {
      this.#take(message);
    } catch (error) {
      this.#stray(describeValue(message), `from its worker that cannot be read (${errorMessage(error)})`);
    }
  }

  /** @throws where the message is not what its kind says; then it has changed nothing for the call that it names. */
  #take(report: WorkerReport): void {
    if ('times' in report && report.times !== undefined) this.services.trace?.()?.answered(report.call, report.times);
    switch (report.kind) {
      case 'answer':
        this.#answer(report);
        break;
      case 'fault': {
        const error = fromErrorRecord(report.error);
        this.#exchange.takeBack(report.loans);
        if (!this.#expects(report.call)) this.#stray('an error', 'to a packet that it had answered before');
        this.#settle(report.call)?.reject(error);
        this.#cameBack(report.call);
        break;
      }
      case 'give-back':
        this.#exchange.takeBack(report.loans);
        break;
      case 'log':
        this.services.logger.log(report.level, report.message, report.fields);
        break;
      case 'drop':
        this.services.metrics.drop(report.cause, report.count);
        break;
      case 'figures':
        for (const [name, by] of report.counted) this.services.metrics.count(name, by);
        for (const [name, value] of report.gauges) this.services.metrics.gauge(name, value);
        break;
      case 'ready':
        break;
    }
  }

  #answer({ call, value, loans }: Extract<WorkerReport, { kind: 'answer' }>): void {
    const unpacked = this.#exchange.unpack(value);
    this.#exchange.takeBack(loans);
    if (!this.#expects(call)) this.#stray(describeValue(unpacked), 'to a packet that it had answered before');
    const asked = this.#settle(call);
    if (asked === undefined) closeAnswer(unpacked);
    else asked.resolve(unpacked);
    this.#cameBack(call);
  }

  /** True while a worker owes that answer, whether or not anybody still waits for it. */
  #expects(call: number): boolean {
    return this.#calls.has(call) || this.#owed?.has(call) === true;
  }

  /** Tells of a message that nobody asked for; the packet it may have been meant for was settled without it. */
  #stray(what: string, where: string): void {
    const mend = `Answer each packet once, by returning; the worker's parentPort belongs to the runtime.`;
    const error = new BadAnswerError({ node: this.spec.identity.name, fault: `${what} ${where}`, mend });
    this.services.metrics.drop(DROP_STRAY_ANSWER);
    this.services.logger.warn(error.message, { error: toErrorRecord(error) });
  }

  /** An abandoned worker that is back from its last call is asked to leave after all. */
  #cameBack(call: number): void {
    if (this.#owed?.delete(call) !== true || this.#owed.size > 0) return;
    this.services.logger.info('A worker that had hung came back and was asked to leave.');
    this.#worker?.post({ kind: 'close', call: this.#nextCall });
  }

  #settle(call: number): Deferred<unknown> | undefined {
    const answer = this.#calls.get(call);
    this.#calls.delete(call);
    return answer;
  }

  #onExit(cause: Error | undefined): void {
    const wasThere = this.#gone === undefined;
    this.#gone ??= cause ?? new Error('The worker has left.');
    this.#exchange.close();
    this.#rejectCalls();
    if (wasThere) this.onGone(this.#goneError());
  }

  #rejectCalls(): void {
    for (const call of [...this.#calls.keys()]) this.#settle(call)?.reject(this.#goneError());
  }

  #goneError(): WorkerGoneError | WorkerHungError {
    if (this.#gone instanceof WorkerHungError) return this.#gone;
    return new WorkerGoneError(
      { node: this.spec.identity.name },
      this.#gone === undefined ? undefined : { cause: this.#gone },
    );
  }
}

/** Gives up an answer that nobody waits for any more. */
export function closeAnswer(answer: unknown): void {
  for (const value of new Set(valuesOf(answer))) closeValue(value);
}
