/** How much a problem matters: a document with an error does not run; one with warnings does. */
export type ProblemSeverity = 'error' | 'warning';

/** What is wrong with a document, or worth knowing about it. */
export interface Problem {
  /** Stable, for example `GRAPH_UNKNOWN_NODE_TYPE`; those of graphs are the keys of `GRAPH_PROBLEM_CODES`. */
  readonly code: string;
  readonly severity: ProblemSeverity;
  /** JSON pointer (RFC 6901) to the place in the document. */
  readonly pointer: string;
  /** What happened, the value met, what is allowed. */
  readonly message: string;
  /** What to do about it, where that is known. */
  readonly mend?: string;
  readonly node?: string;
  /** The input of `node` that it is of, where it is of one. */
  readonly port?: string;
  /** The wire as written: "node.port > node.port". */
  readonly wire?: string;
  /** Place in the text, from 1, where the document was read from text and the place is known. */
  readonly line?: number;
  readonly column?: number;
}

/** All codes of problems with a graph, each with its severity. `docs/graph-format.md` explains them in this order. */
export const GRAPH_PROBLEM_CODES = {
  // reading
  GRAPH_TOO_LARGE: 'error',
  GRAPH_NOT_JSON: 'error',
  GRAPH_DUPLICATE_KEY: 'error',
  GRAPH_TOO_DEEP: 'error',
  GRAPH_FORMAT_NEWER: 'error',
  GRAPH_FIELD_MISSING: 'error',
  GRAPH_FIELD_UNKNOWN: 'error',
  GRAPH_FIELD_INVALID: 'error',
  GRAPH_NAME_INVALID: 'error',
  // plugins and node types
  GRAPH_PLUGIN_MISSING: 'error',
  GRAPH_PLUGIN_RANGE_INVALID: 'error',
  GRAPH_PLUGIN_VERSION: 'error',
  GRAPH_UNKNOWN_NODE_TYPE: 'error',
  GRAPH_NODE_TYPE_NEWER: 'error',
  GRAPH_CONCURRENCY_NOT_STATELESS: 'error',
  // configuration
  GRAPH_CONFIG_INVALID: 'error',
  GRAPH_CONFIG_KEY_MISSING: 'error',
  GRAPH_CONFIG_KEY_UNKNOWN: 'error',
  GRAPH_CONFIG_SCHEMA_UNUSABLE: 'error',
  // skeletons
  GRAPH_SKELETON_INVALID: 'error',
  GRAPH_SKELETON_DUPLICATE: 'error',
  GRAPH_SKELETON_UNKNOWN: 'error',
  // wires
  GRAPH_UNKNOWN_NODE: 'error',
  GRAPH_UNKNOWN_PORT: 'error',
  GRAPH_WIRE_DIRECTION: 'error',
  GRAPH_WIRE_DUPLICATE: 'error',
  GRAPH_INPUT_TAKEN: 'error',
  GRAPH_PORT_TYPES_DIFFER: 'error',
  GRAPH_INPUT_UNCONNECTED: 'error',
  GRAPH_CYCLE: 'error',
  // the graph as a whole
  GRAPH_EMPTY: 'error',
  GRAPH_NO_SOURCE: 'error',
  GRAPH_LIVE_SOURCE_UNBUFFERED: 'warning',
  GRAPH_NODE_LEADS_NOWHERE: 'warning',
  GRAPH_LAYOUT_UNKNOWN_NODE: 'warning',
  GRAPH_GROUP_UNKNOWN_NODE: 'warning',
  GRAPH_GROUP_NODE_TAKEN: 'warning',
} as const satisfies Readonly<Record<string, ProblemSeverity>>;
export type GraphProblemCode = keyof typeof GRAPH_PROBLEM_CODES;

/** More problems than this are not told: a document so broken is mended from the top, and lists stay small. */
export const MAX_GRAPH_PROBLEMS = 1_000;

/** What is told of a problem besides its code; what is undefined is left out. */
export interface ProblemFacts {
  readonly pointer: string;
  readonly message: string;
  readonly mend?: string | undefined;
  readonly node?: string | undefined;
  readonly port?: string | undefined;
  readonly wire?: string | undefined;
}

/** A problem with a graph; the code decides its severity. */
export function graphProblem(code: GraphProblemCode, facts: ProblemFacts): Problem {
  const { pointer, message, mend, node, port, wire } = facts;
  return {
    code,
    severity: GRAPH_PROBLEM_CODES[code],
    pointer,
    message,
    ...(mend === undefined ? {} : { mend }),
    ...(node === undefined ? {} : { node }),
    ...(port === undefined ? {} : { port }),
    ...(wire === undefined ? {} : { wire }),
  };
}

/** True where one of the problems keeps the graph from running. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
