import { KinegraphError } from '../base/index.js';

/** A set of landmarks as the layout names it. */
export interface LayoutSkeleton {
  readonly id: string;
  /** Rows of each track. */
  readonly points: number;
}

/**
 * What the numbers in float results stand for: each is a place in one of these lists. It comes as text before the first
 * result that needs it. Lists only grow within a connection, so that a number never changes its meaning.
 */
export interface LayoutMessage {
  readonly type: 'layout';
  /** Counts the layouts of a run up from 0, and begins anew at 65536; each float result says which it was written by. */
  readonly layout: number;
  /** Source nodes that frames come from. */
  readonly sources: readonly string[];
  /** Sinks that got values. */
  readonly sinks: readonly string[];
  readonly skeletons: readonly LayoutSkeleton[];
}

/** A float result, or the layout it refers to, cannot be read. */
export class FloatResultError extends KinegraphError {
  override readonly name = 'FloatResultError';
  readonly code = 'PROTOCOL_FLOAT_RESULT';
  constructor(override readonly data: { field: string; found: string; allowed: string }) {
    super(
      `The float result has ${data.field} ${data.found}; allowed: ${data.allowed}. Read it as docs/protocol.md ` +
        'describes it, or ask for kinegraph.json instead.',
    );
  }
}

/**
 * A layout from parsed text.
 * @throws FloatResultError
 */
export function readLayout(value: unknown): LayoutMessage {
  const { layout, sources, sinks, skeletons } = (value ?? {}) as Partial<Record<keyof LayoutMessage, unknown>>;
  if (typeof layout !== 'number' || !Number.isInteger(layout) || layout < 0 || layout > 0xffff)
    throw new FloatResultError({ field: 'a layout numbered', found: shown(layout), allowed: '0-65535' });
  return {
    type: 'layout',
    layout,
    sources: list(sources, 'sources', isText),
    sinks: list(sinks, 'sinks', isText),
    skeletons: list(skeletons, 'skeletons', isSkeleton),
  };
}

function list<T>(value: unknown, what: string, fits: (item: unknown) => item is T): readonly T[] {
  if (Array.isArray(value) && value.every((item) => fits(item))) return value;
  throw new FloatResultError({ field: `a layout whose ${what} are`, found: shown(value), allowed: 'a list of them' });
}

function isText(item: unknown): item is string {
  return typeof item === 'string';
}

function isSkeleton(item: unknown): item is LayoutSkeleton {
  if (typeof item !== 'object' || item === null) return false;
  const { id, points } = item as Partial<LayoutSkeleton>;
  return typeof id === 'string' && typeof points === 'number' && Number.isInteger(points) && points >= 0;
}

/** What was met, short enough for a sentence. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
