import type { GraphComment, GraphDocument, GraphGroup, GraphNode } from './document.js';
import type { SkeletonDefinition } from './skeleton-definition.js';

const NODE_FIELDS = [
  'type',
  'typeVersion',
  'title',
  'config',
  'concurrency',
  'sync',
] as const satisfies readonly (keyof GraphNode)[];

/** Longest line that a list of plain values is written on, in characters. */
const LONGEST_LINE = 100;

/**
 * The canonical text of a document, made for diffs: fields in a fixed order, nodes, plugins, layout, comments and groups by
 * name, skeletons by id, wires sorted and one to a line, nodes of a group sorted, two spaces, a newline at the end. Documents that differ only in such order give the same
 * text. What is inside a configuration keeps its values and their order: it may belong to a plugin that is not there.
 */
export function formatGraph(document: GraphDocument): string {
  const { $schema, kinegraph, title, description, plugins, skeletons, nodes, wires, layout, comments, groups } =
    document;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['$schema', $schema === undefined ? undefined : scalar($schema)],
    ['kinegraph', scalar(kinegraph)],
    ['title', title === undefined ? undefined : scalar(title)],
    ['description', description === undefined ? undefined : scalar(description)],
    ['plugins', recordText(plugins, scalar)],
    ['skeletons', skeletons === undefined ? undefined : skeletonsText(skeletons)],
    ['nodes', recordText(nodes, nodeText)],
    ['wires', wiresText(wires)],
    ['layout', recordText(layout, placeText)],
    ['comments', recordText(comments, commentText)],
    ['groups', recordText(groups, groupText)],
  ];
  return `${block(
    fields.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])),
    0,
  )}\n`;
}

/** A part of the document that is a record by name. */
function recordText<T>(
  record: Readonly<Record<string, T>> | undefined,
  text: (value: T) => string,
): string | undefined {
  if (record === undefined) return undefined;
  return block(
    sorted(record).map(([name, value]) => [name, text(value)]),
    1,
  );
}

/** By name, in code unit order: the same on every machine. */
function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}

/** An object, one field to a line. */
function block(fields: readonly (readonly [string, string])[], depth: number): string {
  if (fields.length === 0) return '{}';
  const lines = fields.map(([name, text]) => `${indent(depth + 1)}${JSON.stringify(name)}: ${text}`);
  return `{\n${lines.join(',\n')}\n${indent(depth)}}`;
}

function nodeText(node: GraphNode): string {
  const fields = NODE_FIELDS.flatMap((field): (readonly [string, string])[] =>
    node[field] === undefined ? [] : [[field, valueText(node[field], 3)]],
  );
  return block(fields, 2);
}

function skeletonsText(skeletons: readonly SkeletonDefinition[]): string {
  const byId = [...skeletons].sort((a, b) => compare(a.id, b.id));
  return listText(
    byId.map(({ id, title, points, connections }) => ({ id, title, points, connections })),
    1,
  );
}

function wiresText(wires: GraphDocument['wires']): string {
  if (wires.length === 0) return '[]';
  const lines = [...wires]
    .sort(([fromA, toA], [fromB, toB]) => compare(fromA, fromB) || compare(toA, toB))
    .map(([from, to]) => `${indent(2)}[${scalar(from)}, ${scalar(to)}]`);
  return `[\n${lines.join(',\n')}\n${indent(1)}]`;
}

function placeText({ x, y }: { readonly x: number; readonly y: number }): string {
  return `{ "x": ${scalar(x)}, "y": ${scalar(y)} }`;
}

function commentText({ text, x, y, width, height }: GraphComment): string {
  return valueText({ text, x, y, width, height }, 2);
}

function groupText({ title, nodes }: GraphGroup): string {
  return valueText({ title, nodes: [...nodes].sort(compare) }, 2);
}

/** Any JSON value. Lists of plain values stay on one line while it is short enough. */
function valueText(value: unknown, depth: number): string {
  if (Array.isArray(value)) return listText(value, depth);
  if (typeof value !== 'object' || value === null) return scalar(value);
  const fields = Object.entries(value as Readonly<Record<string, unknown>>).filter(([, inner]) => inner !== undefined);
  return block(
    fields.map(([name, inner]) => [name, valueText(inner, depth + 1)]),
    depth,
  );
}

function listText(list: readonly unknown[], depth: number): string {
  if (list.every((item) => typeof item !== 'object' || item === null)) {
    const line = `[${list.map(scalar).join(', ')}]`;
    if (line.length + indent(depth).length <= LONGEST_LINE) return line;
  }
  const lines = list.map((item) => `${indent(depth + 1)}${valueText(item, depth + 1)}`);
  return `[\n${lines.join(',\n')}\n${indent(depth)}]`;
}

/** JSON of a value that holds no others; what JSON cannot say becomes null, as in JSON.stringify. */
function scalar(value: unknown): string {
  if (Object.is(value, -0)) return '-0'; // JSON.stringify would lose the sign
  const text: unknown = JSON.stringify(value);
  return typeof text === 'string' ? text : 'null';
}
