// A program that saves graphs for as long as it lives, and says of each save that it was promised. It is there to be killed.
import { writeSync } from 'node:fs';
import { KeptGraphs, titled } from './kept-graphs.js';
import type { Promised } from './store-promises.js';

const kept = new KeptGraphs(process.argv[2]);
const by = { kind: 'server' } as const;
const promise = (promised: Promised): void => void writeSync(1, `${JSON.stringify(promised)}\n`);

const { library } = kept;
const newest = (id: string): number => (hasHistory(id) ? (library.history(id)[0]?.revision ?? 0) : 0);
const ids = ['a', 'b', 'c'];
const revisions = new Map(ids.map((id) => [id, newest(id)]));
for (let turn = Math.trunc(Math.random() * 100); ; turn += 1) {
  const id = ids[turn % ids.length] ?? 'a';
  const revision = revisions.get(id) ?? 0;
  const isThere = library.list().some((graph) => graph.id === id);
  const change = { revision, by };
  if (isThere && turn % 7 === 0) {
    const saved = library.delete(id, change);
    revisions.set(id, saved.revision);
    promise({ id, revision: saved.revision });
  } else {
    const title = `${id} ${revision + 1}`;
    // Now small, now larger than a page of the database and a block of the disk.
    const saved = library.put(id, titled(title, { note: 'n'.repeat((turn % 5) * 9000) }), change);
    revisions.set(id, saved.revision);
    promise({ id, revision: saved.revision, title });
  }
  kept.audit.record({ action: 'test.turn', target: `turns/${turn}`, outcome: 'ok', by });
}

function hasHistory(id: string): boolean {
  try {
    return library.history(id).length > 0;
  } catch {
    return false;
  }
}
