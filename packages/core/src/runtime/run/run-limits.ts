/** Time limits of a run, in milliseconds. */
export interface RunLimits {
  /** For the nodes to be made, then for each to open (models may have to be built first), and for each restart of a worker. */
  readonly openMs: number;
  /** For packets under way to reach their sinks after the sources have stopped. */
  readonly drainMs: number;
  /** For a node to take over another configuration: packets under way in it, and opening it again where that is needed. */
  readonly changeMs: number;
  readonly stopSourceMs: number;
  readonly flushMs: number;
  readonly releaseMs: number;
  /** For a node in a worker to answer one packet, or to take over a configuration between two; then its worker is replaced. */
  readonly watchdogMs: number;
}
export const DEFAULT_RUN_LIMITS: RunLimits = {
  openMs: 60_000,
  drainMs: 5_000,
  changeMs: 60_000,
  stopSourceMs: 3_000,
  flushMs: 5_000,
  releaseMs: 5_000,
  watchdogMs: 10_000,
};
