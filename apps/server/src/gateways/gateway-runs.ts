import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KinegraphError, serviceId } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import type { LiveRun } from '../runs/live-run.js';
import type { ClientKind } from '../runs/run-clients.js';
import { RunService } from '../runs/run-service.js';

/** The graph of a gateway takes no frames from clients. */
export class GatewayGraphError extends KinegraphError {
  override readonly name = 'GatewayGraphError';
  readonly code = 'SERVER_GATEWAY_GRAPH';
  constructor(override readonly data: { graph: string }) {
    super(`The graph ${data.graph} of this gateway has no source "core.source.frames". Add one, and wire it.`);
  }
}

/** Clients of gateways have as many runs as they may. */
export class TooManyGatewayRunsError extends KinegraphError {
  override readonly name = 'TooManyGatewayRunsError';
  readonly code = 'SERVER_TOO_MANY_GATEWAY_RUNS';
  constructor(override readonly data: { most: number }) {
    super(
      `${data.most} clients of gateways have a run already, which is the most there may be ("limits.gatewayRuns"). Connect later.`,
    );
  }
}

/** How many clients of gateways may have a run at once: they need no right to start one, and must not take all there are. */
export interface GatewayLimits {
  readonly gatewayRuns: number;
}
export const GatewayLimits = serviceId<GatewayLimits>('server.GatewayLimits');

/** A run of one client, and where its frames go. */
export interface GatewayRun {
  readonly live: LiveRun;
  readonly node: string;
  /** Ends the run, since its client has gone. */
  end(): Promise<void>;
}

/** Gives every client of a gateway a run of its own: two people in front of two cameras are no one stream. */
@injectable()
export class GatewayRuns {
  #count = 0;
  /** Those that run or start. */
  #running = 0;

  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(GatewayLimits) private readonly limits: GatewayLimits,
  ) {}

  /**
   * @param gateway - how the client speaks; its name and a number are the run's id.
   * @throws TooManyGatewayRunsError, GatewayGraphError, and what `RunService.start` throws
   */
  async start(gateway: ClientKind, graph: string): Promise<GatewayRun> {
    const { gatewayRuns } = this.limits;
    if (this.#running >= gatewayRuns) throw new TooManyGatewayRunsError({ most: gatewayRuns });
    this.#running += 1;
    let isCounted = true;
    const release = (): void => {
      if (isCounted) this.#running -= 1;
      isCounted = false;
    };
    try {
      return await this.#start(gateway, graph, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  async #start(gateway: ClientKind, graph: string, release: () => void): Promise<GatewayRun> {
    this.#count += 1;
    const id = `${gateway}-${this.#count}`;
    const live = await this.runs.start(await readFile(graph, 'utf8'), { id, baseFolder: dirname(graph) });
    const client = live.clients.enter(gateway);
    const end = async (): Promise<void> => {
      client[Symbol.dispose]();
      try {
        if (this.runs.find(id) === live) await this.runs.stop(id, 'drop');
      } finally {
        release();
      }
    };
    const source = live.summary().sources.find(({ takes }) => takes === 'frames');
    if (source === undefined) {
      await end();
      throw new GatewayGraphError({ graph });
    }
    return { live, node: source.node, end };
  }
}
