import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ContainerModule } from 'inversify';
import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_DONE } from '../cli/exit-codes.js';
import { ServerConfig } from '../config/server-config.js';
import { HttpGate } from '../http/http-app.js';
import { openPlatform } from '../platform.js';
import { startServer } from '../serve/server.js';
import { SocketGate } from '../sockets/socket-router.js';

/** The run that the built-in page shows. */
const FIRST_RUN = 'live';
const DEFAULT_GRAPH = fileURLToPath(new URL('../../graphs/live.kinegraph.json', import.meta.url));

/** Runs graphs live until Ctrl-C or SIGTERM. */
export const serveCommand: Command = {
  name: 'serve',
  summary: 'Start the server: cameras and browsers in, results out.',
  positionals: [],
  options: {
    graph: { type: 'string', value: 'FILE', description: 'The graph to run from the start.' },
    host: { type: 'string', value: 'ADDRESS', description: 'Address to listen on. Default: 127.0.0.1.' },
    port: { type: 'string', value: 'PORT', description: 'Port to listen on. Default: 4242.' },
  },
  async run(call: CommandCall): Promise<number> {
    const config = ServerConfig.parse({
      workspace: process.cwd(),
      ...(call.text('host') === undefined ? {} : { host: call.text('host') }),
      ...(call.text('port') === undefined ? {} : { port: Number(call.text('port')) }),
    });
    await using platform = await openPlatform({
      plugins: call.texts('plugin'),
      debug: call.flag('debug'),
      console: call.console,
      format: 'none',
    });
    const open = new ContainerModule(({ bind }) => {
      bind(HttpGate).toConstantValue({ handlers: [] });
      bind(SocketGate).toConstantValue({ check: () => {} });
    });
    const server = await startServer(config, platform, open);
    const graph = resolve(call.text('graph') ?? DEFAULT_GRAPH);
    await server.runs.start(await readFile(graph, 'utf8'), { id: FIRST_RUN, baseFolder: dirname(graph) });
    call.console.tell(`Kinegraph is at ${server.url}`);
    await interrupted(call.interrupted);
    call.console.tell('Stopping. Press Ctrl-C again to end at once.');
    await server.stop();
    return EXIT_DONE;
  },
};

async function interrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
