import path from 'node:path';
import { ContainerModule } from 'inversify';
import { fileURLToPath } from 'node:url';
import { GatewayLimits, GatewayRuns } from '../gateways/gateway-runs.js';
import { LiveSignsOptions, LiveSignsRoute } from '../gateways/live-signs/live-signs-route.js';
import { SocketIoGateway, SocketIoOptions } from '../gateways/socket-io/socket-io-gateway.js';
import { ApiRoutes } from '../api/index.js';
import { AuditedWrites } from '../audit/audited-writes.js';
import { RefusedRequests } from '../audit/refused-requests.js';
import { Benchmarks } from '../benchmarks/benchmarks.js';
import { Deployments } from '../deployments/deployments.js';
import { LogTailService } from '../logging/log-tail.js';
import type { LogTail } from '../logging/log-tail.js';
import { ServerSettings, SettingsRoutes } from '../http/routes/settings-routes.js';
import { TokenRoutes } from '../http/routes/token-routes.js';
import { LogRoutes } from '../http/routes/log-routes.js';
import { ApiDocumentRoutes } from '../http/routes/api-document-routes.js';
import { BackupRoutes } from '../http/routes/backup-routes.js';
import { BenchmarkRoutes } from '../http/routes/benchmark-routes.js';
import { ClipFolders, ClipPlaces } from '../clips/clip-folders.js';
import { CatalogRoutes } from '../http/routes/catalog-routes.js';
import { ClipRoutes } from '../http/routes/clip-routes.js';
import { ExampleGraphs } from '../examples/example-graphs.js';
import { ExampleRoutes } from '../http/routes/example-routes.js';
import { GraphRoutes } from '../http/routes/graph-routes.js';
import { HealthRoutes } from '../http/routes/health-routes.js';
import { MetricsOptions, MetricsRoutes } from '../http/routes/metrics-routes.js';
import { ModelRoutes } from '../http/routes/model-routes.js';
import { PageRoutes } from '../http/routes/page-routes.js';
import { PictureRoutes } from '../http/routes/picture-routes.js';
import { RecordingRoutes } from '../http/routes/recording-routes.js';
import { TraceRoutes } from '../http/routes/trace-routes.js';
import { RunRoutes } from '../http/routes/run-routes.js';
import { SignFileRoutes } from '../http/routes/sign-file-routes.js';
import { SignRoutes } from '../http/routes/sign-routes.js';
import { HttpApp, HttpLimits } from '../http/http-app.js';
import { IngestLimits, IngestRoute } from '../ingest/ingest-route.js';
import { SenderClocks } from '../ingest/sender-clocks.js';
import { Senders } from '../ingest/senders.js';
import { ModelPulls } from '../models/model-pulls.js';
import { MetricsService } from '../metrics/metrics-service.js';
import { UnchangedPictures } from '../pictures/unchanged-pictures.js';
import { RecordingsFolder, RecordingsOptions } from '../recordings/recordings-folder.js';
import { RunRecordings } from '../recordings/run-recordings.js';
import { PicturesRoute } from '../pictures/pictures-route.js';
import { ProbeRoute } from '../probes/index.js';
import { ResultLimits, ResultsRoute } from '../results/results-route.js';
import { RunService, RunServiceLimits } from '../runs/run-service.js';
import { SignSets, SignsOptions } from '../signs/sign-sets.js';
import { SignTrainings } from '../signs/sign-trainings.js';
import { SocketLimits, SocketRouter } from '../sockets/socket-router.js';
import type { ServerConfig } from '../config/index.js';

/** Runs and what is shown of them. */
export function runsModule({ limits }: ServerConfig): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(RunServiceLimits).toConstantValue(limits);
    bind(RunService).toSelf().inSingletonScope();
    bind(Deployments).toSelf().inSingletonScope();
  });
}

/** WebSockets: frames in, results out. */
export function socketsModule({ limits }: ServerConfig): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(SocketLimits).toConstantValue(limits);
    bind(SocketRouter).toSelf().inSingletonScope();
    bind(IngestLimits).toConstantValue(limits);
    bind(Senders).toSelf().inSingletonScope();
    bind(SenderClocks).toSelf().inSingletonScope();
    bind(IngestRoute).toSelf().inSingletonScope();
    bind(ResultLimits).toConstantValue(limits);
    bind(ResultsRoute).toSelf().inSingletonScope();
    bind(PicturesRoute).toSelf().inSingletonScope();
    bind(ProbeRoute).toSelf().inSingletonScope();
  });
}

/** What answers HTTP. */
export function httpModule({ limits, media, metrics, workspace }: ServerConfig): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(HttpLimits).toConstantValue(limits);
    bind(UnchangedPictures).toSelf().inSingletonScope();
    bind(MetricsService).toSelf().inSingletonScope();
    bind(MetricsOptions).toConstantValue(metrics);
    bind(ApiRoutes).to(MetricsRoutes).inSingletonScope();
    bind(ApiRoutes).to(TraceRoutes).inSingletonScope();
    bind(AuditedWrites).toSelf().inSingletonScope();
    bind(RefusedRequests).toSelf().inSingletonScope();
    bind(ApiRoutes).to(GraphRoutes).inSingletonScope();
    bind(ModelPulls).toSelf().inSingletonScope();
    bind(ApiRoutes).to(ModelRoutes).inSingletonScope();
    bind(Benchmarks).toSelf().inSingletonScope();
    bind(ApiRoutes).to(BackupRoutes).inSingletonScope();
    bind(ApiRoutes).to(TokenRoutes).inSingletonScope();
    bind(ApiRoutes).to(BenchmarkRoutes).inSingletonScope();
    bind(ApiRoutes).to(RecordingRoutes).inSingletonScope();
    bind(ApiRoutes).to(RunRoutes).inSingletonScope();
    bind(ApiRoutes).to(PictureRoutes).inSingletonScope();
    bind(ApiRoutes).to(CatalogRoutes).inSingletonScope();
    bind(ClipPlaces).toConstantValue({ workspace, folders: media.folders });
    bind(ClipFolders).toSelf().inSingletonScope();
    bind(ApiRoutes).to(ClipRoutes).inSingletonScope();
    bind(ExampleGraphs).toSelf().inSingletonScope();
    bind(ApiRoutes).to(ExampleRoutes).inSingletonScope();
    bind(PageRoutes).toSelf().inSingletonScope();
    bind(ApiRoutes).to(ApiDocumentRoutes).inSingletonScope();
    bind(HealthRoutes).toSelf().inSingletonScope();
    bind(HttpApp).toSelf().inSingletonScope();
  });
}

/** What the server tells of itself: the last lines of its log, and what it was told to do. */
export function selfModule(tail: LogTail, settings: ServerSettings): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(LogTailService).toConstantValue(tail);
    bind(ServerSettings).toConstantValue(settings);
    bind(ApiRoutes).to(SettingsRoutes).inSingletonScope();
    bind(ApiRoutes).to(LogRoutes).inSingletonScope();
  });
}

/** What was recorded of runs. */
export function recordingsModule({ recordings, workspace }: ServerConfig): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(RecordingsOptions).toConstantValue({ folder: recordings.folder ?? path.join(workspace, 'recordings') });
    bind(RecordingsFolder).toSelf().inSingletonScope();
    bind(RunRecordings).toSelf().inSingletonScope();
  });
}

/** Takes of signs, and models that are trained with them. */
export function signsModule({ signs, workspace }: ServerConfig): ContainerModule {
  const folder = signs.folder ?? path.join(workspace, 'signs');
  return new ContainerModule(({ bind }) => {
    bind(SignsOptions).toConstantValue({ folder, workspace, uploadBytes: signs.uploadBytes });
    bind(SignSets).toSelf().inSingletonScope();
    bind(SignTrainings).toSelf().inSingletonScope();
    bind(ApiRoutes).to(SignFileRoutes).inSingletonScope();
    bind(ApiRoutes).to(SignRoutes).inSingletonScope();
  });
}

/** The graphs that come with the server. */
export const bundledGraph = (name: string): string =>
  fileURLToPath(new URL(`../../graphs/${name}.kinegraph.json`, import.meta.url));

/** The published protocols that front ends speak. */
export function gatewaysModule({ gateways, access, limits }: ServerConfig): ContainerModule {
  const { socketIo, liveSigns } = gateways;
  return new ContainerModule(({ bind }) => {
    bind(GatewayLimits).toConstantValue(limits);
    bind(GatewayRuns).toSelf().inSingletonScope();
    const graph = socketIo.graph ?? bundledGraph('live');
    bind(SocketIoOptions).toConstantValue({ path: socketIo.path, graph, allowedOrigins: access.allowedOrigins });
    bind(SocketIoGateway).toSelf().inSingletonScope();
    bind(LiveSignsOptions).toConstantValue({
      path: liveSigns.path,
      graph: liveSigns.graph ?? bundledGraph('live-signs'),
    });
    bind(LiveSignsRoute).toSelf().inSingletonScope();
  });
}
