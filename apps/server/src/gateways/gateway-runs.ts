import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KinegraphError } from '@kinegraph/core';
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

  constructor(@inject(RunService) private readonly runs: RunService) {}

  /**
   * @param gateway - how the client speaks; its name and a number are the run's id.
   * @throws GatewayGraphError, and what `RunService.start` throws
   */
  async start(gateway: ClientKind, graph: string): Promise<GatewayRun> {
    this.#count += 1;
    const id = `${gateway}-${this.#count}`;
    const live = await this.runs.start(await readFile(graph, 'utf8'), { id, baseFolder: dirname(graph) });
    const client = live.clients.enter(gateway);
    const end = async (): Promise<void> => {
      client[Symbol.dispose]();
      if (this.runs.find(id) === live) await this.runs.stop(id, 'drop');
    };
    const source = live.summary().sources.find(({ type }) => type === 'core.source.frames');
    if (source === undefined) {
      await end();
      throw new GatewayGraphError({ graph });
    }
    return { live, node: source.node, end };
  }
}
