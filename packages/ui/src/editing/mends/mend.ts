import type { GraphDocument, NodeTypeCatalog, PathStep, Problem } from '@kinegraph/core';
import type { ConnectionCheck } from '../connection-check.js';

/** What a mend does, for the words of its button. */
export type MendAction =
  | 'wire'
  | 'turn'
  | 'rewire'
  | 'remove-wire'
  | 'insert'
  | 'add-node'
  | 'remove-node'
  | 'set-type'
  | 'take-version'
  | 'remove-field'
  | 'set-value'
  | 'remove-key'
  | 'rename-key'
  | 'set-range'
  | 'remove-plugin'
  | 'remove-skeleton'
  | 'remove-place'
  | 'leave-group';

/** One way to mend a problem: a step that can be taken back like any other. */
export interface Mend {
  readonly action: MendAction;
  /** Put into the words of its action: `{ from: 'hands.hands', to: 'out.in' }`. */
  readonly values: Readonly<Record<string, string>>;
  /** The document with the problem mended. */
  readonly apply: () => GraphDocument;
}

/** What mends are found in. */
export interface MendContext {
  readonly problem: Problem;
  readonly document: GraphDocument;
  readonly catalog: NodeTypeCatalog;
  /** Of this document. */
  readonly check: ConnectionCheck;
}

/** Finds the mends of a problem, the best first; none where it takes a person's mind. */
export type Mender = (context: MendContext) => readonly Mend[];

/** More choices than this are no help. */
export const MOST_CHOICES = 3;

/** The steps of a JSON pointer as texts; places in lists among them. */
export function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The wire that a pointer such as `/wires/3/0` leads to, with its place and the end that is meant. */
export function wireAt(
  document: GraphDocument,
  pointer: string,
):
  | { readonly index: number; readonly end: 0 | 1 | undefined; readonly wire: GraphDocument['wires'][number] }
  | undefined {
  const [list, place = '', end] = stepsOf(pointer);
  const index = Number(place);
  const wire = document.wires[index];
  if (list !== 'wires' || wire === undefined) return undefined;
  return { index, wire, end: end === '0' ? 0 : end === '1' ? 1 : undefined };
}

/** The document with another wire at a place; undefined takes it out. */
export function withWireAt(
  document: GraphDocument,
  index: number,
  wire: GraphDocument['wires'][number] | undefined,
): GraphDocument {
  const wires = document.wires.flatMap((old, place) => (place !== index ? [old] : wire === undefined ? [] : [wire]));
  return { ...document, wires };
}

/** A value with what is at a path replaced, or taken out where `next` is undefined; objects keep the order of their keys. */
export function withValueAt(value: unknown, path: readonly PathStep[], next: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  if (Array.isArray(value)) {
    const index = Number(step);
    return value.flatMap((old: unknown, place) => {
      if (place !== index) return [old];
      const put = withValueAt(old, rest, next);
      return put === undefined ? [] : [put];
    });
  }
  const record = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const old = Object.hasOwn(record, step) ? record[step] : undefined;
  const put = withValueAt(old, rest, next);
  const entries = Object.entries(record).filter(([key]) => key !== String(step) || put !== undefined);
  const isNew = !Object.hasOwn(record, step) && put !== undefined;
  return Object.fromEntries([
    ...entries.map(([key, each]): [string, unknown] => [key, key === String(step) ? put : each]),
    ...(isNew ? [[String(step), put] as [string, unknown]] : []),
  ]);
}
