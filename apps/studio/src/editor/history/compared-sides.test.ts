import { expect, it } from 'vitest';
import { revisionOf, sidesOf } from './compared-sides.js';

const REVISIONS = [
  { revision: 3, action: 'put' },
  { revision: 2, action: 'delete' },
  { revision: 1, action: 'put' },
] as const;

it('there is the draft always, the other states where there are, and each revision that has a document', () => {
  expect(sidesOf([], { saved: 0, deployed: undefined })).toEqual(['draft']);
  expect(sidesOf(REVISIONS, { saved: 3, deployed: 1 })).toEqual(['draft', 'saved', 'deployed', 3, 1]);
  // Deleted meanwhile, and what was deployed still runs.
  expect(sidesOf(REVISIONS, { saved: 0, deployed: 1 })).toEqual(['draft', 'deployed', 3, 1]);
});

it('states stand for their revision', () => {
  const states = { saved: 3, deployed: 1 };
  expect((['draft', 'saved', 'deployed', 2] as const).map((side) => revisionOf(side, states))).toEqual([
    undefined,
    3,
    1,
    2,
  ]);
  expect(revisionOf('saved', { saved: 0, deployed: undefined })).toBeUndefined();
});
