import { KinegraphError, hasErrors } from '@kinegraph/core';
import type { Problem } from '@kinegraph/core';

/** A graph that cannot run here, with all that is wrong about it. */
export class GraphRefusedError extends KinegraphError {
  override readonly name = 'GraphRefusedError';
  readonly code = 'SERVER_GRAPH_REFUSED';
  constructor(override readonly data: { problems: readonly Problem[] }) {
    const errors = data.problems.filter((problem) => hasErrors([problem]));
    const [first] = errors;
    const more = errors.length > 1 ? ` (the first of ${errors.length} faults)` : '';
    const sentence = (first?.message ?? 'it is at fault').replace(/\.$/, '');
    super(`The graph cannot run: ${sentence}${more}. Mend what "problems" lists.`);
  }
}

/** There is no run of this id. */
export class RunUnknownError extends KinegraphError {
  override readonly name = 'RunUnknownError';
  readonly code = 'SERVER_RUN_UNKNOWN';
  constructor(override readonly data: { run: string }) {
    super(`There is no run "${data.run}". GET /api/v1/runs lists those there are.`);
  }
}

/** A run of this id is there already. */
export class RunExistsError extends KinegraphError {
  override readonly name = 'RunExistsError';
  readonly code = 'SERVER_RUN_EXISTS';
  constructor(override readonly data: { run: string }) {
    super(`There is a run "${data.run}" already. Choose another id, or stop that run first.`);
  }
}

/** The server runs as many graphs as it may. */
export class TooManyRunsError extends KinegraphError {
  override readonly name = 'TooManyRunsError';
  readonly code = 'SERVER_TOO_MANY_RUNS';
  constructor(override readonly data: { most: number }) {
    super(`The server runs ${data.most} graphs already, which is the most it may ("limits.runs"). Stop one first.`);
  }
}

/** A graph has more nodes than this server takes. */
export class TooManyNodesError extends KinegraphError {
  override readonly name = 'TooManyNodesError';
  readonly code = 'SERVER_TOO_MANY_NODES';
  constructor(override readonly data: { nodes: number; most: number }) {
    super(
      `The graph has ${data.nodes} nodes; this server takes up to ${data.most} ("limits.nodesPerGraph"). Split the graph.`,
    );
  }
}

/** The server is about to end. */
export class ServerStoppingError extends KinegraphError {
  override readonly name = 'ServerStoppingError';
  readonly code = 'SERVER_STOPPING';
  constructor() {
    super('The server is stopping and starts nothing new. Try again when it is up again.');
  }
}
