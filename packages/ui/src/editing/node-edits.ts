import type { GraphDocument, GraphNode } from '@kinegraph/core';
import { formatEndpoint, parseEndpoint } from '@kinegraph/core';
import { withMembers } from './annotations.js';
import { freeName, nameForType } from './names.js';
import { whole } from './places.js';

/** Where a node is drawn: its upper left corner, in units of the canvas. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Adds a node. @returns the document, and the name that the node has got */
export function addNode(
  document: GraphDocument,
  node: GraphNode,
  place: Place,
  wish = nameForType(node.type),
): { readonly document: GraphDocument; readonly name: string } {
  const name = freeName(wish, (candidate) => Object.hasOwn(document.nodes, candidate));
  return {
    name,
    document: {
      ...document,
      nodes: { ...document.nodes, [name]: node },
      layout: { ...document.layout, [name]: rounded(place) },
    },
  };
}

/** Takes nodes out, with their wires, and out of their groups. */
export function removeNodes(document: GraphDocument, names: ReadonlySet<string>): GraphDocument {
  const stays = ([name]: readonly [string, unknown]): boolean => !names.has(name);
  return {
    ...withMembers(document, (member) => (names.has(member) ? undefined : member)),
    nodes: Object.fromEntries(Object.entries(document.nodes).filter(stays)),
    wires: document.wires.filter((wire) => wire.every((end) => !names.has(parseEndpoint(end).node))),
    ...(document.layout === undefined
      ? {}
      : { layout: Object.fromEntries(Object.entries(document.layout).filter(stays)) }),
  };
}

/**
 * Gives a node another name; its wires and its group go with it.
 * @param to - a name that fits and that no node has: see `nameFault`.
 */
export function renameNode(document: GraphDocument, from: string, to: string): GraphDocument {
  const renamed = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name === from ? to : name, value]));
  const end = (endpoint: string): string => {
    const { node, port } = parseEndpoint(endpoint);
    return node === from ? formatEndpoint({ node: to, port }) : endpoint;
  };
  return {
    ...withMembers(document, (member) => (member === from ? to : member)),
    nodes: renamed(document.nodes),
    wires: document.wires.map(([output, input]) => [end(output), end(input)]),
    ...(document.layout === undefined ? {} : { layout: renamed(document.layout) }),
  };
}

/** Changes a node, whose fields that are undefined are left out. */
export function changeNode(document: GraphDocument, name: string, to: Partial<GraphNode>): GraphDocument {
  const node = document.nodes[name];
  if (node === undefined) return document;
  const changed = Object.fromEntries(Object.entries({ ...node, ...to }).filter(([, value]) => value !== undefined));
  return { ...document, nodes: { ...document.nodes, [name]: changed as GraphNode } };
}

/** Sets a value of a node's configuration; undefined leaves it to its default. */
export function setNodeConfig(document: GraphDocument, name: string, key: string, value: unknown): GraphDocument {
  const node = document.nodes[name];
  if (node === undefined) return document;
  const { [key]: _, ...others } = node.config ?? {};
  // A key that is there keeps its place among the others.
  const config =
    value === undefined
      ? others
      : Object.hasOwn(node.config ?? {}, key)
        ? { ...node.config, [key]: value }
        : { ...others, [key]: value };
  return changeNode(document, name, { config: Object.keys(config).length === 0 ? undefined : config });
}

/** Puts nodes somewhere else. */
export function placeNodes(document: GraphDocument, places: ReadonlyMap<string, Place>): GraphDocument {
  const known = [...places].filter(([name]) => Object.hasOwn(document.nodes, name));
  if (known.length === 0) return document;
  const layout = Object.fromEntries(known.map(([name, place]) => [name, rounded(place)]));
  return { ...document, layout: { ...document.layout, ...layout } };
}

/** Whole numbers: a document is read by people, too. */
function rounded({ x, y }: Place): Place {
  return { x: whole(x), y: whole(y) };
}
