import type { GraphDocument } from '@kinegraph/core';
import { answered, server } from '../api/server.js';
import type { GraphSummary } from '../api/server.js';
import { t } from '../i18n/texts.js';

/** What is to become of the run of a graph that is deployed: it goes on under the old id, or the new graph runs in its place. */
export type RunFate = 'stays' | 'moves';

/** What of a graph is renamed. */
export interface Renamed {
  readonly from: string;
  readonly to: string;
  /** What is saved of it. */
  readonly saved: { readonly revision: number; readonly document: GraphDocument };
  /** Left out where it is not deployed. */
  readonly fate?: RunFate;
}

/**
 * Saves a graph under another id and deletes it under the old one, whose history stays there. Where its run moves, what was
 * deployed is saved first and deployed as it was.
 * @returns its newest revision under the new id
 * @throws ApiFailure, Error with a sentence where the new id is taken or somebody has saved the graph meanwhile
 */
export async function renameGraph({ from, to, saved, fate }: Renamed): Promise<number> {
  const { graphs } = await answered(server.GET('/api/v1/graphs'));
  const old = checked(graphs, { from, to, revision: saved.revision });
  const params = { path: { graph: to } };
  const put = async (graph: GraphDocument, revision: number): Promise<number> => {
    const body = { graph, revision, name: t('rename.was', { from }) };
    return (await answered(server.PUT('/api/v1/graphs/{graph}', { params, body }))).revision;
  };
  const { deployed } = old;
  const moves = fate === 'moves' && deployed !== undefined;
  // A graph that was deleted once counts on: 0 stands for whatever its number is.
  const first = moves ? await put(await documentOf(from, deployed), 0) : 0;
  const newest = await put(saved.document, first);
  if (moves) {
    // One after the other: the two would want the same cameras and ports.
    await answered(server.DELETE('/api/v1/runs/{run}', { params: { path: { run: from } } }));
    await answered(server.POST('/api/v1/graphs/{graph}/deploy', { params, body: { revision: first } }));
  }
  const query = { revision: saved.revision };
  await answered(server.DELETE('/api/v1/graphs/{graph}', { params: { path: { graph: from }, query } }));
  return newest;
}

function checked(
  graphs: readonly GraphSummary[],
  { from, to, revision }: { readonly from: string; readonly to: string; readonly revision: number },
): GraphSummary {
  if (graphs.some(({ id }) => id === to)) throw new Error(t('rename.taken', { to }));
  const old = graphs.find(({ id }) => id === from);
  if (old === undefined || old.revision !== revision) throw new Error(t('rename.changed', { from }));
  return old;
}

async function documentOf(graph: string, revision: number): Promise<GraphDocument> {
  const params = { path: { graph, revision } };
  const kept = await answered(server.GET('/api/v1/graphs/{graph}/revisions/{revision}', { params }));
  return kept.graph as GraphDocument;
}
