import { sameJson } from '@kinegraph/core';
import type { GraphDocument } from '@kinegraph/core';

/** The parts of a document that are records by name: a change of one entry says nothing of the others. */
const RECORDS = ['nodes', 'layout', 'plugins', 'comments', 'groups'] as const;
/** The parts that change whole. */
const FIELDS = ['$schema', 'title', 'description', 'skeletons'] as const;

type Wire = GraphDocument['wires'][number];

/** What one part of a document was and is; left out: it was or is not there. */
export interface PartChange {
  /** `['title']`, or `['nodes', 'hands']`. */
  readonly path: readonly [string] | readonly [(typeof RECORDS)[number], string];
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What leads from one document to another, and back. Plain data: it is kept where a page that was closed finds it again. */
export interface DocumentChange {
  readonly parts: readonly PartChange[];
  readonly wiresAdded: readonly Wire[];
  readonly wiresRemoved: readonly Wire[];
}

/** What is different. The order of wires and of names means nothing, as in the canonical text. */
export function changeBetween(before: GraphDocument, after: GraphDocument): DocumentChange {
  const parts: PartChange[] = [];
  const compare = (path: PartChange['path'], was: unknown, is: unknown): void => {
    if (was === is || (was !== undefined && is !== undefined && sameJson(was, is))) return;
    parts.push({ path, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) });
  };
  for (const field of FIELDS) compare([field], before[field], after[field]);
  for (const record of RECORDS) {
    const [had, has]: readonly Readonly<Record<string, unknown>>[] = [before[record] ?? {}, after[record] ?? {}];
    if (had === undefined || has === undefined || had === has) continue;
    for (const name of new Set([...Object.keys(had), ...Object.keys(has)]))
      compare([record, name], own(had, name), own(has, name));
  }
  return {
    parts,
    wiresAdded: wiresOnlyIn(after.wires, before.wires),
    wiresRemoved: wiresOnlyIn(before.wires, after.wires),
  };
}

/** True where nothing is different. */
export function isEmptyChange({ parts, wiresAdded, wiresRemoved }: DocumentChange): boolean {
  return parts.length === 0 && wiresAdded.length === 0 && wiresRemoved.length === 0;
}

/** The change that takes this one back. */
export function reverseChange({ parts, wiresAdded, wiresRemoved }: DocumentChange): DocumentChange {
  return {
    parts: parts.map(({ path, ...sides }) => ({
      path,
      ...('after' in sides ? { before: sides.after } : {}),
      ...('before' in sides ? { after: sides.before } : {}),
    })),
    wiresAdded: wiresRemoved,
    wiresRemoved: wiresAdded,
  };
}

/** The document with the change made: another value, which shares what did not change. */
export function applyChange(document: GraphDocument, change: DocumentChange): GraphDocument {
  const changed: Record<string, unknown> = { ...document };
  const copied = new Set<string>();
  for (const { path, after } of change.parts) {
    const [part, name] = path;
    if (name === undefined) {
      put(changed, part, after);
      continue;
    }
    if (!copied.has(part)) changed[part] = { ...(changed[part] as object | undefined) };
    copied.add(part);
    put(changed[part] as Record<string, unknown>, name, after);
  }
  // A record that is empty now is left out where documents may do without it.
  for (const part of copied)
    if (part !== 'nodes' && Object.keys(changed[part] as object).length === 0) delete changed[part];
  if (change.wiresAdded.length > 0 || change.wiresRemoved.length > 0) {
    changed['wires'] = [...wiresOnlyIn(document.wires, change.wiresRemoved), ...change.wiresAdded];
  }
  return changed as GraphDocument; // a change was made of documents, part by part
}

function put(record: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) delete record[name];
  else Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}

/** `__proto__` and `constructor` are names like others. */
function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A text that only this wire has: a space is in no name. */
function wireKey([from, to]: Wire): string {
  return `${from} ${to}`;
}

/** A wire that is there twice, by mistake, is left where the others have it once. */
function wiresOnlyIn(these: readonly Wire[], others: readonly Wire[]): readonly Wire[] {
  if (these === others) return [];
  const known = new Map<string, number>();
  for (const wire of others) known.set(wireKey(wire), (known.get(wireKey(wire)) ?? 0) + 1);
  return these.filter((wire) => {
    const left = known.get(wireKey(wire)) ?? 0;
    if (left > 0) known.set(wireKey(wire), left - 1);
    return left === 0;
  });
}
