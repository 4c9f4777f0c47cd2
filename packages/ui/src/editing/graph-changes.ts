import { diffGraphs, propertySchema, sameJson } from '@kinegraph/core';
import type { GraphDocument, NodeTypeCatalog, WireEnds } from '@kinegraph/core';

/** A value of a node that is another; left out: there was or is none. */
export interface ValueChange {
  readonly key: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** A run takes it over without a restart. */
  readonly isLive: boolean;
}

/** What happened to a node. */
export interface NodeChanges {
  readonly node: string;
  readonly type: string;
  readonly is: 'added' | 'removed' | 'changed';
  readonly values: readonly ValueChange[];
}

const OTHERS = ['title', 'description', 'plugins', 'skeletons', 'layout', 'comments', 'groups'] as const;

/** What leads from one graph to another, as people read it. */
export interface GraphChanges {
  readonly nodes: readonly NodeChanges[];
  readonly wiresAdded: readonly WireEnds[];
  readonly wiresRemoved: readonly WireEnds[];
  /** Parts that mean nothing for a run: titles, descriptions, places, comments, groups. */
  readonly others: readonly (typeof OTHERS)[number][];
  /** Nodes that would be restarted in a run of the first, as far as the documents tell. */
  readonly restart: readonly string[];
  readonly isEmpty: boolean;
}

/** What is different. Values are told as written, and with their default where they were or are left out. Pure. */
export function graphChanges(before: GraphDocument, after: GraphDocument, catalog: NodeTypeCatalog): GraphChanges {
  const diff = diffGraphs(before, after, catalog);
  const type = (name: string): string => (after.nodes[name] ?? before.nodes[name])?.type ?? '';
  const plain = (node: string, is: 'added' | 'removed'): NodeChanges => ({ node, type: type(node), is, values: [] });
  const changed = diff.changed.map(({ node, fields, configKeys }): NodeChanges => {
    const [was, now] = [before.nodes[node], after.nodes[node]];
    const schema = catalog.get(type(node));
    const live = schema?.liveConfig ?? [];
    return {
      ...{ node, type: type(node), is: 'changed' },
      values: [
        ...fields.map((field) => valueChange(field, was?.[field], now?.[field], false)),
        ...configKeys.map((key) => {
          const fallback = defaultOf(schema?.configSchema, key);
          return valueChange(
            key,
            own(was?.config, key) ?? fallback,
            own(now?.config, key) ?? fallback,
            live.includes(key),
          );
        }),
      ],
    };
  });
  const others = OTHERS.filter((part) => !same(before[part], after[part]));
  return {
    nodes: [
      ...diff.added.map((node) => plain(node, 'added')),
      ...diff.removed.map((node) => plain(node, 'removed')),
      ...changed,
    ],
    ...{ wiresAdded: diff.wiresAdded, wiresRemoved: diff.wiresRemoved, others, restart: [...diff.restart] },
    isEmpty: diff.isEmpty && others.length === 0,
  };
}

function valueChange(key: string, before: unknown, after: unknown, isLive: boolean): ValueChange {
  return {
    ...{ key, isLive },
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

function own(config: Readonly<Record<string, unknown>> | undefined, key: string): unknown {
  return config !== undefined && Object.hasOwn(config, key) ? config[key] : undefined;
}

function defaultOf(schema: Readonly<Record<string, unknown>> | undefined, key: string): unknown {
  return schema === undefined ? undefined : propertySchema(schema, key)?.['default'];
}

function same(before: unknown, after: unknown): boolean {
  return before === undefined || after === undefined ? before === after : sameJson(before, after);
}
