/** Texts of a probe, in the reader's language. */
export interface ProbeWords {
  /** Nothing has come yet. */
  readonly nothing: string;
  readonly window: (packets: number, spanMs: number) => string;
}
