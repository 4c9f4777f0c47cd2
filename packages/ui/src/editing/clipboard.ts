import { GRAPH_FORMAT, formatEndpoint, formatGraph, parseEndpoint, parseGraph } from '@kinegraph/core';
import type { GraphDocument, Problem } from '@kinegraph/core';
import { withMembers } from './annotations.js';
import { freeName } from './names.js';
import type { Place } from './node-edits.js';
import { whole } from './places.js';

/**
 * Nodes with the wires between them, and the groups that all nodes of are among them, as a graph of their own: what is copied
 * can be pasted anywhere, a text editor too.
 * @param comments - names of comments that are copied, too.
 */
export function copyNodes(
  document: GraphDocument,
  names: ReadonlySet<string>,
  comments: ReadonlySet<string> = new Set(),
): string {
  const chosen = <T>(record: Readonly<Record<string, T>> = {}, of = names): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => of.has(name)));
  const layout = chosen(document.layout);
  const texts = chosen(document.comments, comments);
  const groups = Object.entries(document.groups ?? {}).filter(
    ([, { nodes }]) => nodes.length > 0 && nodes.every((name) => names.has(name)),
  );
  return formatGraph({
    kinegraph: GRAPH_FORMAT,
    nodes: chosen(document.nodes),
    wires: document.wires.filter((wire) => wire.every((end) => names.has(parseEndpoint(end).node))),
    ...(Object.keys(layout).length === 0 ? {} : { layout }),
    ...(Object.keys(texts).length === 0 ? {} : { comments: texts }),
    ...(groups.length === 0 ? {} : { groups: Object.fromEntries(groups) }),
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
  const places: readonly Place[] = [...Object.values(pasted.layout ?? {}), ...Object.values(pasted.comments ?? {})];
  const left = Math.min(...places.map(({ x }) => x));
  const top = Math.min(...places.map(({ y }) => y));
  const moved = ({ x, y }: Place): Place => ({ x: whole(x - left + at.x), y: whole(y - top + at.y) });
  const layout = renamed(pasted.layout ?? {}).map(([name, place]): [string, Place] => [name, moved(place)]);
  const comments = underFreeNames(document.comments, Object.entries(pasted.comments ?? {}), (comment) => ({
    ...comment,
    ...moved(comment),
  }));
  const members = Object.entries(withMembers(pasted, (name) => names.get(name)).groups ?? {});
  const groups = underFreeNames(document.groups, members, (group) => group);
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
      ...(comments === undefined ? {} : { comments }),
      ...(groups === undefined ? {} : { groups }),
    },
  };
}

/** A record with others added, under other names where theirs are taken. */
function underFreeNames<T>(
  record: Readonly<Record<string, T>> | undefined,
  added: readonly (readonly [string, T])[],
  change: (value: T) => T,
): Record<string, T> | undefined {
  if (added.length === 0) return record;
  const all: Record<string, T> = { ...record };
  for (const [name, value] of added) {
    const free = freeName(name, (candidate) => Object.hasOwn(all, candidate));
    all[free] = change(value);
  }
  return all;
}
