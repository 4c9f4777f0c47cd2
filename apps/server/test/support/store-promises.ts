/** A save that somebody was told of. */
export interface Promised {
  readonly id: string;
  readonly revision: number;
  /** Undefined where the graph was deleted. */
  readonly title?: string;
}
