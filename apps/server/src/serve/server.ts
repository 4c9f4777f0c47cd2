import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { Container } from 'inversify';
import type { ContainerModule } from 'inversify';
import { Clock, Logger, toErrorRecord, withTimeLimit } from '@kinegraph/core';
import type { NodeHost as Host } from '@kinegraph/core/node';
import { LiveSignsRoute } from '../gateways/live-signs/live-signs-route.js';
import { SocketIoGateway } from '../gateways/socket-io/socket-io-gateway.js';
import { readTlsFiles } from '../access/index.js';
import { HttpApp } from '../http/http-app.js';
import { HealthRoutes } from '../http/routes/health-routes.js';
import { IngestRoute } from '../ingest/ingest-route.js';
import { PicturesRoute } from '../pictures/pictures-route.js';
import { ProbeRoute } from '../probes/index.js';
import { ResultsRoute } from '../results/results-route.js';
import { ModelPulls } from '../models/model-pulls.js';
import { NodeHost } from '../runs/node-host.js';
import { RecordingsFolder } from '../recordings/recordings-folder.js';
import { repairRecordings } from '../recordings/repair-recordings.js';
import { RunRecordings } from '../recordings/run-recordings.js';
import { RunService } from '../runs/run-service.js';
import { SocketRouter } from '../sockets/socket-router.js';
import { listenError } from './listen-error.js';
import { BenchmarkPlatform, Benchmarks } from '../benchmarks/benchmarks.js';
import { Deployments } from '../deployments/deployments.js';
import { GraphLibrary } from '../graphs/index.js';
import { storeModule } from '../store/store-module.js';
import { Telemetry, openTelemetry } from '../telemetry/index.js';
import { ServerFolders } from './server-folders.js';
import { SignTrainings } from '../signs/sign-trainings.js';
import {
  gatewaysModule,
  httpModule,
  recordingsModule,
  runsModule,
  signsModule,
  socketsModule,
} from './server-module.js';
import type { ServerConfig } from '../config/index.js';

/** How long runs may take to end before the server leaves them. */
const STOP_RUNS_MS = 3_500;
/** How long clients may take to go before their connections are cut. */
const CLOSE_CONNECTIONS_MS = 1_000;

/** For requests in between, above those connections that are counted by client and refused with a sentence. */
const SPARE_CONNECTIONS = 64;

/** A running server. */
export interface KinegraphServer {
  /** Where it listens, as a page is asked for. */
  readonly url: string;
  readonly runs: RunService;
  readonly graphs: GraphLibrary;
  readonly deployments: Deployments;
  /** Completes what a server that is gone has left of recordings. */
  repairRecordings(): Promise<void>;
  /** What was to run was begun: supervisors are told. */
  ready(): void;
  /** Ends everything in order: clients are told, runs end, connections close. Settles within five seconds. */
  stop(): Promise<void>;
}

/**
 * Starts listening. The platform stays the caller's, who ends it after the server.
 * @param given - bind what every request and connection passes, HttpGate and SocketGate, and the last lines of the log.
 * @param benchmarks - the same plugins and bounds as `platform` has, for a process of its own.
 * @throws TlsFileError; ListenError where the address cannot be had.
 */
export async function startServer(
  options: ServerConfig,
  platform: Host,
  given: readonly ContainerModule[],
  benchmarks: BenchmarkPlatform,
): Promise<KinegraphServer> {
  const container = new Container({ parent: platform.container });
  const clock = platform.container.get(Clock);
  const logger = platform.container.get(Logger);
  const telemetry = await openTelemetry(options.telemetry, { clock, logger, env: process.env });
  container.bind(Telemetry).toConstantValue(telemetry);
  container.bind(NodeHost).toConstantValue(platform);
  container.bind(BenchmarkPlatform).toConstantValue(benchmarks);
  container.bind(ServerFolders).toConstantValue({ workspace: options.workspace });
  container.load(
    storeModule(options),
    runsModule(options),
    socketsModule(options),
    signsModule(options),
    recordingsModule(options),
    httpModule(options),
    gatewaysModule(options),
    ...given,
  );
  const sockets = container.get(SocketRouter);
  sockets.add(container.get(IngestRoute));
  sockets.add(container.get(ResultsRoute));
  sockets.add(container.get(PicturesRoute));
  sockets.add(container.get(ProbeRoute));
  const { app } = container.get(HttpApp);
  const http = options.tls === undefined ? createServer(app) : createTlsServer(readTlsFiles(options.tls), app);
  // Those that ask for nothing count here only; beyond this they are not even answered.
  http.maxConnections = options.limits.connections + SPARE_CONNECTIONS;
  http.on('upgrade', (request, stream, head) => {
    if (sockets.handle(request, stream, head) || socketIo?.takes(request) === true) return;
    sockets.refuseUnknown(request, stream);
  });
  const connections = openConnections(http);
  const { gateways } = options;
  if (gateways.liveSigns.enabled) sockets.add(container.get(LiveSignsRoute));
  const socketIo = gateways.socketIo.enabled ? container.get(SocketIoGateway) : undefined;
  socketIo?.attach(http);
  http.listen({ host: options.host, port: options.port });
  try {
    await once(http, 'listening');
  } catch (cause) {
    throw listenError(cause, options);
  }
  const health = container.get(HealthRoutes);
  const runs = container.get(RunService);
  let stopping: Promise<void> | undefined;
  return {
    url: urlOf(http, options),
    runs,
    graphs: container.get(GraphLibrary),
    deployments: container.get(Deployments),
    repairRecordings: async () => await repairRecordings(container.get(RecordingsFolder).folder, logger),
    ready: () => {
      if (stopping === undefined) health.notReady = undefined;
    },
    stop: async () => {
      stopping ??= stop();
      await stopping;
    },
  };

  async function stop(): Promise<void> {
    health.notReady = 'stopping';
    const closed = once(http, 'close');
    http.close();
    sockets.close();
    socketIo?.close();
    try {
      const ended = Promise.all([
        runs.close().then(async () => await container.get(RunRecordings).close()),
        container.get(SignTrainings).close(),
        container.get(ModelPulls).close(),
        container.get(Benchmarks).close(),
      ]);
      await withTimeLimit(clock, STOP_RUNS_MS, 'Ending the runs', ended);
    } catch (error) {
      logger.warn('Runs did not end in time and are left.', { error: toErrorRecord(error) });
    }
    const told = telemetry.close();
    http.closeIdleConnections();
    const cut = clock.schedule(CLOSE_CONNECTIONS_MS, () => {
      for (const connection of connections) connection.destroy();
    });
    await closed;
    cut[Symbol.dispose]();
    await told;
    await container.unbindAllAsync();
  }
}

/** Also those that have become WebSockets, which the HTTP server does not count any more and yet waits for. */
function openConnections(http: HttpServer): ReadonlySet<Socket> {
  const connections = new Set<Socket>();
  http.on('connection', (connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  return connections;
}

function urlOf(http: HttpServer, { host, tls }: ServerConfig): string {
  const { port } = http.address() as AddressInfo; // it listens on TCP
  const name = host.includes(':') ? `[${host}]` : host;
  return `${tls === undefined ? 'http' : 'https'}://${name}:${port}`;
}
