/** Where a packet stood in its stream, exactly. */
export interface Place {
  /** Monotonic milliseconds of the stream. */
  readonly timestampMs: number;
  /** The sender's clock at capture. */
  readonly capturedAtMs: number;
  /** What to add to `capturedAtMs` to get the run's clock. */
  readonly clockOffsetMs: number;
  /** The sender's count. */
  readonly sequence: number;
  /** The source node's name. */
  readonly source: string;
}
