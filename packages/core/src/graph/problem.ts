/** What is wrong with a document, or worth knowing about it. */
export interface Problem {
  /** Stable, for example `GRAPH_UNKNOWN_NODE_TYPE`. */
  readonly code: string;
  /** A document with an error does not run; one with warnings does. */
  readonly severity: 'error' | 'warning';
  /** JSON pointer (RFC 6901) to the place in the document. */
  readonly pointer: string;
  /** What happened, the value met, what is allowed. */
  readonly message: string;
  /** What to do about it, where that is known. */
  readonly mend?: string;
  readonly node?: string;
  /** The wire as written: "node.port > node.port". */
  readonly wire?: string;
}
