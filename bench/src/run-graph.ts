import {
  createRun,
  parseGraph,
  resolveGraph,
  type CreateRunOptions,
  type GraphNode,
  type PluginSource,
  type ResultCallback,
  type RunOutcome,
} from '@kinegraph/core';
import { createNodeHost } from '@kinegraph/core/node';

export interface GraphToRun {
  readonly nodes: Readonly<Record<string, GraphNode>>;
  readonly wires: readonly (readonly [string, string])[];
  readonly plugins: readonly PluginSource[];
  readonly callbacks?: Readonly<Record<string, ResultCallback>>;
  /** Stops the run after this long; left out: when its sources end. */
  readonly durationMs?: number;
  /** As for `createRun`. */
  readonly timings?: CreateRunOptions['timings'];
  readonly trace?: CreateRunOptions['trace'];
}

/** Runs a graph to its end. @throws what failed */
export async function runGraph(graph: GraphToRun): Promise<RunOutcome> {
  await using platform = createNodeHost();
  for (const plugin of graph.plugins) {
    const { problems } = platform.host.add(plugin);
    const [problem] = problems;
    if (problem !== undefined) throw new Error(problem.message);
  }
  const { document, problems } = parseGraph({ kinegraph: 1, nodes: graph.nodes, wires: graph.wires });
  if (document === undefined) throw new Error(problems[0]?.message);
  const run = createRun({
    graph: resolveGraph(document, platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: process.cwd(),
    ...(graph.callbacks === undefined ? {} : { callbacks: graph.callbacks }),
    ...(graph.timings === undefined ? {} : { timings: graph.timings }),
    ...(graph.trace === undefined ? {} : { trace: graph.trace }),
  });
  await run.start();
  const timer = graph.durationMs === undefined ? undefined : setTimeout(() => void run.stop('drop'), graph.durationMs);
  const outcome = await run.finished;
  clearTimeout(timer);
  if (outcome.error !== undefined) throw outcome.error;
  return outcome;
}
