import { KinegraphError, WriterLogger, errorMessage, toErrorRecord } from '../../base/index.js';
import type { LogFields, Logger } from '../../base/index.js';
import { closeValue, valuesOf } from '../../kinds/index.js';
import type { NodeMetrics, ProcessInfo } from '../../kinds/index.js';
import type { FrameMemory, SharedArena } from '../../vision/index.js';
import type { NodeInstance } from '../instances/node-instance.js';
import { sharedNowMs } from '../traces/worker-trace.js';
import type { WorkerTimes } from '../traces/worker-trace.js';
import { FrameExchange } from './frame-exchange.js';
import type { Packed } from './frame-exchange.js';
import { OwnFiguresPost } from './own-figures-post.js';
import type { MessageEndpoint, WorkerReport, WorkerRequest } from './protocol.js';

/** What the platform's worker entry gives to the host: how to make the instance, and how to leave. */
export interface WorkerNodeEnvironment {
  /** The arena of the main thread, where there is one. */
  readonly arena?: SharedArena | undefined;
  /** In development: makes the owners of frames known that the main thread lends. */
  trackFrame?(memory: FrameMemory): FrameMemory;
  /** Builds the node in the worker's own container. May fail: the error is the answer to `open`. */
  createInstance(services: { readonly logger: Logger; readonly metrics: NodeMetrics }): Promise<NodeInstance>;
  /** Releases the container and whatever else the worker holds, then lets the worker end. */
  leave(): Promise<void>;
}

/** A node in a worker answered something that cannot travel to the main thread. */
export class AnswerNotPostableError extends KinegraphError {
  override readonly name = 'AnswerNotPostableError';
  readonly code = 'RUN_ANSWER_NOT_POSTABLE';
  constructor(override readonly data: { reason: string }) {
    super(
      `The node's answer cannot leave its worker: ${data.reason}. Answer plain objects, arrays, typed arrays and frames only.`,
    );
  }
}

type Outcome = { readonly answer: Packed } | { readonly error: unknown };

/** The worker's side: owns one node instance and answers what the main thread asks of it. */
export class WorkerNodeHost {
  readonly #exchange: FrameExchange;
  readonly #abort = new AbortController();
  readonly #figures = new OwnFiguresPost((news) => this.endpoint.post({ kind: 'figures', ...news }));
  #instance: NodeInstance | undefined;

  constructor(
    private readonly endpoint: MessageEndpoint<WorkerReport, WorkerRequest>,
    private readonly environment: WorkerNodeEnvironment,
  ) {
    this.#exchange = new FrameExchange(
      (loans) => endpoint.post({ kind: 'give-back', loans }),
      environment.arena,
      environment.trackFrame?.bind(environment),
    );
    endpoint.onMessage = (request) => void this.#onRequest(request);
    endpoint.post({ kind: 'ready' });
  }

  async #onRequest(request: WorkerRequest): Promise<void> {
    if (request.kind === 'abort') {
      this.#abort.abort();
      return;
    }
    if (request.kind === 'give-back') {
      this.#exchange.takeBack(request.loans);
      return;
    }
    const { call } = request;
    this.#exchange.collect();
    const beginMs = request.kind === 'invoke' && request.timed === true ? sharedNowMs() : undefined;
    let outcome: Outcome;
    try {
      outcome = { answer: this.#exchange.pack(await this.#perform(request)) };
    } catch (error) {
      outcome = { error };
    }
    const times = beginMs === undefined ? undefined : { beginMs, endMs: sharedNowMs() };
    this.#report(call, outcome, this.#exchange.collected(), times);
    if (request.kind === 'close') {
      this.#exchange.close();
      await this.environment.leave();
    }
  }

  #report(call: number, outcome: Outcome, loans: readonly number[], times: WorkerTimes | undefined): void {
    const timing = times === undefined ? {} : { times };
    if ('error' in outcome) {
      this.endpoint.post({ kind: 'fault', call, error: toErrorRecord(outcome.error), loans, ...timing });
      return;
    }
    try {
      this.endpoint.post({ kind: 'answer', call, value: outcome.answer.value, loans, ...timing });
    } catch (error) {
      // Structured cloning refuses functions, class instances with private state and the like.
      outcome.answer.undo();
      this.endpoint.post({
        kind: 'fault',
        call,
        error: toErrorRecord(new AnswerNotPostableError({ reason: errorMessage(error) })),
        loans,
        ...timing,
      });
    }
  }

  async #perform(request: Extract<WorkerRequest, { call: number }>): Promise<unknown> {
    switch (request.kind) {
      case 'open': {
        this.#instance = await this.environment.createInstance(this.#services());
        await this.#instance.open(this.#abort.signal);
        return undefined;
      }
      case 'invoke':
        return await this.#invoke(request.value, {
          timestampMs: request.timestampMs,
          trace: request.trace,
          signal: this.#abort.signal,
        });
      case 'reconfigure':
        return await this.#instance?.reconfigure(request.config);
      case 'flush':
        await this.#instance?.flush();
        this.#figures.flush();
        return undefined;
      case 'close':
        try {
          await this.#instance?.close();
        } finally {
          this.#figures.flush();
        }
        return undefined;
    }
  }

  async #invoke(packed: unknown, info: ProcessInfo): Promise<unknown> {
    const value = this.#exchange.unpack(packed);
    let answer: unknown;
    try {
      answer = await this.#instance?.invoke(value, info);
      return answer;
    } finally {
      if (answer !== value) closeInputs(value, answer);
    }
  }

  #services(): { logger: Logger; metrics: NodeMetrics } {
    return {
      logger: new WriterLogger((level, message, fields) =>
        this.endpoint.post({ kind: 'log', level, message, fields: toPostable(fields) }),
      ),
      metrics: {
        drop: (cause, count = 1) => this.endpoint.post({ kind: 'drop', cause, count }),
        count: (name, by) => this.#figures.count(name, by),
        gauge: (name, value) => this.#figures.gauge(name, value),
      },
    };
  }
}

/** Closes what a node was called with, but for what went on as (part of) the answer. */
function closeInputs(value: unknown, answer: unknown): void {
  const passedOn = new Set<unknown>(typeof answer === 'object' && answer !== null ? Object.values(answer) : []);
  for (const item of valuesOf(value)) if (item !== answer && !passedOn.has(item)) closeValue(item);
}

/** Log fields must survive posting; what a message cannot carry is told as text. */
function toPostable(fields: LogFields): LogFields {
  try {
    return structuredClone(fields);
  } catch {
    return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, toPostableField(value)]));
  }
}

function toPostableField(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return errorMessage(value);
  }
}
