import { KinegraphError } from '@kinegraph/core';

/** There is no picture of a node now. */
export class PictureNoneError extends KinegraphError {
  override readonly name = 'PictureNoneError';
  readonly code = 'SERVER_PICTURE_NONE';
  constructor(override readonly data: { run: string; node: string }) {
    super(
      `There is no picture of "${data.node}" in run "${data.run}" now: its source is not connected, or nothing has come yet.`,
    );
  }
}

/** The run has no such node. */
export class NodeUnknownInRunError extends KinegraphError {
  override readonly name = 'NodeUnknownInRunError';
  readonly code = 'SERVER_NODE_UNKNOWN';
  constructor(override readonly data: { run: string; node: string; nodes: readonly string[] }) {
    super(`Run "${data.run}" has no node "${data.node}". Its nodes: ${data.nodes.join(', ')}.`);
  }
}
