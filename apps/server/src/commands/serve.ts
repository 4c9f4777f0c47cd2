import { basename, dirname } from 'node:path';
import { pino } from 'pino';
import { Clock, errorMessage, toErrorRecord } from '@kinegraph/core';
import type { Logger } from '@kinegraph/core';
import { confinementOf, openAccess } from '../access/index.js';
import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_DONE } from '../cli/exit-codes.js';
import { SERVE_OPTIONS, describeConfig, flagValues, loadConfig } from '../config/index.js';
import type { ServerConfig } from '../config/index.js';
import { keepStarters } from '../deployments/starter-graphs.js';
import { readGraphText } from '../graph-file.js';
import { LogTail } from '../logging/log-tail.js';
import { serverLogger } from '../logging/server-logger.js';
import { GraphRefusedError } from '../runs/run-errors.js';
import { openServerPlatform } from '../serve/open-server-platform.js';
import { bundledGraph, selfModule } from '../serve/server-module.js';
import { startServer } from '../serve/server.js';
import type { KinegraphServer } from '../serve/server.js';

/** The run that the built-in page shows. */
const FIRST_RUN = 'live';
const STANDARD_ERROR = 2;
/** After the signal to stop; supervisors wait for ten seconds or more. */
const END_WITHIN_MS = 4_500;

/** Runs graphs live until Ctrl-C or SIGTERM. */
export const serveCommand: Command = {
  name: 'serve',
  summary: 'Start the server: cameras and browsers in, results out.',
  positionals: [],
  options: SERVE_OPTIONS,
  async run(call: CommandCall): Promise<number> {
    const file = call.text('config');
    const loaded = loadConfig({
      workingFolder: process.cwd(),
      env: process.env,
      flags: flagValues(call),
      ...(file === undefined ? {} : { file }),
    });
    for (const warning of loaded.warnings) call.console.tell(warning);
    if (call.flag('print-config')) {
      await call.console.print(JSON.stringify(describeConfig(loaded), null, 2));
      return EXIT_DONE;
    }
    const { config } = loaded;
    const destination = pino.destination({ dest: STANDARD_ERROR, sync: false });
    const logging = formatOf(config, call);
    const tail = new LogTail();
    const logger = serverLogger({ ...logging, destination, tail });
    try {
      const confinement = confinementOf(loaded, process.env);
      await using platform = await openServerPlatform(loaded.plugins, logger, confinement);
      const access = openAccess(config, { clock: platform.container.get(Clock), env: process.env });
      const server = await startServer(config, platform, [access.module, selfModule(tail, describeConfig(loaded))], {
        plugins: loaded.plugins,
        confinement,
        logging,
      });
      await server.repairRecordings();
      await startRun(server, FIRST_RUN, config.graph ?? bundledGraph('live'), logger);
      for (const graph of config.alsoGraphs) await startRun(server, runNameOf(graph), graph, logger);
      await server.deployments.startAll();
      await keepStarters(config.starterGraphs, { graphs: server.graphs, deployments: server.deployments, logger });
      server.ready();
      logger.info(`Kinegraph is at ${server.url}`);
      // For the person who started it, and not for the log: one line holds a token.
      for (const line of access.lines(server.url)) call.console.tell(line);
      await whenFired(call.interrupted);
      logger.info('Stopping. Press Ctrl-C again to end at once.');
      endFor(destination, logger);
      await server.stop();
      return EXIT_DONE;
    } finally {
      destination.flushSync();
    }
  },
};

/** Lines for people on a terminal, else one object a line. */
function formatOf(
  { logging }: ServerConfig,
  call: CommandCall,
): { level: ServerConfig['logging']['level']; format: 'json' | 'text' } {
  const { level, format } = logging;
  const chosen = format === 'auto' ? (call.console.isErrTerminal ? 'text' : 'json') : format;
  return { level: call.flag('debug') ? 'debug' : level, format: chosen };
}

/** A server whose graph cannot run is there all the same, and says why at the graph. */
async function startRun(server: KinegraphServer, id: string, graph: string, logger: Logger): Promise<void> {
  try {
    await server.runs.start(await readGraphText(graph), { id, baseFolder: dirname(graph) });
  } catch (error) {
    const problems = error instanceof GraphRefusedError ? error.data.problems : [];
    server.runs.refuse(id, error);
    logger.error(`The graph ${graph} does not run: ${errorMessage(error)}`, {
      run: id,
      problems,
      error: toErrorRecord(error),
    });
  }
}

/** `signs` of `examples/graphs/signs.kinegraph.json`; of what an id of a run cannot have a dash is left. */
function runNameOf(graph: string): string {
  const name = basename(graph).replace(/(?:\.kinegraph)?\.json$/i, '');
  return (
    name
      .replaceAll(/[^\w-]+/g, '-')
      .replace(/^[-_]+/, '')
      .slice(0, 64) || 'graph'
  );
}

/** What a plugin leaves behind, or never lets go, must not keep the process: a supervisor would kill it. */
function endFor(log: { flushSync(): void }, logger: Logger): void {
  setTimeout(() => {
    logger.warn('Not everything has ended in time; the rest is left.');
    log.flushSync();
    process.exit(EXIT_DONE);
  }, END_WITHIN_MS).unref();
}

async function whenFired(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
