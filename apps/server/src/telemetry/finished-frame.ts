/** What one node did with a frame. Times are the run's, in milliseconds. */
export interface NodeWork {
  readonly node: string;
  readonly type: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Why it failed, where it did. */
  readonly error?: string;
}

/** What became of one frame, from the moment it was captured to the last thing that was seen of it. */
export interface FinishedFrame {
  readonly run: string;
  readonly source: string;
  readonly sequence: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly work: readonly NodeWork[];
  /** Where it was let go, and why. */
  readonly drops: readonly { readonly node: string; readonly cause: string; readonly atMs: number }[];
}
