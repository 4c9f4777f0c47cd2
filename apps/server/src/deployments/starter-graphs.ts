import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { errorMessage, toErrorRecord } from '@kinegraph/core';
import type { Logger } from '@kinegraph/core';
import { GraphUnknownError } from '../graphs/index.js';
import type { GraphLibrary } from '../graphs/index.js';
import type { Author } from '../store/index.js';
import type { Deployments } from './deployments.js';

/** What keeps and runs starter graphs. */
export interface StarterServices {
  readonly graphs: Pick<GraphLibrary, 'history' | 'put'>;
  readonly deployments: Pick<Deployments, 'deploy'>;
  readonly logger: Logger;
}

const BY_SERVER: Author = { kind: 'server' };

/**
 * Keeps graphs to begin with, and runs them: each once, where this server has never had one of its name. What somebody has
 * changed, stopped or deleted stays so. Relative paths in them refer to the workspace, as in all graphs that are kept.
 */
export async function keepStarters(
  files: readonly string[],
  { graphs, deployments, logger }: StarterServices,
): Promise<void> {
  for (const file of files) {
    const id = graphIdOf(file);
    try {
      if (wasThere(graphs, id)) continue;
      graphs.put(id, await readFile(file, 'utf8'), { revision: 0, by: BY_SERVER });
      await deployments.deploy(id, undefined, BY_SERVER);
      logger.info(`The graph "${id}" is kept to begin with, and runs.`, { graph: id });
    } catch (error) {
      // The server is there all the same.
      logger.error(`The starter graph ${file} does not run: ${errorMessage(error)}`, { error: toErrorRecord(error) });
    }
  }
}

/** `hands` of `examples/starter/hands.kinegraph.json`; of what the id of a graph cannot have a dash is left. */
export function graphIdOf(file: string): string {
  const name = path.basename(file).replace(/(?:\.kinegraph)?\.json$/i, '');
  const id = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 64);
  return id === '' ? 'graph' : id;
}

/** Also one that was deleted. */
function wasThere(graphs: Pick<GraphLibrary, 'history'>, id: string): boolean {
  try {
    return graphs.history(id).length > 0;
  } catch (error) {
    if (error instanceof GraphUnknownError) return false;
    throw error;
  }
}
