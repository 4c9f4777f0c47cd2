import {
  AbortedError,
  KinegraphError,
  deferred,
  errorMessage,
  fromErrorRecord,
  withTimeLimit,
} from '../../base/index.js';
import type { Clock, Deferred, Logger } from '../../base/index.js';
import { cloneValue } from '../../kinds/index.js';
import type { NodeMetrics, ProcessInfo } from '../../kinds/index.js';
import type { NodeInstance } from '../instances/node-instance.js';
import { FrameExchange } from './frame-exchange.js';
import type { WorkerHandle, WorkerNodeSpec, WorkerReport, WorkerRequest } from './protocol.js';

/** Starts workers; each platform binds its own. */
export interface WorkerLauncher {
  /** Starts a worker that will run this node. Must not wait for it. */
  launch(spec: WorkerNodeSpec): WorkerHandle;
}

/** A worker went away while something was asked of it. */
export class WorkerGoneError extends KinegraphError {
  override readonly name = 'WorkerGoneError';
  readonly code = 'RUN_WORKER_GONE';
  constructor(
    override readonly data: { node: string },
    options?: ErrorOptions,
  ) {
    super(`The worker of node "${data.node}" has ended by itself, so its packet is lost.`, options);
  }
}

/** What a node was to be called with cannot travel to its worker; costs the packet. */
export class InputNotPostableError extends KinegraphError {
  override readonly name = 'InputNotPostableError';
  readonly code = 'RUN_INPUT_NOT_POSTABLE';
  constructor(override readonly data: { node: string; reason: string }) {
    super(
      `What came for node "${data.node}" cannot travel to its worker: ${data.reason}. Send it plain objects, arrays, typed arrays, ` +
        `frames and windows only, or set "runsIn" to "main" in the plugin's manifest.`,
    );
  }
}

/** How long a worker may take to close its node and to leave by itself. Stays below the run's limit for releasing. */
const LEAVE_LIMIT_MS = 3_000;
/** How long a call may go on after the run has stopped waiting for it. A worker that hangs would keep the process alive. */
const HANG_LIMIT_MS = 2_000;

type CallRequest = Extract<WorkerRequest, { call: number }>;
type WithoutCall<Request> = Request extends unknown ? Omit<Request, 'call'> : never;

/** A node that lives in a worker, seen from the main thread. Each instance has a worker of its own. */
export class WorkerInstance implements NodeInstance {
  readonly #calls = new Map<number, Deferred<unknown>>();
  readonly #exchange: FrameExchange;
  #worker: WorkerHandle | undefined;
  #gone: Error | undefined;
  #nextCall = 1;

  constructor(
    private readonly launcher: WorkerLauncher,
    private readonly spec: WorkerNodeSpec,
    private readonly services: { readonly logger: Logger; readonly metrics: NodeMetrics; readonly clock: Clock },
  ) {
    this.#exchange = new FrameExchange((loans) => this.#worker?.post({ kind: 'give-back', loans }));
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
    await this.#call({ kind: 'open' });
  }

  async invoke(value: unknown, info: ProcessInfo): Promise<unknown> {
    if (this.#gone !== undefined) throw this.#goneError();
    const lent = this.#exchange.pack(cloneInputs(value)); // the caller keeps its frames; the worker gets owners of its own
    const request = { kind: 'invoke', value: lent.value, timestampMs: info.timestampMs, trace: info.trace } as const;
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

  /** Asks the node to close and the worker to leave; a worker that does not is ended. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    const leaving = this.#gone === undefined ? this.#call({ kind: 'close' }) : Promise.resolve();
    leaving.catch(() => {}); // told below; the worker leaves all the same
    try {
      const what = `The worker of node "${this.spec.identity.name}" to leave`;
      await withTimeLimit(this.services.clock, LEAVE_LIMIT_MS, what, worker.exited);
    } catch {
      this.services.logger.warn('A worker did not leave by itself and was ended.');
      await worker.terminate();
    }
    this.#exchange.close();
    await leaving;
  }

  /** Tells the node; calls that go on regardless are ended with their worker. */
  #abort(worker: WorkerHandle): void {
    worker.post({ kind: 'abort' });
    const timer = this.services.clock.schedule(HANG_LIMIT_MS, () => {
      if (this.#calls.size === 0) return;
      this.services.logger.warn('A call into a worker went on although the run had stopped, so the worker was ended.');
      void worker.terminate();
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
    return answer.promise;
  }

  #onReport(report: WorkerReport): void {
    switch (report.kind) {
      case 'answer':
        this.#answer(report);
        break;
      case 'fault':
        this.#exchange.takeBack(report.loans);
        this.#settle(report.call)?.reject(fromErrorRecord(report.error));
        break;
      case 'give-back':
        this.#exchange.takeBack(report.loans);
        break;
      case 'log':
        this.services.logger.log(report.level, report.message, report.fields);
        break;
      case 'drop':
        this.services.metrics.drop(report.cause, report.count);
        break;
      case 'ready':
        break;
    }
  }

  #answer({ call, value, loans }: Extract<WorkerReport, { kind: 'answer' }>): void {
    const unpacked = this.#exchange.unpack(value);
    this.#exchange.takeBack(loans);
    this.#settle(call)?.resolve(unpacked);
  }

  #settle(call: number): Deferred<unknown> | undefined {
    const answer = this.#calls.get(call);
    this.#calls.delete(call);
    return answer;
  }

  #onExit(cause: Error | undefined): void {
    this.#gone = cause ?? new Error('The worker has left.');
    this.#exchange.close();
    for (const call of [...this.#calls.keys()]) this.#settle(call)?.reject(this.#goneError());
  }

  #goneError(): WorkerGoneError {
    return new WorkerGoneError(
      { node: this.spec.identity.name },
      this.#gone === undefined ? undefined : { cause: this.#gone },
    );
  }
}

/** Second owners of a value, or of each value in an object by port name. */
function cloneInputs(value: unknown): unknown {
  const clone = cloneValue(value);
  if (
    clone !== value ||
    typeof value !== 'object' ||
    value === null ||
    Object.getPrototypeOf(value) !== Object.prototype
  )
    return clone;
  return Object.fromEntries(Object.entries(value).map(([port, item]) => [port, cloneValue(item)]));
}
