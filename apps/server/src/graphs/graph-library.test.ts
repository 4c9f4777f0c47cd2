import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { formatGraph } from '@kinegraph/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ANNA, BEN, KeptGraphs, titled } from '../../test/support/kept-graphs.js';
import { SmallDisk, noSmallDisk } from '../../test/support/small-disk.js';
import { sha256Of } from '../store/atomic-file.js';
import { StorageFullError, StoreUnavailableError } from '../store/index.js';
import {
  GraphConflictError,
  GraphIdError,
  GraphInvalidError,
  GraphUnknownError,
  RevisionUnknownError,
  TooManyGraphsError,
} from './graph-errors.js';
import { GraphRevisions, MOST_DELETED, MOST_GRAPHS, MOST_REVISIONS } from './graph-revisions.js';

let kept: KeptGraphs;
beforeEach(() => {
  kept = new KeptGraphs();
});
afterEach(() => kept[Symbol.dispose]());

const Sha = z.object({ sha256: z.string() }).transform(({ sha256 }) => sha256);

/** Events as `who action target revision`, oldest first. */
function events(): string[] {
  return kept.audit
    .list({ limit: 100 })
    .map(({ by, action, target, detail }) => `${by.name ?? by.kind} ${action} ${target} ${String(detail['revision'])}`)
    .toReversed();
}

const text = (title: string): string => formatGraph(titled(title));
const fileText = (id: string): string => readFileSync(kept.file(id), 'utf8');

describe('A graph', () => {
  it('is kept as a file with its canonical text, and told with who saved it', () => {
    const { library } = kept;
    expect(library.put('hands', titled('A'), { by: ANNA })).toEqual({
      id: 'hands',
      revision: 1,
      changed: true,
      created: true,
    });
    expect(fileText('hands')).toBe(text('A'));
    expect(library.get('hands')).toMatchObject({
      title: 'A',
      revision: 1,
      text: text('A'),
      savedBy: ANNA,
      problems: [],
    });
    expect(library.get('hands').document).toEqual(titled('A'));
    expect(library.list()).toMatchObject([{ id: 'hands', title: 'A', revision: 1, savedBy: ANNA }]);
    expect(readdirSync(kept.folder)).toEqual(['hands.kinegraph.json']);
  });

  it('is saved on top of the revision that was read; others are told what is there', () => {
    const { library } = kept;
    library.put('hands', titled('A'), { by: ANNA });
    library.put('hands', titled('B'), { by: BEN, revision: 1 });
    for (const revision of [1, 0, 3, undefined]) {
      const change = { by: ANNA, ...(revision === undefined ? {} : { revision }) };
      expect(() => library.put('hands', titled('C'), change)).toThrow(GraphConflictError);
    }
    expect(() => library.put('hands', titled('C'), { by: ANNA, revision: 1 })).toThrow(
      /^The graph "hands" is not at revision 1 any more: revision 2 was saved by token "ben" at .*Z\. Read that, bring your changes over, and send them with revision 2\.$/,
    );
    expect(() => library.delete('hands', { by: ANNA, revision: 1 })).toThrow(GraphConflictError);
    expect(() => library.put('other', titled('C'), { by: ANNA, revision: 4 })).toThrow('Send revision 0 to make it.');
    expect(fileText('hands')).toBe(text('B'));
    expect(events()).toEqual(['anna putGraph graphs/hands 1', 'ben putGraph graphs/hands 2']);
  });

  it('that is saved as it is already stays as it is, so a save may be repeated', () => {
    const { library } = kept;
    library.put('hands', titled('A'), { by: ANNA });
    const again = library.put('hands', JSON.stringify(titled('A')), { by: ANNA });
    expect(again).toEqual({ id: 'hands', revision: 1, changed: false, created: false });
    expect(events()).toHaveLength(1);
  });

  it('that is deleted keeps its history, and numbers are not used again', () => {
    const { library } = kept;
    library.put('hands', titled('A'), { by: ANNA });
    expect(library.delete('hands', { by: BEN, revision: 1, from: '::1' })).toMatchObject({ revision: 2 });
    expect(existsSync(kept.file('hands'))).toBe(false);
    expect(library.list()).toEqual([]);
    expect(() => library.get('hands')).toThrow('The graph "hands" was deleted (revision 2). Its history is kept');
    expect(() => library.delete('hands', { by: ANNA, revision: 2 })).toThrow(GraphUnknownError);
    expect(() => library.put('hands', titled('B'), { by: ANNA, revision: 1 })).toThrow(/was deleted by token "ben"/);
    expect(library.put('hands', titled('B'), { by: ANNA, revision: 0 })).toMatchObject({ revision: 3, created: true });
    expect(library.history('hands').map(({ revision, action }) => [revision, action])).toEqual([
      [3, 'put'],
      [2, 'delete'],
      [1, 'put'],
    ]);
    expect(kept.audit.list({ limit: 3 })[1]).toMatchObject({ action: 'deleteGraph', from: '::1', by: BEN });
  });

  it('goes back to an old revision by a new one', () => {
    const { library } = kept;
    library.put('hands', titled('A'), { by: ANNA });
    library.put('hands', titled('B'), { by: ANNA, revision: 1 });
    library.delete('hands', { by: ANNA, revision: 2 });
    expect(library.revision('hands', 1)).toMatchObject({ text: text('A'), revision: 1 });
    expect(() => library.restore('hands', 1, { by: BEN, revision: 2 })).toThrow(GraphConflictError);
    expect(library.restore('hands', 1, { by: BEN, revision: 3 })).toMatchObject({ revision: 4, created: true });
    expect(library.history('hands')[0]).toMatchObject({ action: 'restore', restored: 1, savedBy: BEN });
    expect(fileText('hands')).toBe(text('A'));
    expect(() => library.revision('hands', 3)).toThrow('was deleted at revision 3');
    expect(() => library.restore('hands', 9, { by: BEN, revision: 4 })).toThrow(RevisionUnknownError);
    expect(() => library.revision('none', 1)).toThrow(GraphUnknownError);
  });

  it('is kept as a draft, as long as it has the form of a graph', () => {
    const { library } = kept;
    const draft = { kinegraph: 1, nodes: { a: { type: 'no.such' } }, wires: [['a.x', 'nowhere.y']] };
    expect(library.put('draft', draft, { by: ANNA })).toMatchObject({ revision: 1 });
    expect(() => library.put('draft', { kinegraph: 1, nodes: {} }, { by: ANNA, revision: 1 })).toThrow(
      GraphInvalidError,
    );
    expect(library.get('draft').revision).toBe(1);
  });

  it.each(['', 'Hands', '../x', 'a/b', 'con', 'nul', '-a', 'a.b', 'x'.repeat(65), 'ä'])('is not called %j', (id) => {
    expect(() => kept.library.put(id, titled('A'), { by: ANNA })).toThrow(GraphIdError);
    expect(() => kept.library.get(id)).toThrow(GraphIdError);
  });

  it('keeps as many revisions as are kept, and those that are deployed', () => {
    const { library, store } = kept;
    for (let revision = 0; revision < 3; revision += 1)
      library.put('hands', titled(`${revision}`), { by: ANNA, revision });
    store.database.run(
      "INSERT INTO deployments VALUES ('live', 'hands', 2, '', 'running', '{}', '', '{\"kind\":\"cli\"}', 0)",
    );
    for (let revision = 3; revision < MOST_REVISIONS + 5; revision += 1)
      library.put('hands', titled(`${revision}`), { by: ANNA, revision });
    const kepts = library.history('hands').map(({ revision }) => revision);
    expect(kepts).toHaveLength(MOST_REVISIONS + 1);
    expect([kepts[0], ...kepts.slice(-2)]).toEqual([MOST_REVISIONS + 5, 6, 2]);
  });

  it('keeps as many graphs as are kept; others still change and go', () => {
    const { library, store } = kept;
    library.put('first', titled('A'), { by: ANNA });
    const revisions = new GraphRevisions(store.database);
    const of = { action: 'put', text: text('A'), savedAt: new Date(0).toISOString(), savedBy: ANNA } as const;
    store.transaction(() => {
      for (let graph = 1; graph < MOST_GRAPHS; graph += 1) revisions.add(`g${graph}`, of, { sha256: '' });
    });
    expect(() => library.put('another', titled('A'), { by: ANNA })).toThrow(TooManyGraphsError);
    expect(library.put('first', titled('B'), { by: ANNA, revision: 1 }).revision).toBe(2);
    library.delete('first', { by: ANNA, revision: 2 });
    expect(library.put('another', titled('A'), { by: ANNA }).revision).toBe(1);
  });

  it('keeps the history of as many deleted graphs as are kept, and of others that they were there', () => {
    const { library, store } = kept;
    const revisions = new GraphRevisions(store.database);
    const of = { savedBy: ANNA, savedAt: new Date(0).toISOString() } as const;
    store.transaction(() => {
      for (const graph of ['oldest', 'old']) {
        revisions.add(graph, { ...of, action: 'put', text: text('A') }, { sha256: '' });
        revisions.add(graph, { ...of, action: 'delete' }, { sha256: '' });
      }
    });
    store.transaction(() => {
      for (let graph = 0; graph < MOST_DELETED - 1; graph += 1)
        revisions.add(`g${graph}`, { ...of, action: 'delete', savedAt: new Date(1).toISOString() }, { sha256: '' });
    });
    const kepts = ['oldest', 'old'].map((graph) => library.history(graph).length);
    expect(new Set(kepts)).toEqual(new Set([1, 2]));
    const [gone = ''] = ['oldest', 'old'].filter((graph) => library.history(graph).length === 1);
    expect(library.put(gone, titled('A'), { by: ANNA }).revision).toBe(3);
  });
});

describe('A file that somebody', () => {
  it('put there is a graph', () => {
    mkdirSync(kept.folder);
    writeFileSync(kept.file('hands'), JSON.stringify(titled('A')));
    writeFileSync(path.join(kept.folder, 'README.md'), 'not a graph');
    writeFileSync(path.join(kept.folder, 'Upper.kinegraph.json'), text('A'));
    expect(kept.library.list()).toMatchObject([{ id: 'hands', revision: 1, savedBy: { kind: 'file' } }]);
    expect(events()).toEqual(['file putGraph graphs/hands 1']);
  });

  it('edits is a revision, against which writers are held', () => {
    const { library } = kept;
    library.put('hands', titled('A'), { by: ANNA });
    writeFileSync(kept.file('hands'), text('B'));
    expect(() => library.put('hands', titled('C'), { by: ANNA, revision: 1 })).toThrow(
      'was saved by hand, in its file',
    );
    expect(library.get('hands')).toMatchObject({ revision: 2, title: 'B', savedBy: { kind: 'file' } });
    expect(library.put('hands', titled('C'), { by: ANNA, revision: 2 }).revision).toBe(3);
    expect(fileText('hands')).toBe(text('C'));
  });

  it('edits within the same moment, to the same length, is seen', () => {
    const { library } = kept;
    library.put('hands', titled('A'), { by: ANNA });
    for (const title of ['B', 'C', 'D']) {
      library.get('hands');
      writeFileSync(kept.file('hands'), text(title));
      expect(library.get('hands').title).toBe(title);
    }
  });

  it('only writes in another way is the same revision, and stays as it was written', () => {
    const { library } = kept;
    library.put('hands', titled('A'), { by: ANNA });
    writeFileSync(kept.file('hands'), JSON.stringify(titled('A')));
    expect(library.get('hands')).toMatchObject({ revision: 1, text: text('A') });
    expect(fileText('hands')).toBe(JSON.stringify(titled('A')));
    expect(library.put('hands', titled('B'), { by: ANNA, revision: 1 }).revision).toBe(2);
  });

  it('breaks is told as a problem, the graph stays, and a writer moves the file aside', () => {
    const { library } = kept;
    library.put('hands', titled('A'), { by: ANNA });
    writeFileSync(kept.file('hands'), '{ "kinegraph": 1, ');
    expect(library.get('hands')).toMatchObject({
      revision: 1,
      title: 'A',
      problems: [{ code: 'GRAPH_NOT_JSON', line: 1 }],
    });
    expect(library.list()).toMatchObject([{ id: 'hands', problems: [{ code: 'GRAPH_NOT_JSON' }] }]);
    expect(library.put('hands', titled('A'), { by: ANNA, revision: 1 })).toMatchObject({ revision: 2, changed: true });
    expect(fileText('hands')).toBe(text('A'));
    expect(readFileSync(`${kept.file('hands')}.unreadable`, 'utf8')).toBe('{ "kinegraph": 1, ');
    writeFileSync(kept.file('hands'), '[]');
    library.put('hands', titled('B'), { by: ANNA, revision: 2 });
    expect(readFileSync(`${kept.file('hands')}.unreadable-2`, 'utf8')).toBe('[]');
    expect(library.list()).toMatchObject([{ id: 'hands', revision: 3, problems: [] }]);
  });

  it('never could be read is listed with its faults, and made a graph by whoever saves one', () => {
    mkdirSync(path.join(kept.folder, 'folder.kinegraph.json'), { recursive: true });
    writeFileSync(kept.file('broken'), '{');
    symlinkSync('/etc/passwd', kept.file('link'));
    const { library } = kept;
    expect(library.list().map(({ id, revision, problems }) => [id, revision, problems.length])).toEqual([
      ['broken', 0, 1],
      ['folder', 0, 1],
      ['link', 0, 1],
    ]);
    expect(() => library.get('link')).toThrow('it is no plain file');
    for (const id of ['broken', 'folder', 'link']) expect(library.put(id, titled(id), { by: ANNA }).revision).toBe(1);
    expect(library.list().map(({ revision }) => revision)).toEqual([1, 1, 1]);
    expect(readFileSync('/etc/passwd', 'utf8')).not.toContain('kinegraph');
  });

  it('deletes is a graph that was deleted; it can be had back', () => {
    const { library } = kept;
    library.put('hands', titled('A'), { by: ANNA });
    rmSync(kept.file('hands'));
    expect(library.list()).toEqual([]);
    expect(library.history('hands')[0]).toMatchObject({ action: 'delete', revision: 2, savedBy: { kind: 'file' } });
    library.restore('hands', 1, { by: ANNA, revision: 2 });
    expect(fileText('hands')).toBe(text('A'));
  });

  it('takes away with the whole folder is written again: that is how a disk looks that is not mounted', () => {
    const { library } = kept;
    for (const id of ['a', 'b']) library.put(id, titled(id), { by: ANNA });
    rmSync(kept.folder, { recursive: true });
    expect(library.get('a').revision).toBe(1);
    kept.restart();
    rmSync(kept.folder, { recursive: true });
    expect(kept.library.list().map(({ id, revision }) => [id, revision])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    expect(readdirSync(kept.folder)).toHaveLength(2);
  });
});

describe('After a crash', () => {
  /** As if the server had been killed between the transaction and the renaming. */
  function cutShort(id: string, revision: number): void {
    kept.library.put(id, titled('kept'), { by: ANNA, revision });
    kept.restart();
  }

  it('what was promised is brought into the file, and leftovers are cleared', () => {
    kept.library.put('hands', titled('old'), { by: ANNA });
    const before = fileText('hands');
    cutShort('hands', 1);
    writeFileSync(kept.file('hands'), before);
    unsettle('hands', before);
    writeFileSync(`${kept.file('hands')}.0123456789ab.tmp`, 'half of a te');
    expect(kept.library.get('hands')).toMatchObject({ revision: 2, title: 'kept' });
    expect(fileText('hands')).toBe(text('kept'));
    expect(readdirSync(kept.folder)).toEqual(['hands.kinegraph.json']);
  });

  it('what was edited by hand before the server came up again is kept, too', () => {
    kept.library.put('hands', titled('old'), { by: ANNA });
    const before = fileText('hands');
    cutShort('hands', 1);
    unsettle('hands', before);
    writeFileSync(kept.file('hands'), text('by hand'));
    expect(kept.library.get('hands')).toMatchObject({ revision: 3, title: 'by hand' });
    expect(kept.library.revision('hands', 2).title).toBe('kept');
  });

  /** The state that a kill leaves; the row is what the first transaction wrote. */
  function unsettle(id: string, before: string): void {
    const { store } = kept;
    const [row] = store.database.all(Sha, 'SELECT file_sha256 AS sha256 FROM graphs WHERE id = ?', id);
    expect(row).not.toBe(sha256Of(before));
    store.database.run('UPDATE graphs SET pending = 1, file_sha256 = ? WHERE id = ?', sha256Of(before), id);
    kept.restart();
  }
});

describe('Where the store cannot be had', () => {
  it('each who needs it is told why, until it can', () => {
    writeFileSync(path.join(kept.workspace, '.kinegraph'), 'a file in its place');
    expect(() => kept.library.list()).toThrow(StoreUnavailableError);
    expect(() => kept.library.put('hands', titled('A'), { by: ANNA })).toThrow(
      `The server cannot keep its state in ${path.join(kept.workspace, '.kinegraph')}`,
    );
    renameSync(path.join(kept.workspace, '.kinegraph'), path.join(kept.workspace, 'aside'));
    expect(kept.library.list()).toEqual([]);
  });
});

const reason = noSmallDisk();
describe.skipIf(reason !== undefined)(`On a full disk${reason === undefined ? '' : ` (left out: ${reason})`}`, () => {
  it('nothing changes, what there is can be read, and saves go on once there is room', () => {
    using disk = new SmallDisk(1_000_000);
    const full = new KeptGraphs(disk.path);
    const big = (title: string) => titled(title, { note: 'n'.repeat(40_000) });
    let revision = 0;
    const save = (): void => {
      for (;;) revision = full.library.put('hands', big(`${revision + 1}`), { by: ANNA, revision }).revision;
    };
    expect(save).toThrow(StorageFullError);
    expect(revision).toBeGreaterThan(2);
    expect(save).toThrow(StorageFullError);
    expect(full.library.get('hands')).toMatchObject({ revision, title: `${revision}` });
    expect(readdirSync(full.folder)).toEqual(['hands.kinegraph.json']);
    expect(readFileSync(full.file('hands'), 'utf8')).toBe(formatGraph(big(`${revision}`)));
    expect(full.audit.list({ limit: 100 })).toHaveLength(revision);
    disk.grow(8_000_000);
    full.restart();
    expect(full.library.get('hands')).toMatchObject({ revision, title: `${revision}` });
    expect(full.library.put('hands', big('after'), { by: ANNA, revision }).revision).toBe(revision + 1);
    full[Symbol.dispose]();
  });
});
