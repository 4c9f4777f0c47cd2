import { COMMENT_SIZES, MAX_COMMENT_LENGTH, MAX_GROUP_TITLE_LENGTH } from '@kinegraph/core';
import type { GraphComment, GraphDocument } from '@kinegraph/core';
import { freeName } from './names.js';
import { whole } from './places.js';

/** Adds a text to the canvas. @returns the document, and the name that the comment has got */
export function addComment(
  document: GraphDocument,
  comment: GraphComment,
): { readonly document: GraphDocument; readonly name: string } {
  const name = freeName('comment', (candidate) => Object.hasOwn(document.comments ?? {}, candidate));
  return { name, document: { ...document, comments: { ...document.comments, [name]: fitting(comment) } } };
}

/** Changes what a comment says, where it stands or how large it is. */
export function changeComment(document: GraphDocument, name: string, to: Partial<GraphComment>): GraphDocument {
  const comment = document.comments?.[name];
  if (comment === undefined) return document;
  return { ...document, comments: { ...document.comments, [name]: fitting({ ...comment, ...to }) } };
}

/** Takes a comment out. */
export function removeComment(document: GraphDocument, name: string): GraphDocument {
  const { [name]: removed, ...left } = document.comments ?? {};
  if (removed === undefined) return document;
  const { comments: _, ...others } = document;
  return Object.keys(left).length === 0 ? others : { ...document, comments: left };
}

/**
 * Puts nodes into a group of their own; they leave those that they were in.
 * @returns the document, and the name of the group; undefined where there is none of the nodes.
 */
export function groupNodes(
  document: GraphDocument,
  names: ReadonlySet<string>,
  title: string,
): { readonly document: GraphDocument; readonly name: string | undefined } {
  const nodes = [...names].filter((name) => Object.hasOwn(document.nodes, name)).sort();
  if (nodes.length === 0) return { document, name: undefined };
  const left = withMembers(document, (member) => (names.has(member) ? undefined : member));
  const name = freeName('group', (candidate) => Object.hasOwn(left.groups ?? {}, candidate));
  const group = { title: title.slice(0, MAX_GROUP_TITLE_LENGTH), nodes };
  return { name, document: { ...left, groups: { ...left.groups, [name]: group } } };
}

/** Puts nodes into a group that there is, or with undefined into none; they leave those that they were in. */
export function moveToGroup(
  document: GraphDocument,
  names: ReadonlySet<string>,
  group: string | undefined,
): GraphDocument {
  const left = withMembers(document, (member) => (names.has(member) ? undefined : member));
  const target = group === undefined ? undefined : document.groups?.[group];
  if (group === undefined || target === undefined) return group === undefined ? left : document;
  const moved = [...names].filter((name) => Object.hasOwn(document.nodes, name));
  const nodes = [...new Set([...target.nodes, ...moved])].sort();
  return { ...left, groups: { ...left.groups, [group]: { ...target, nodes } } };
}

/** Gives a group another title. */
export function renameGroup(document: GraphDocument, name: string, title: string): GraphDocument {
  const group = document.groups?.[name];
  if (group === undefined) return document;
  const titled = { ...group, title: title.slice(0, MAX_GROUP_TITLE_LENGTH) };
  return { ...document, groups: { ...document.groups, [name]: titled } };
}

/** Takes a group out; its nodes stay. */
export function ungroup(document: GraphDocument, name: string): GraphDocument {
  const { [name]: removed, ...left } = document.groups ?? {};
  return removed === undefined ? document : withGroups(document, left);
}

/** The group that a node is in, by name; undefined for none. */
export function groupOf(document: GraphDocument, node: string): string | undefined {
  return Object.entries(document.groups ?? {}).find(([, { nodes }]) => nodes.includes(node))?.[0];
}

/**
 * The document with other members of its groups. A group that has lost its last one goes with it.
 * @param member - the name that a member has now; undefined takes it out.
 */
export function withMembers(document: GraphDocument, member: (name: string) => string | undefined): GraphDocument {
  if (document.groups === undefined) return document;
  const groups = Object.entries(document.groups).flatMap(([name, group]) => {
    const nodes = group.nodes.flatMap((node) => member(node) ?? []);
    if (nodes.length === group.nodes.length && nodes.every((node, index) => node === group.nodes[index]))
      return [[name, group] as const];
    return nodes.length === 0 ? [] : [[name, { ...group, nodes: [...new Set(nodes)].sort() }] as const];
  });
  return withGroups(document, Object.fromEntries(groups));
}

function withGroups(document: GraphDocument, groups: NonNullable<GraphDocument['groups']>): GraphDocument {
  const { groups: _, ...others } = document;
  return Object.keys(groups).length === 0 ? others : { ...document, groups };
}

/** Whole numbers, and no more than the format allows. */
function fitting({ text, x, y, width, height }: GraphComment): GraphComment {
  const size = (value: number): number => whole(Math.min(COMMENT_SIZES.most, Math.max(COMMENT_SIZES.least, value)));
  return {
    text: text.slice(0, MAX_COMMENT_LENGTH),
    ...{ x: whole(x), y: whole(y), width: size(width), height: size(height) },
  };
}
