import { KinegraphError } from '../../base/index.js';
import type { Problem } from '../../graph/index.js';

/** A running graph was to be changed that does not run (any more). */
export class RunNotRunningError extends KinegraphError {
  override readonly name = 'RunNotRunningError';
  readonly code = 'RUN_NOT_RUNNING';
  constructor(override readonly data: { runId: string }) {
    super(
      `Run ${data.runId} is not running, so nothing can be changed in it. Change the graph and start a new run of it.`,
    );
  }
}

/** A running graph has no node of this name. */
export class NodeUnknownError extends KinegraphError {
  override readonly name = 'NodeUnknownError';
  readonly code = 'RUN_NODE_UNKNOWN';
  constructor(override readonly data: { node: string; nodes: readonly string[] }) {
    super(`The running graph has no node "${data.node}". It has: ${data.nodes.join(', ')}.`);
  }
}

/** A value does not fit the schema of its node type; the node goes on as it was. */
export class ConfigRefusedError extends KinegraphError {
  override readonly name = 'ConfigRefusedError';
  readonly code = 'RUN_CONFIG_REFUSED';
  constructor(override readonly data: { node: string; key: string; problems: readonly Problem[] }) {
    const [first] = data.problems;
    const reason = [first?.message, first?.mend].filter((part) => part !== undefined).join(' ');
    super(`Node "${data.node}" cannot be given this value for "${data.key}". ${reason}`);
  }
}

/** A source was to be given a configuration that it cannot take over live. */
export class NotRestartableError extends KinegraphError {
  override readonly name = 'NotRestartableError';
  readonly code = 'RUN_NOT_RESTARTABLE';
  constructor(override readonly data: { node: string; type: string; kind: string }) {
    super(
      `Node "${data.node}" (${data.type}) cannot take this over while it runs, and a ${data.kind} cannot restart inside a run. ` +
        `Apply a graph with the other value: the source then begins anew.`,
    );
  }
}
