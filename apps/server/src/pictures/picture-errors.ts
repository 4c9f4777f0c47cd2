import { KinegraphError, listNames } from '@kinegraph/core';

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

/** The node is there, and gives something else than frames. */
export class NoFramesError extends KinegraphError {
  override readonly name = 'NoFramesError';
  readonly code = 'SERVER_PICTURE_NEVER';
  constructor(override readonly data: { run: string; node: string; nodes: readonly string[] }) {
    const others =
      data.nodes.length === 0 ? 'No node of this run does.' : `Ask for one that does: ${listNames(data.nodes)}.`;
    super(`There is no picture of "${data.node}" in run "${data.run}": it gives no frames. ${others}`);
  }
}

/** An overlay of something that is no sink of the run. */
export class OverlaySinkError extends KinegraphError {
  override readonly name = 'OverlaySinkError';
  readonly code = 'SERVER_OVERLAY_SINK';
  constructor(override readonly data: { run: string; sink: string; sinks: readonly string[] }) {
    super(
      `The overlay names "${data.sink}", which is no sink of run "${data.run}". Ask for "all", or for ${listNames(data.sinks, 'or')}.`,
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
