import { inject, injectable } from 'inversify';
import { Clock, KinegraphError } from '../../base/index.js';
import { CallbackRegistry, NodeIdentity, ageMs } from '../../kinds/index.js';
import type { ProcessInfo, ResultCallback, Sink } from '../../kinds/index.js';

/** A callback sink runs in a program that gave no function for it. */
export class CallbackMissingError extends KinegraphError {
  override readonly name = 'CallbackMissingError';
  readonly code = 'CORE_CALLBACK_MISSING';
  constructor(override readonly data: { node: string }) {
    super(
      `No function was given for the callback sink "${data.node}". Pass it to createRun as callbacks: { "${data.node}": (value) => ... }.`,
    );
  }
}

/** Calls a function of the embedding program with each value. The function's promise is back-pressure. */
@injectable()
export class CallbackSink implements Sink {
  #callback: ResultCallback | undefined;

  constructor(
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(CallbackRegistry) private readonly callbacks: CallbackRegistry,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws CallbackMissingError */
  open(): void {
    this.#callback = this.callbacks.get(this.identity.name);
    if (this.#callback === undefined) throw new CallbackMissingError({ node: this.identity.name });
  }

  write(value: unknown, info: ProcessInfo): void | PromiseLike<void> {
    const { timestampMs, trace } = info;
    return this.#callback?.(value, { timestampMs, ageMs: ageMs(trace, this.clock.nowMs()), sequence: trace.sequence });
  }
}
