/** What the first page is chosen by. */
export interface Known {
  /** Graphs that the server keeps. */
  readonly graphs: readonly { readonly id: string; readonly deployed?: number | undefined }[];
  /** What runs, by name. */
  readonly running: readonly string[];
  /** The graph that this browser had open last. */
  readonly last: string | undefined;
}

/** Where somebody who comes to the studio is led: a page by its name. */
export type FirstPlace =
  | { readonly name: 'editor'; readonly params: { readonly graph: string } }
  | { readonly name: 'live'; readonly params: { readonly run: string } }
  | { readonly name: 'graphs' };

/** To the graph that was open last, else to one that is seen running, else to what runs by itself, else to the list. */
export function firstPlace({ graphs, running, last }: Known): FirstPlace {
  const runs = new Set(running);
  const graph = graphs.find(({ id }) => id === last) ?? graphs.find(({ id }) => runs.has(id));
  if (graph !== undefined) return { name: 'editor', params: { graph: graph.id } };
  const [run] = running;
  return run === undefined ? { name: 'graphs' } : { name: 'live', params: { run } };
}
