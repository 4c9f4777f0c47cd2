import { Logger, errorMessage, toErrorRecord } from '@kinegraph/core';
import type { AppliedGraph, GraphDocument } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { GraphLibrary } from '../graphs/index.js';
import { withValue } from '../runs/live-run.js';
import type { LiveRun } from '../runs/live-run.js';
import { RunService } from '../runs/run-service.js';
import { ServerFolders } from '../serve/server-folders.js';
import { DeploymentStore, Store, WallClock } from '../store/index.js';
import type { Author, Deployment } from '../store/index.js';
import { DeploymentClashError, DeploymentHeldError } from './deployment-errors.js';

/** What came of deploying. */
export interface Deployed {
  readonly revision: number;
  readonly live: LiveRun;
  /** Where the graph ran already. */
  readonly applied?: AppliedGraph;
}

/** After so many starts in a row that did not end, starting a graph may be what ends the server. */
const MOST_UNFINISHED_STARTS = 3;

/**
 * Graphs of the library that are to run, also after the server was started again, each as the run of its id. What is kept is
 * the deployed revision and what was set and paused since, so that saving a graph never changes what runs.
 */
@injectable()
export class Deployments {
  /** What somebody deployed or stopped since the server was started. */
  readonly #decided = new Set<string>();

  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(GraphLibrary) private readonly graphs: GraphLibrary,
    @inject(ServerFolders) private readonly folders: ServerFolders,
    @inject(DeploymentStore) private readonly store: DeploymentStore,
    @inject(Store) private readonly database: Store,
    @inject(WallClock) private readonly clock: WallClock,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** The deployed revision of each graph. @throws what keeps the store from opening */
  revisions(): ReadonlyMap<string, number> {
    if (!this.database.isThere) return new Map();
    return new Map(this.store.list().map(({ graph, revision }) => [graph, revision]));
  }

  /**
   * Runs a revision of a graph. Where the graph runs already, that run goes over to it.
   * @throws GraphUnknownError, RevisionUnknownError, GraphInvalidError, DeploymentClashError, what keeps the store from writing,
   *   and what `RunService.start` and `apply` throw: what was deployed before then is still
   */
  async deploy(graph: string, revision: number | undefined, by: Author): Promise<Deployed> {
    const wanted = revision === undefined ? this.graphs.get(graph) : this.graphs.revision(graph, revision);
    const before = this.store.get(graph);
    const running = this.#running(graph);
    if (running !== undefined && before === undefined) throw new DeploymentClashError({ graph });
    const isPaused = running?.run.paused ?? false;
    const next: Deployment = {
      ...{ run: graph, graph, revision: wanted.revision, text: wanted.text, live: {} },
      state: isPaused ? 'paused' : 'running',
      ...{ at: this.clock.now().toISOString(), by, unfinishedStarts: 1 },
    };
    // Kept before it runs: what cannot be kept is not begun, and a start that ends the server is counted.
    this.store.put(next);
    this.#decided.add(graph);
    try {
      if (running === undefined) {
        const live = await this.#start(wanted.document, graph, false);
        return { revision: wanted.revision, live };
      }
      return { revision: wanted.revision, live: running, applied: await this.runs.apply(graph, wanted.document) };
    } catch (error) {
      this.#decided.delete(graph);
      if (before === undefined) this.store.remove(graph);
      else this.store.put(before);
      throw error;
    } finally {
      this.store.update(graph, { unfinishedStarts: 0 });
    }
  }

  /**
   * Ends a run in order; one that was deployed is that no more.
   * @param mode - as `Run.stop` has it: `drain` lets what is under way reach its sinks.
   * @throws RunUnknownError
   */
  async stop(run: string, mode: 'drain' | 'drop' = 'drain'): Promise<void> {
    this.#decided.add(run);
    const isDeployed = this.#changed(run, () => this.store.remove(run));
    if (isDeployed && this.runs.find(run) === undefined) {
      this.runs.forget(run); // it was refused, or has ended
      return;
    }
    await this.runs.stop(run, mode);
  }

  /** Holds the sources of a run, also after the server was started again. @throws RunUnknownError */
  pause(run: string): LiveRun {
    const live = this.runs.get(run);
    live.run.pause();
    this.#changed(run, () => this.store.update(run, { state: 'paused' }));
    return live;
  }

  /** Lets them go again. @throws RunUnknownError */
  resume(run: string): LiveRun {
    const live = this.runs.get(run);
    live.run.resume();
    this.#changed(run, () => this.store.update(run, { state: 'running' }));
    return live;
  }

  /** Gives a node of a run another value, also after the server was started again. @throws as `LiveRun.set` */
  async set(run: string, node: string, key: string, value: unknown): Promise<boolean> {
    const isLive = await this.runs.get(run).set(node, key, value);
    this.#changed(run, () => {
      const kept = this.store.get(run);
      if (kept === undefined) return false;
      const { [key]: _, ...others } = kept.live[node] ?? {};
      const values = value === undefined ? others : { ...others, [key]: value as string };
      return this.store.update(run, { live: { ...kept.live, [node]: values } });
    });
    return isLive;
  }

  /**
   * Starts what was deployed when the server ended, one after the other. What cannot run is listed with the reason. The server
   * answers already: what somebody deploys or stops meanwhile stays as they have it.
   */
  async startAll(): Promise<void> {
    let kept: readonly Deployment[];
    if (!this.database.isThere) return; // a server that keeps nothing leaves nothing behind
    try {
      kept = this.store.list();
    } catch (error) {
      this.logger.warn(`Nothing is known of deployed graphs: ${errorMessage(error)}`, { error: toErrorRecord(error) });
      return;
    }
    for (const deployment of kept)
      if (deployment.state !== 'stopped' && !this.#decided.has(deployment.run)) await this.#startAgain(deployment);
  }

  async #startAgain({ run, graph, text, live, state, unfinishedStarts }: Deployment): Promise<void> {
    try {
      if (this.#running(run) !== undefined) throw new DeploymentClashError({ graph });
      if (unfinishedStarts >= MOST_UNFINISHED_STARTS)
        throw new DeploymentHeldError({ graph, starts: unfinishedStarts });
      this.store.update(run, { unfinishedStarts: unfinishedStarts + 1 });
      await this.#start(withValues(JSON.parse(text) as GraphDocument, live), run, state === 'paused');
      this.store.update(run, { unfinishedStarts: 0 });
    } catch (error) {
      const isHeld = error instanceof DeploymentHeldError;
      if (!isHeld) this.#changed(run, () => this.store.update(run, { unfinishedStarts: 0 }));
      if (!(error instanceof DeploymentClashError)) this.runs.refuse(run, error);
      this.logger.error(`The deployed graph "${graph}" does not run: ${errorMessage(error)}`, {
        run,
        error: toErrorRecord(error),
      });
    }
  }

  async #start(document: GraphDocument, id: string, paused: boolean): Promise<LiveRun> {
    return await this.runs.start(document, { id, baseFolder: this.folders.workspace, paused });
  }

  #running(id: string): LiveRun | undefined {
    const live = this.runs.find(id);
    return live?.outcome === undefined ? live : undefined;
  }

  /** What people do to a run is done, whether it can be kept or not; where not, the log says so. */
  #changed(run: string, change: () => boolean): boolean {
    if (!this.database.isThere) return false;
    try {
      return change();
    } catch (error) {
      this.logger.warn(`What was done to the run "${run}" cannot be kept for the next start: ${errorMessage(error)}`, {
        run,
        error: toErrorRecord(error),
      });
      return false;
    }
  }
}

function withValues(document: GraphDocument, live: Deployment['live']): GraphDocument {
  let changed = document;
  for (const [node, values] of Object.entries(live))
    for (const [key, value] of Object.entries(values)) changed = withValue(changed, node, key, value);
  return changed;
}
