import type { GraphDocument, NodeTypeCatalog } from '@kinegraph/core';

/** A node that answers a search, with what answered. */
export interface FoundNode {
  readonly node: string;
  readonly by: 'name' | 'title' | 'type' | 'config';
  /** Of the configuration, where that answered. */
  readonly key?: string;
}

/**
 * The nodes in which a text stands, whatever its case: in their names and titles, in their type and what that is called, or in keys and
 * values of their configuration. In the order of the document; a node once, by what comes first of these.
 */
export function findNodes(document: GraphDocument, catalog: NodeTypeCatalog, query: string): readonly FoundNode[] {
  const sought = query.trim().toLowerCase();
  if (sought === '') return [];
  const has = (text: string | undefined): boolean => text?.toLowerCase().includes(sought) === true;
  return Object.entries(document.nodes).flatMap(([node, { type, title, config = {} }]): readonly FoundNode[] => {
    if (has(node)) return [{ node, by: 'name' }];
    if (has(title)) return [{ node, by: 'title' }];
    if (has(type) || has(catalog.get(type)?.title)) return [{ node, by: 'type' }];
    const key = Object.keys(config).find((each) => has(each) || has(textOf(config[each])));
    return key === undefined ? [] : [{ node, by: 'config', key }];
  });
}

/** As people see it in a form: texts without quotes. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
