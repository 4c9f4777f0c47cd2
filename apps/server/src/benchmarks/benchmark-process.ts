import { pino } from 'pino';
import {
  PathResolverFactory,
  errorCode,
  errorMessage,
  measureGraph,
  measureInTurn,
  resolveGraph,
} from '@kinegraph/core';
import { serverLogger } from '../logging/server-logger.js';
import { openServerPlatform } from '../serve/open-server-platform.js';
import { GIVE_UP } from './benchmark-task.js';
import type { BenchmarkNews, BenchmarkTask } from './benchmark-task.js';
import { truthBeside } from './truth-beside.js';

/**
 * A process that measures and ends: what the server does besides is not in its figures of processor and memory, and what a
 * graph does to it is not the server's.
 */
const abort = new AbortController();
process.once('disconnect', () => abort.abort()); // the server is gone
process.on('message', (message) => {
  if (message === GIVE_UP) abort.abort();
  else void main(message as BenchmarkTask); // its own server's, and the only one
});
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the server says when to end

async function main(task: BenchmarkTask): Promise<void> {
  try {
    await measure(task);
    if (!abort.signal.aborted) await tell({ kind: 'done' });
  } catch (error) {
    await tell({ kind: 'failed', error: { code: errorCode(error), message: errorMessage(error) } });
  }
  // What a plugin leaves behind must not keep it; the server waits for its end.
  if (process.connected) process.disconnect();
  process.exit();
}

async function measure(task: BenchmarkTask): Promise<void> {
  const { plugins, confinement, documents, baseFolder, durationMs, repeat } = task;
  const logger = serverLogger({ ...task.logging, destination: pino.destination({ dest: 2, sync: true }) });
  await using platform = await openServerPlatform(plugins, logger, confinement);
  const paths = platform.container.get(PathResolverFactory)(baseFolder);
  const subjects = documents.map((document) => resolveGraph(document, platform.host.catalog));
  await measureInTurn(
    [...subjects.keys()],
    repeat,
    async (index, round) => {
      const graph = subjects[index];
      if (graph === undefined) throw new TypeError(`There is no graph ${index}.`);
      await tell({ kind: 'measuring', graph: index, round });
      const truth = await truthBeside(graph, paths);
      const measurement = await measureGraph({
        ...{ graph, host: platform.host, platform: platform.container, baseFolder, durationMs, signal: abort.signal },
        ...(truth === undefined ? {} : { truth }),
      });
      if (!abort.signal.aborted) await tell({ kind: 'measured', graph: index, measurement });
      return measurement;
    },
    abort.signal,
  );
}

/** Settles when it is on its way: the end of the process would cut off what is longer than the system takes at once. */
async function tell(news: BenchmarkNews): Promise<void> {
  await new Promise<void>((done) => {
    if (process.connected && process.send !== undefined) process.send(news, undefined, undefined, () => done());
    else done(); // the server is gone
  });
}
