import { KinegraphError } from '@kinegraph/core';

/** A deployed graph is not started, since starting it seems to be what ends the server. */
export class DeploymentHeldError extends KinegraphError {
  override readonly name = 'DeploymentHeldError';
  readonly code = 'SERVER_DEPLOYMENT_HELD';
  constructor(override readonly data: { graph: string; starts: number }) {
    super(
      `The graph "${data.graph}" is not started: the last ${data.starts} starts of the server ended while it was starting. See the log of those, mend the graph, and deploy it again.`,
    );
  }
}

/** A run that was started otherwise has the id that a deployed graph would have. */
export class DeploymentClashError extends KinegraphError {
  override readonly name = 'DeploymentClashError';
  readonly code = 'SERVER_DEPLOYMENT_CLASH';
  constructor(override readonly data: { graph: string }) {
    super(
      `The graph "${data.graph}" cannot run: a run "${data.graph}" that was not deployed has its place. Stop that run, or start the server without it.`,
    );
  }
}
