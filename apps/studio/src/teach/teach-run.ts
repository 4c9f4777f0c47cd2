import { ApiFailure, answered, server } from '../api/server.js';
import { teachGraph } from './teach-graph.js';

/** The run that is taught with one's own camera. */
const idOf = (set: string): string => `teach-${set}`.toLowerCase().replaceAll('_', '-').slice(0, 64);

/**
 * Starts the run that finds the hands of one's own camera, or takes the one that is there.
 * @returns its id
 * @throws ApiFailure
 */
export async function startTeachRun(set: string, model: string | undefined): Promise<string> {
  const run = idOf(set);
  try {
    await answered(server.POST('/api/v1/runs', { body: { graph: teachGraph(model), id: run } }));
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.status !== 409) throw error;
    await showModel(run, model);
  }
  return run;
}

/** Has that run name signs by a model; the camera goes on. @throws ApiFailure */
export async function showModel(run: string, model: string | undefined): Promise<void> {
  const params = { path: { run } };
  await answered(server.PUT('/api/v1/runs/{run}/graph', { params, body: { graph: teachGraph(model) } }));
}

/** Ends it: nobody looks any more. */
export async function stopTeachRun(run: string): Promise<void> {
  await answered(server.DELETE('/api/v1/runs/{run}', { params: { path: { run } } }));
}
