import type { NodeKind, NodeTypeDescriptor } from '@kinegraph/core';

/** Kinds of nodes in the order in which a graph has them. */
export const KINDS_IN_ORDER: readonly NodeKind[] = [
  'source',
  'buffer',
  'transform',
  'extractor',
  'smoother',
  'classifier',
  'sink',
];

/** What was found of one kind. */
export interface TypesOfKind {
  readonly kind: NodeKind;
  /** The best first. */
  readonly types: readonly NodeTypeDescriptor[];
}

/**
 * Node types that have all words of a query, by kind; the kind with the best comes first. Without a query all, in the order
 * of kinds.
 */
export function rankTypes(types: readonly NodeTypeDescriptor[], query: string): readonly TypesOfKind[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const scored = types.flatMap((type) => {
    const score = scoreOf(type, words);
    return score === 0 ? [] : [{ type, score }];
  });
  return KINDS_IN_ORDER.map((kind) => {
    const ofKind = scored.filter(({ type }) => type.kind === kind).sort((a, b) => b.score - a.score);
    return { kind, best: ofKind[0]?.score ?? 0, types: ofKind.map(({ type }) => type) };
  })
    .filter(({ best }) => best > 0)
    .sort((a, b) => b.best - a.best)
    .map(({ kind, types: found }) => ({ kind, types: found }));
}

/** Zero where a word is nowhere; titles count more than types, those more than descriptions. */
function scoreOf(
  { type, title, description = '', plugin, kind }: NodeTypeDescriptor,
  words: readonly string[],
): number {
  const [name, id] = [title.toLowerCase(), type.toLowerCase()];
  const rest = `${description} ${plugin} ${kind}`.toLowerCase();
  let score = 1;
  for (const word of words) {
    const of = name.startsWith(word)
      ? 16
      : name.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))
        ? 12
        : id.split(/[.-]/).some((part) => part.startsWith(word))
          ? 8
          : name.includes(word) || id.includes(word)
            ? 4
            : rest.includes(word)
              ? 1
              : 0;
    if (of === 0) return 0;
    score += of;
  }
  return score;
}
