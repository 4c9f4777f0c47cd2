import { KinegraphError, errorCode, errorMessage } from '../../base/index.js';

/** A node could not open; the run did not start, or goes on with the node as it was. */
export class NodeOpenError extends KinegraphError {
  override readonly name = 'NodeOpenError';
  readonly code = 'RUN_NODE_OPEN';
  override readonly data: { node: string; type: string; causeCode: string };
  /** @param options.running - true where the run goes on with the node as it was. */
  constructor(node: string, type: string, { cause, running = false }: { cause: unknown; running?: boolean }) {
    const what = running ? 'could not open, so the run goes on as it was' : 'could not open';
    super(`Node "${node}" (${type}) ${what}: ${errorMessage(cause)}`, { cause });
    this.data = { node, type, causeCode: errorCode(cause) };
  }
}

/** A node cannot go on; the run ends. */
export class NodeFailedError extends KinegraphError {
  override readonly name = 'NodeFailedError';
  readonly code = 'RUN_NODE_FAILED';
  override readonly data: { node: string; type: string; causeCode: string };
  constructor(node: string, type: string, options: { cause: unknown }) {
    super(`Node "${node}" (${type}) failed: ${errorMessage(options.cause)}`, options);
    this.data = { node, type, causeCode: errorCode(options.cause) };
  }
}

/** The run came to its end, but a node has failed on every packet that it was given. */
export class NothingWorkedError extends KinegraphError {
  override readonly name = 'NothingWorkedError';
  readonly code = 'RUN_NOTHING_WORKED';
  constructor(override readonly data: { node: string; type: string; failed: number; lastMessage: string }) {
    super(
      `Node "${data.node}" (${data.type}) failed on each of its ${data.failed} packets. The last time: ${data.lastMessage}`,
    );
  }
}
