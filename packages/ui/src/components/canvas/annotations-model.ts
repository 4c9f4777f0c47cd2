import type { GraphComment, GraphDocument } from '@kinegraph/core';
import type { Box } from '../../editing/index.js';

/** A text on the canvas. */
export interface CanvasComment extends GraphComment {
  readonly name: string;
}

/** Nodes in a frame. */
export interface CanvasGroup {
  readonly name: string;
  readonly title: string;
  /** Names of nodes that are there. */
  readonly nodes: readonly string[];
}

/** A comment or a group that is selected. */
export interface CanvasMark {
  readonly is: 'comment' | 'group';
  readonly name: string;
}

/** What somebody wants of comments and groups. */
export type AnnotationWish =
  | { readonly is: 'mark'; readonly mark: CanvasMark | undefined }
  | { readonly is: 'change-comment'; readonly name: string; readonly to: Partial<GraphComment> }
  /** Its text was left empty. */
  | { readonly is: 'remove-comment'; readonly name: string }
  | { readonly is: 'rename-group'; readonly name: string; readonly title: string };

/** Comments and groups of a document, by name. */
export function annotationsOf({ comments = {}, groups = {}, nodes }: GraphDocument): {
  readonly comments: readonly CanvasComment[];
  readonly groups: readonly CanvasGroup[];
} {
  return {
    comments: Object.entries(comments).map(([name, comment]) => ({ name, ...comment })),
    groups: Object.entries(groups).map(([name, { title, nodes: members }]) => ({
      ...{ name, title },
      nodes: members.filter((node) => Object.hasOwn(nodes, node)),
    })),
  };
}

/** Between a frame and its nodes; above them is room for its title. */
const MARGIN = 16;
const TITLE = 28;

/** The frame around nodes, with its title; undefined where there is none of them. */
export function frameAround(nodes: readonly string[], boxes: ReadonlyMap<string, Box>): Box | undefined {
  const inside = nodes.flatMap((name) => boxes.get(name) ?? []);
  if (inside.length === 0) return undefined;
  const x = Math.min(...inside.map((box) => box.x)) - MARGIN;
  const y = Math.min(...inside.map((box) => box.y)) - MARGIN - TITLE;
  const right = Math.max(...inside.map((box) => box.x + box.width)) + MARGIN;
  const bottom = Math.max(...inside.map((box) => box.y + box.height)) + MARGIN;
  return { x, y, width: right - x, height: bottom - y };
}
