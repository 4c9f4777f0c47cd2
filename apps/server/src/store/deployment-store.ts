import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { Author } from './author.js';
import { jsonColumn } from './json-column.js';
import { Store } from './store.js';

/** What a deployed run is to do, also after the server starts again. */
export const DeploymentState = z.enum(['running', 'paused', 'stopped']);
export type DeploymentState = z.infer<typeof DeploymentState>;

/** Values that were set while a graph ran: by node, then by key. */
const LiveValues = z.record(z.string(), z.record(z.string(), z.json()));
export type LiveValues = z.infer<typeof LiveValues>;

/** A graph that was deployed: what runs after the server starts again. */
export interface Deployment {
  /** Id of the run. */
  readonly run: string;
  /** Id of the graph. */
  readonly graph: string;
  readonly revision: number;
  /** Canonical text of that revision; kept here, so that it runs whatever becomes of the graph. */
  readonly text: string;
  readonly state: DeploymentState;
  readonly live: LiveValues;
  /** When it was deployed, ISO 8601. */
  readonly at: string;
  readonly by: Author;
  /** Starts in a row that began and did not end well: above a few, starting it may be what ends the server. */
  readonly unfinishedStarts: number;
}

const Row = z
  .object({
    run: z.string(),
    graph: z.string(),
    revision: z.int(),
    text: z.string(),
    state: DeploymentState,
    live: jsonColumn(LiveValues),
    at: z.string(),
    by: jsonColumn(Author),
    unfinished_starts: z.int(),
  })
  .transform(({ unfinished_starts: unfinishedStarts, ...rest }): Deployment => ({ ...rest, unfinishedStarts }));

/** The deployments of this server. */
@injectable()
export class DeploymentStore {
  constructor(@inject(Store) private readonly store: Store) {}

  /** By id of the run. */
  list(): readonly Deployment[] {
    return this.store.database.all(Row, 'SELECT * FROM deployments ORDER BY run');
  }

  get(run: string): Deployment | undefined {
    return this.store.database.first(Row, 'SELECT * FROM deployments WHERE run = ?', run);
  }

  /** Keeps a deployment in place of the one of this run that there may be. @throws StorageFullError */
  put(deployment: Deployment): void {
    const { run, graph, revision, text, state, live, at, by, unfinishedStarts } = deployment;
    this.store.database.run(
      'INSERT OR REPLACE INTO deployments (run, graph, revision, text, state, live, at, by, unfinished_starts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      run,
      graph,
      revision,
      text,
      state,
      JSON.stringify(live),
      at,
      JSON.stringify(by),
      unfinishedStarts,
    );
  }

  /** Changes some of what is kept of a run. @returns false where it is not deployed @throws StorageFullError */
  update(run: string, changes: Partial<Omit<Deployment, 'run'>>): boolean {
    return this.store.transaction(() => {
      const kept = this.get(run);
      if (kept === undefined) return false;
      this.put({ ...kept, ...changes });
      return true;
    });
  }

  /** @returns false where it was not deployed @throws StorageFullError */
  remove(run: string): boolean {
    return this.store.database.run('DELETE FROM deployments WHERE run = ?', run).changes > 0;
  }
}
