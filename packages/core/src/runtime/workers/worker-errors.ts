import { KinegraphError, errorMessage } from '../../base/index.js';

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

/** A node in a worker did not answer in time; costs the packet or the change of its configuration, and the worker is replaced. */
export class WatchdogError extends KinegraphError {
  override readonly name = 'WatchdogError';
  readonly code = 'RUN_WATCHDOG';
  constructor(override readonly data: { node: string; limitMs: number; during: 'packet' | 'reconfigure' }) {
    const [what, consequence] =
      data.during === 'packet'
        ? ['answered a packet', 'the packet is lost']
        : ['taken over another configuration', 'it keeps the one that it had'];
    super(
      `Node "${data.node}" has not ${what} within ${data.limitMs} ms, so ${consequence} and its worker is started anew. ` +
        `If the node needs longer, raise the run's limit "watchdogMs".`,
    );
  }
}

/** A native worker hangs in a call, and nothing can end it without ending the whole process. */
export class WorkerHungError extends KinegraphError {
  override readonly name = 'WorkerHungError';
  readonly code = 'RUN_WORKER_HUNG';
  constructor(override readonly data: { node: string }) {
    super(
      `The worker of node "${data.node}" hangs in native code and was left to itself, since ending it there would abort ` +
        `the whole process. Its thread and the frames that it was lent are free only once it comes back; restart the program if it does not.`,
    );
  }
}

/** The worker of a node went down too often; it is not started again in this run. */
export class QuarantineError extends KinegraphError {
  override readonly name = 'QuarantineError';
  readonly code = 'RUN_QUARANTINED';
  constructor(
    override readonly data: { node: string; restarts: number; lastMessage: string },
    options: { cause: unknown },
  ) {
    super(
      `Node "${data.node}" is quarantined: its worker went down again after ${data.restarts} restarts within a minute or without an answer ` +
        `between them, and its packets now pass as skips. Mend the cause, then restart the node. The last time: ${data.lastMessage}`,
      options,
    );
  }

  static after(node: string, restarts: number, cause: unknown): QuarantineError {
    return new QuarantineError({ node, restarts, lastMessage: errorMessage(cause) }, { cause });
  }
}
