import { GRAPH_FORMAT, formatEndpoint, formatGraph, parseEndpoint, parseGraph } from '@kinegraph/core';
import type { GraphDocument, Problem } from '@kinegraph/core';
import { freeName } from './names.js';
import type { Place } from './node-edits.js';

/** Nodes with the wires between them as a graph of their own: what is copied can be pasted anywhere, a text editor too. */
export function copyNodes(document: GraphDocument, names: ReadonlySet<string>): string {
  const chosen = <T>(record: Readonly<Record<string, T>> = {}): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name)));
  const layout = chosen(document.layout);
  return formatGraph({
    kinegraph: GRAPH_FORMAT,
    nodes: chosen(document.nodes),
    wires: document.wires.filter((wire) => wire.every((end) => names.has(parseEndpoint(end).node))),
    ...(Object.keys(layout).length === 0 ? {} : { layout }),
  });
}

/** What came of pasting. */
export interface Pasted {
  readonly document: GraphDocument;
  /** The nodes that were added, by the names that they have got. */
  readonly names: ReadonlySet<string>;
}

/**
 * Adds the nodes of a copied graph, under other names where theirs are taken.
 * @param at - where the upper left of all comes to lie.
 * @returns the problems of a text that is no graph.
 */
export function pasteNodes(
  document: GraphDocument,
  text: string,
  at: Place,
): Pasted | { readonly problems: readonly Problem[] } {
  const { document: pasted, problems } = parseGraph(text);
  if (pasted === undefined) return { problems };
  const taken = new Set(Object.keys(document.nodes));
  const names = new Map<string, string>();
  for (const name of Object.keys(pasted.nodes)) {
    const free = freeName(name, (candidate) => taken.has(candidate));
    taken.add(free);
    names.set(name, free);
  }
  const renamed = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
    Object.entries(record).flatMap(([name, value]) => {
      const to = names.get(name);
      return to === undefined ? [] : [[to, value]];
    });
  const end = (endpoint: string): string | undefined => {
    const { node, port } = parseEndpoint(endpoint);
    const to = names.get(node);
    return to === undefined ? undefined : formatEndpoint({ node: to, port });
  };
  const places = Object.values(pasted.layout ?? {});
  const left = Math.min(...places.map(({ x }) => x));
  const top = Math.min(...places.map(({ y }) => y));
  const layout = renamed(pasted.layout ?? {}).map(([name, { x, y }]): [string, Place] => [
    name,
    { x: Math.round(x - left + at.x), y: Math.round(y - top + at.y) },
  ]);
  return {
    names: new Set(names.values()),
    document: {
      ...document,
      nodes: { ...document.nodes, ...Object.fromEntries(renamed(pasted.nodes)) },
      wires: [
        ...document.wires,
        ...pasted.wires.flatMap(([output, input]): GraphDocument['wires'] => {
          const [from, to] = [end(output), end(input)];
          return from === undefined || to === undefined ? [] : [[from, to]];
        }),
      ],
      ...(layout.length === 0 ? {} : { layout: { ...document.layout, ...Object.fromEntries(layout) } }),
    },
  };
}
