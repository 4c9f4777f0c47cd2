import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { graphsFolderOf, stateFolderOf } from '../../store/state-folder.js';
import { StoreBrokenError, StoreNewerError, StoreUnavailableError, storeError } from '../../store/store-errors.js';
import type { ServerCheck } from '../check.js';
import { fault, good, sentenceOf, skipped, warning } from '../finding.js';
import type { Finding } from '../finding.js';
import type { StateFound } from '../state-copy.js';

const ANOTHER_FOLDER =
  'Let the user of the server write there, or set state.folder and graphs.folder to other folders.';
const BACK_UP =
  'Stop the server and put a back-up in its place, or move the file away to begin anew; the graphs in their folder are taken up again.';

/** Whether the server can keep its state, and the database is whole. */
export const state: ServerCheck = {
  name: 'state',
  of: 'server',
  limitMs: 60_000,
  async run(server) {
    const { config } = server;
    const folders = [...new Set([stateFolderOf(config), graphsFolderOf(config)])];
    return [...folders.flatMap((folder) => writability(folder)), database(await server.state(), stateFolderOf(config))];
  },
};

/** Tried out, since rights alone do not tell: a file system may be mounted read-only. */
function writability(folder: string): readonly Finding[] {
  let nearest = folder;
  while (!existsSync(nearest) && path.dirname(nearest) !== nearest) nearest = path.dirname(nearest);
  try {
    rmdirSync(mkdtempSync(path.join(nearest, '.kinegraph-doctor-')));
    return [];
  } catch (cause) {
    const error = storeError(cause, folder);
    const reason = error instanceof StoreUnavailableError ? error.data.reason : sentenceOf(error);
    return [fault(sentenceOf(`Nothing can be kept in ${folder}: ${reason}`), ANOTHER_FOLDER)];
  }
}

function database(found: StateFound, folder: string): Finding {
  switch (found.kind) {
    case 'none':
      return good(`There is no database in ${folder} yet.`);
    case 'busy':
      return skipped(`A running server writes the database in ${folder} too often to look into it now.`);
    case 'unusable': {
      const { error } = found;
      if (error instanceof StoreBrokenError)
        return fault(sentenceOf(`The database in ${folder} is broken: ${error.data.reason}`), BACK_UP);
      if (error instanceof StoreNewerError) {
        const { version, newest } = error.data;
        const message = `The database in ${folder} is of version ${version}, and this server knows those up to ${newest}.`;
        return fault(message, `Install a newer Kinegraph, or put kinegraph.v${newest}.db beside it in its place.`);
      }
      const mend = 'Mend what the sentence names, then look again.';
      return warning(`The database in ${folder} could not be looked into: ${sentenceOf(error)}`, mend);
    }
    case 'read': {
      const [first, ...others] = found.faults;
      const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
      if (first !== undefined) return fault(`The database in ${folder} is damaged: ${first}${more}.`, BACK_UP);
      const { length } = found.deployments;
      return good(
        `The database in ${folder} is whole (${found.bytes} bytes, ${length} deployed ${length === 1 ? 'graph' : 'graphs'}).`,
      );
    }
  }
}
