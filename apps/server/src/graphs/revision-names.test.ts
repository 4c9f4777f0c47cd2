import { formatGraph } from '@kinegraph/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANNA, BEN, KeptGraphs, titled } from '../../test/support/kept-graphs.js';
import { GraphUnknownError, RevisionUnknownError } from './graph-errors.js';
import { GraphRevisions, MOST_NAMED, MOST_REVISIONS } from './graph-revisions.js';

let kept: KeptGraphs;
beforeEach(() => {
  kept = new KeptGraphs();
});
afterEach(() => kept[Symbol.dispose]());

const text = (title: string): string => formatGraph(titled(title));

describe('A graph', () => {
  it('has names of revisions, given with a save or later, and keeps as many named ones besides', () => {
    const { library, store } = kept;
    const names = (): unknown[] => library.history('hands').map(({ revision, name }) => [revision, name]);
    library.put('hands', titled('A'), { by: ANNA, name: 'First' });
    library.put('hands', titled('B'), { by: ANNA, revision: 1 });
    expect(names()).toEqual([
      [2, undefined],
      [1, 'First'],
    ]);
    // A save that changes nothing names what is there.
    expect(library.put('hands', titled('B'), { by: ANNA, name: 'Second' })).toMatchObject({ changed: false });
    expect(library.name('hands', 1, 'The very first', { by: BEN })).toMatchObject({
      revision: 1,
      name: 'The very first',
    });
    expect(library.name('hands', 2, undefined, { by: BEN })).not.toHaveProperty('name');
    library.name('hands', 2, undefined, { by: BEN }); // as it is already: no event
    expect(library.revision('hands', 1)).toMatchObject({ name: 'The very first', document: titled('A') });
    expect(() => library.name('hands', 3, 'None', { by: BEN })).toThrow(RevisionUnknownError);
    expect(() => library.name('feet', 1, 'None', { by: BEN })).toThrow(GraphUnknownError);
    expect(kept.audit.list({ limit: 3 }).map(({ action, by, detail }) => [action, by.name, detail])).toEqual([
      ['nameRevision', 'ben', { revision: 2, name: null, was: 'Second' }],
      ['nameRevision', 'ben', { revision: 1, name: 'The very first', was: 'First' }],
      ['nameRevision', 'anna', { revision: 2, name: 'Second', was: null }],
    ]);
    const revisions = new GraphRevisions(store.database);
    const of = { action: 'put', text: text('A'), savedAt: new Date(0).toISOString(), savedBy: ANNA } as const;
    store.transaction(() => {
      for (let revision = 3; revision <= MOST_NAMED; revision += 1)
        revisions.add('hands', { ...of, name: `${revision}` }, { sha256: '' });
      for (let more = 0; more < MOST_REVISIONS; more += 1) revisions.add('hands', of, { sha256: '' });
    });
    expect(names()).toHaveLength(MOST_REVISIONS + MOST_NAMED - 1); // revision 2 has none
    expect(names().at(-1)).toEqual([1, 'The very first']);
    store.transaction(() => {
      for (let more = 0; more < 2; more += 1) revisions.add('hands', { ...of, name: 'More' }, { sha256: '' });
    });
    expect(names().at(-1)).toEqual([3, '3']);
  });
});
