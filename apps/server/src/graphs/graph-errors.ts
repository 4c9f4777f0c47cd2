import { KinegraphError, hasErrors } from '@kinegraph/core';
import type { Problem } from '@kinegraph/core';
import { authorText } from '../store/author.js';
import type { Author } from '../store/author.js';

/** What cannot be the id of a graph. */
export class GraphIdError extends KinegraphError {
  override readonly name = 'GraphIdError';
  readonly code = 'SERVER_GRAPH_ID';
  constructor(override readonly data: { id: string; reason: string }) {
    const shown = data.id.length > 80 ? `${data.id.slice(0, 77)}...` : data.id;
    super(
      `${JSON.stringify(shown)} cannot be the id of a graph: ${data.reason}. Choose one such as "kitchen" or "line-2".`,
    );
  }
}

/** There is no graph of this id. */
export class GraphUnknownError extends KinegraphError {
  override readonly name = 'GraphUnknownError';
  readonly code = 'SERVER_GRAPH_UNKNOWN';
  /** @param data - `deleted`: the revision it was deleted at, where it was there once. */
  constructor(override readonly data: { graph: string; deleted?: number }) {
    super(
      data.deleted === undefined
        ? `There is no graph "${data.graph}". GET /api/v1/graphs lists those there are.`
        : `The graph "${data.graph}" was deleted (revision ${data.deleted}). Its history is kept: restore one of its revisions.`,
    );
  }
}

/** The graph has no such revision, or that has no text. */
export class RevisionUnknownError extends KinegraphError {
  override readonly name = 'RevisionUnknownError';
  readonly code = 'SERVER_REVISION_UNKNOWN';
  constructor(override readonly data: { graph: string; revision: number; reason: 'none' | 'deleted' }) {
    super(
      data.reason === 'none'
        ? `The graph "${data.graph}" has no revision ${data.revision}, or no longer. Its history lists those there are.`
        : `The graph "${data.graph}" was deleted at revision ${data.revision}, so there is no document of it. Take an earlier one.`,
    );
  }
}

/** Somebody else has changed the graph since the writer read it. */
export class GraphConflictError extends KinegraphError {
  override readonly name = 'GraphConflictError';
  readonly code = 'SERVER_GRAPH_CONFLICT';
  /** @param data - `revision`: the newest, 0 for none; `isDeleted`: it is there no longer. */
  constructor(
    override readonly data: {
      graph: string;
      sent: number;
      revision: number;
      isDeleted: boolean;
      savedAt?: string;
      savedBy?: Author;
    },
  ) {
    super(conflictSentence(data));
  }
}

function conflictSentence({ graph, sent, revision, isDeleted, savedAt, savedBy }: GraphConflictError['data']): string {
  if (revision === 0)
    return `There is no graph "${graph}" yet, so it is not at revision ${sent}. Send revision 0 to make it.`;
  const who = savedBy === undefined ? '' : ` by ${authorText(savedBy)}`;
  const when = savedAt === undefined ? '' : ` at ${savedAt}`;
  if (isDeleted)
    return `The graph "${graph}" was deleted${who}${when} (revision ${revision}), after the revision ${sent} that was sent. Send revision 0 to make it anew.`;
  const was = sent === 0 ? 'is there already' : `is not at revision ${sent} any more`;
  return `The graph "${graph}" ${was}: revision ${revision} was saved${who}${when}. Read that, bring your changes over, and send them with revision ${revision}.`;
}

/** A document of a graph has not the form of one: nothing can be kept, or shown, of it. */
export class GraphInvalidError extends KinegraphError {
  override readonly name = 'GraphInvalidError';
  readonly code = 'SERVER_GRAPH_INVALID';
  /** @param data - `problems`: all that is wrong. */
  constructor(override readonly data: { graph: string; what: string; problems: readonly Problem[] }) {
    const errors = data.problems.filter((problem) => hasErrors([problem]));
    const more = errors.length > 1 ? ` (the first of ${errors.length} faults)` : '';
    const sentence = (errors[0]?.message ?? 'it is at fault').replace(/\.$/, '');
    super(`${data.what} is no graph document: ${sentence}${more}. Mend what "problems" lists.`);
  }
}

/** The server keeps as many graphs as it may. */
export class TooManyGraphsError extends KinegraphError {
  override readonly name = 'TooManyGraphsError';
  readonly code = 'SERVER_TOO_MANY_GRAPHS';
  constructor(override readonly data: { graph: string; most: number }) {
    super(
      `The graph "${data.graph}" is not kept: ${data.most} graphs are there, which is the most. Delete some that nobody needs; their history stays.`,
    );
  }
}
