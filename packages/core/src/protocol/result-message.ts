import type { MissedMessage, PingMessage, PongMessage, ErrorMessage } from './control-messages.js';
import type { LayoutMessage } from './float-layout.js';

/** What sinks of a run got for one frame: one message for all that got it in the same turn. */
export interface ResultMessage {
  readonly type: 'result';
  /** The source node that the frame comes from. */
  readonly source: string;
  /** The sender's own count. */
  readonly sequence: number;
  /** The frame's place in its stream, in milliseconds; with `source` it names the frame within the run. */
  readonly timestampMs: number;
  /** The sender's clock at capture, in milliseconds. */
  readonly capturedAtMs: number;
  /** From capture to the sinks, in milliseconds. */
  readonly ageMs: number;
  /** Milliseconds that each node worked on the frame, by node name; those that were not timed are left out. */
  readonly stages: Readonly<Record<string, number>>;
  /** Frames of the source that were dropped on the way since the result before. */
  readonly dropped: number;
  /** What each sink got, by its name in the graph. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** What the results socket sends as text, or as MessagePack; `layout` only beside kinegraph.float32. */
export type ResultsServerMessage =
  | ResultMessage
  | LayoutMessage
  | MissedMessage
  | PingMessage
  | PongMessage
  | ErrorMessage;

/** Subprotocols of the results socket; the first is that of clients that ask for none. */
export const RESULT_SUBPROTOCOLS = ['kinegraph.json', 'kinegraph.msgpack', 'kinegraph.float32'] as const;
export type ResultSubprotocol = (typeof RESULT_SUBPROTOCOLS)[number];
