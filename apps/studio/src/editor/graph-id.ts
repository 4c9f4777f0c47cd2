/** Ids of graphs, as the server takes them. */
const GRAPH_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Why a graph cannot be called so; undefined where it can. */
export function idFault(to: string, taken: ReadonlySet<string>): 'none' | 'form' | 'taken' | undefined {
  if (to === '') return 'none';
  if (!GRAPH_ID.test(to)) return 'form';
  return taken.has(to) ? 'taken' : undefined;
}
