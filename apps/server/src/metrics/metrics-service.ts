import { EncodedFrameCache } from '@kinegraph/core';
import type { EncodedFrameCache as Cache } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { packageVersion } from '../package-version.js';
import { UnchangedPictures } from '../pictures/unchanged-pictures.js';
import type { LiveRun } from '../runs/live-run.js';
import { NodeHost } from '../runs/node-host.js';
import { RunService } from '../runs/run-service.js';
import { SocketRouter } from '../sockets/socket-router.js';
import { BOUNDS_MS } from './histogram-samples.js';
import { MetricsRegistry } from './metrics-registry.js';
import type { Moment, RunMoment } from './moment.js';

/** The metrics of this server. */
@injectable()
export class MetricsService {
  readonly #version = packageVersion();
  #registry: MetricsRegistry | undefined;

  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(NodeHost) private readonly platform: NodeHost,
    @inject(EncodedFrameCache) private readonly previews: Cache,
    @inject(SocketRouter) private readonly sockets: SocketRouter,
    @inject(UnchangedPictures) private readonly unchanged: UnchangedPictures,
  ) {}

  /** Watches the event loop from the first call on, since that costs a little; a server that is not to be measured never does. */
  get registry(): MetricsRegistry {
    this.#registry ??= new MetricsRegistry(() => this.#look());
    return this.#registry;
  }

  #look(): Moment {
    const runs = this.runs.list();
    return {
      runs: runs.filter(({ outcome }) => outcome === undefined).map(momentOf),
      runStates: runs.map(({ run }) => run.state),
      refusedRuns: this.runs.refused.size,
      plugins: this.platform.host.plugins(),
      sockets: this.sockets.size,
      previews: this.previews.counts,
      unchangedPictures: this.unchanged.count,
      version: this.#version,
    };
  }
}

function momentOf({ id, run, clients, received, results }: LiveRun): RunMoment {
  return {
    id,
    snapshot: run.snapshot(BOUNDS_MS),
    clients,
    received: received.totals(),
    published: results.published,
    missed: results.missed,
  };
}
