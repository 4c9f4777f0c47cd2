import { diffGraphs } from '@kinegraph/core';
import type { GraphDocument } from '@kinegraph/core';
import type { FiguresMessage } from '@kinegraph/core/protocol';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { useCatalog } from '../api/catalog-store.js';
import { answered, server } from '../api/server.js';
import type { RunSummary } from '../api/server.js';
import { FiguresFeed } from './figures-feed.js';
import { isLiveOnly } from './live-only.js';
import { LiveValues, withValue } from './live-values.js';
import type { LiveValue } from './live-values.js';
import { OwnChanges } from './own-changes.js';
import { sameTroubles, troublesOf } from './node-troubles.js';
import type { NodeTrouble } from './node-troubles.js';

/** While nothing runs it is looked for this often: somebody else, or the command line, may start it. */
const LOOK_EVERY_MS = 4000;

/** What came of a value that a running node was given. */
export interface AppliedValue extends LiveValue {
  /** False: the node was restarted with it. */
  readonly live: boolean;
}

/** Told of figures; undefined: there are none any more. */
export type FiguresWatcher = (figures: FiguresMessage | undefined) => void;

/**
 * The run of the graph that is open: its id is the graph's. Figures go past Vue: who shows them asks by `watch`, and they are
 * only taken while somebody does and the page can be seen.
 */
export const useRunSession = defineStore('run-session', () => {
  const library = useCatalog();
  const id = ref<string>();
  const summary = shallowRef<RunSummary>();
  /** The graph as it runs, every live change in it. */
  const graph = shallowRef<GraphDocument>();
  /** Why the graph does not run, or has ended. */
  const error = shallowRef<{ readonly code: string; readonly message: string }>();
  /** What the server runs after it was started again. */
  const deployed = shallowRef<{ readonly revision: number; readonly graph: GraphDocument }>();
  /** Nodes that something is wrong with now, by name. */
  const troubles = shallowRef<ReadonlyMap<string, NodeTrouble>>(new Map());
  const applied = shallowRef<AppliedValue>();

  const watchers = new Set<FiguresWatcher>();
  let feed: FiguresFeed | undefined;
  let latest: FiguresMessage | undefined;
  let looking: ReturnType<typeof setTimeout> | undefined;

  const isRunning = computed(() => summary.value !== undefined && summary.value.result === undefined);
  const isPaused = computed(() => isRunning.value && summary.value?.paused === true);
  /** What runs is neither deployed nor would be there after a restart of the server; live values apart. */
  const isTrial = computed(() => {
    if (!isRunning.value || graph.value === undefined) return false;
    if (deployed.value === undefined) return true;
    const diff = diffGraphs(deployed.value.graph, graph.value, library.catalog);
    return !diff.isEmpty && !isLiveOnly(diff);
  });

  /** Follows the run of a graph, or none. @throws ApiFailure */
  async function follow(of: string | undefined): Promise<void> {
    if (id.value !== of) {
      id.value = of;
      forget();
      deployed.value = undefined;
      error.value = undefined;
      applied.value = undefined;
      own.forget();
      values.clear();
    }
    if (of !== undefined) await refresh();
  }

  /** Reads what runs. @throws ApiFailure */
  async function refresh(): Promise<void> {
    clearTimeout(looking);
    const of = id.value;
    if (of === undefined) return;
    try {
      await library.load();
      const { runs, refused } = await answered(server.GET('/api/v1/runs'));
      const known = runs.find((run) => run.id === of);
      const whole =
        known === undefined
          ? undefined
          : await answered(server.GET('/api/v1/runs/{run}', { params: { path: { run: of } } }));
      await readDeployed(of);
      if (id.value !== of) return;
      error.value = whole?.error ?? refused.find((one) => one.id === of)?.error;
      if (whole === undefined || whole.result !== undefined) forget(whole);
      else {
        summary.value = whole;
        graph.value = whole.graph as GraphDocument;
      }
      connect();
    } finally {
      if (id.value === of && !isRunning.value) lookLater();
    }
  }

  async function readDeployed(of: string): Promise<void> {
    const { graphs } = await answered(server.GET('/api/v1/graphs'));
    const revision = graphs.find((one) => one.id === of)?.deployed;
    if (id.value !== of || revision === deployed.value?.revision) return;
    if (revision === undefined) deployed.value = undefined;
    else {
      const path = { graph: of, revision };
      const kept = await answered(server.GET('/api/v1/graphs/{graph}/revisions/{revision}', { params: { path } }));
      if (id.value === of) deployed.value = { revision, graph: kept.graph as GraphDocument };
    }
  }

  /** Nothing runs. @param ended - what has. */
  function forget(ended?: RunSummary): void {
    summary.value = ended;
    graph.value = undefined;
    latest = undefined;
    feed?.[Symbol.dispose]();
    feed = undefined;
    if (troubles.value.size > 0) troubles.value = new Map();
    for (const tell of watchers) tell(undefined);
  }

  /** It may be away for a moment only, or be started by somebody else: nobody needs to be told that it was not reached. */
  function lookLater(): void {
    clearTimeout(looking);
    looking = setTimeout(() => {
      if (document.visibilityState === 'hidden') lookLater();
      else refresh().catch(() => {});
    }, LOOK_EVERY_MS);
  }

  function connect(): void {
    const run = id.value;
    const isWanted = run !== undefined && isRunning.value && watchers.size > 0;
    if (!isWanted) {
      feed?.[Symbol.dispose]();
      feed = undefined;
    } else feed ??= new FiguresFeed(run, { onFigures: take, onEnd: onRunEnd });
  }

  const own = new OwnChanges();
  function take(figures: FiguresMessage): void {
    if (figures.run !== id.value) return;
    const hasChanged = own.hasOthers(figures.changes);
    latest = figures;
    const now = troublesOf(figures);
    if (!sameTroubles(now, troubles.value)) troubles.value = now;
    if (summary.value !== undefined && summary.value.paused !== figures.paused)
      summary.value = { ...summary.value, paused: figures.paused };
    for (const tell of watchers) tell(figures);
    if (hasChanged) refresh().catch(() => {}); // the next figures tell again
  }

  function onRunEnd(): void {
    feed = undefined;
    own.forget();
    refresh().catch(() => lookLater());
  }

  const values = new LiveValues(async (value) => {
    const run = id.value;
    if (run === undefined || !isRunning.value) return;
    const { node, key } = value;
    const body = { key, ...(value.value === undefined ? {} : { value: value.value }) };
    const { live } = await own.sent(() =>
      answered(server.PATCH('/api/v1/runs/{run}/nodes/{node}/config', { params: { path: { run, node } }, body })),
    );
    if (id.value !== run) return;
    if (graph.value !== undefined) graph.value = withValue(graph.value, value);
    applied.value = { ...value, live };
  });

  /** @throws what is thrown while nothing is open */
  function opened(): string {
    if (id.value === undefined) throw new Error('No graph is open.');
    return id.value;
  }

  async function stop(): Promise<void> {
    const run = opened();
    await answered(server.DELETE('/api/v1/runs/{run}', { params: { path: { run } } }));
    await refresh();
  }

  /** Of a graph that is not deployed nothing may run when it is to be. @throws ApiFailure */
  async function makeWay(): Promise<void> {
    if (isRunning.value && deployed.value === undefined) await stop();
  }

  return {
    ...{ id, summary, graph, error, deployed, troubles, applied },
    ...{ isRunning, isPaused, isTrial, follow, refresh, stop, makeWay },
    /** The newest figures; undefined while nobody watches, or nothing runs. Not reactive. */
    latest: (): FiguresMessage | undefined => latest,
    /** Tells of figures from now on, until the answer is disposed of. */
    watch(tell: FiguresWatcher): Disposable {
      watchers.add(tell);
      if (latest !== undefined) tell(latest);
      connect();
      return {
        [Symbol.dispose]: () => {
          watchers.delete(tell);
          if (watchers.size > 0) return;
          latest = undefined;
          connect();
        },
      };
    },
    /**
     * Gives a node of the run another value; of values that come faster than they can be sent, the newest. `applied` tells what
     * came of it. @throws ApiFailure
     */
    async apply(node: string, key: string, value: unknown): Promise<void> {
      await values.put({ node, key, value });
    },
    /** Runs a draft without saving it. @throws ApiFailure */
    async tryDraft(draft: GraphDocument): Promise<void> {
      const run = opened();
      if (isRunning.value)
        await answered(server.PUT('/api/v1/runs/{run}/graph', { params: { path: { run } }, body: { graph: draft } }));
      else await answered(server.POST('/api/v1/runs', { body: { graph: draft, id: run, exact: false } }));
      await refresh();
    },
    /** Back to what is deployed; where nothing is, the run ends. @throws ApiFailure */
    async backToDeployed(): Promise<void> {
      const to = deployed.value;
      if (to === undefined) {
        await stop();
        return;
      }
      const { revision } = to;
      await answered(
        server.POST('/api/v1/graphs/{graph}/deploy', { params: { path: { graph: opened() } }, body: { revision } }),
      );
      await refresh();
    },
    async pause(): Promise<void> {
      summary.value = await answered(server.POST('/api/v1/runs/{run}/pause', { params: { path: { run: opened() } } }));
    },
    async resume(): Promise<void> {
      summary.value = await answered(server.POST('/api/v1/runs/{run}/resume', { params: { path: { run: opened() } } }));
    },
  };
});
