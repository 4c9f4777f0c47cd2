import type { RevisionInfo } from '../../api/server.js';

/** What a graph can be compared as: one of its three states, or the revision of that number. */
export type Side = 'draft' | 'saved' | 'deployed' | number;

/** What the states of a graph are, for the sides to choose from. */
interface States {
  /** 0: nothing is saved. */
  readonly saved: number;
  readonly deployed: number | undefined;
}

/** All there is to compare: the states first, then the revisions, newest first, but for those that deleted the graph. */
export function sidesOf(
  revisions: readonly Pick<RevisionInfo, 'revision' | 'action'>[],
  states: States,
): readonly Side[] {
  return [
    'draft',
    ...(states.saved > 0 ? (['saved'] as const) : []),
    ...(states.deployed === undefined ? [] : (['deployed'] as const)),
    ...revisions.filter(({ action }) => action !== 'delete').map(({ revision }) => revision),
  ];
}

/** The revision that a side is; undefined for the draft, and for a state that there is not. */
export function revisionOf(side: Side, { saved, deployed }: States): number | undefined {
  if (side === 'draft') return undefined;
  if (side === 'saved') return saved > 0 ? saved : undefined;
  return side === 'deployed' ? deployed : side;
}
