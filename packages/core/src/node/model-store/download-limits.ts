/** How long and how far a download may go. */
export interface DownloadLimits {
  /** Longest time until a server has answered: connection, TLS and the first line. */
  readonly answerMs: number;
  /** Longest time without a byte. */
  readonly stallMs: number;
  /** Longest time in all, with every try and every wait between them. */
  readonly totalMs: number;
  readonly redirects: number;
  /** How often a passing fault is tried again, counted anew whenever a try brought more of the file. */
  readonly retries: number;
  /** Wait before the first retry; doubles with each. */
  readonly firstBackoffMs: number;
  /** The longest wait, whether by doubling or because the server asks for it. */
  readonly longestBackoffMs: number;
}

/** Half an hour in all, 30 s without a byte, five tries in a row that bring nothing. */
export const DEFAULT_DOWNLOAD_LIMITS: DownloadLimits = {
  answerMs: 30_000,
  stallMs: 30_000,
  totalMs: 30 * 60_000,
  redirects: 5,
  retries: 4,
  firstBackoffMs: 500,
  longestBackoffMs: 60_000,
};
