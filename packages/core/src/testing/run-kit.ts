import { Container } from 'inversify';
import { Clock, Logger, WriterLogger } from '../base/index.js';
import type { LogFields, LogLevel } from '../base/index.js';
import { StaticNodeTypeCatalog, resolveGraph } from '../graph/index.js';
import type {
  GraphDocument,
  JsonSchema,
  NodeTypeCatalog,
  NodeTypeDescriptor,
  ResolvedGraph,
  ResolvedNode,
  ResolvedWire,
} from '../graph/index.js';
import type { NodeClass, NodeKind, ResultCallback } from '../kinds/index.js';
import { PathResolverFactory, WorkerLauncher, createRun } from '../runtime/index.js';
import type {
  Admission,
  NodeClassProvider,
  NodeSnapshot,
  Run,
  RunLimits,
  RunOutcome,
  Timings,
  TraceWriter,
} from '../runtime/index.js';
import { FramePool, FrameTracker, FrameTrackerService, SlotFramePool } from '../vision/index.js';
import { VirtualClock, settle } from './virtual-clock.js';

/** A node of a test's graph: what a manifest and a graph document would say together. */
export interface TestNode {
  readonly kind: NodeKind;
  readonly nodeClass: NodeClass;
  /** Default: none for sources, `in` for all others. */
  readonly inputs?: readonly string[];
  /** Names (of type `any`), or types by name. Default: none for sinks, `out` for all others. */
  readonly outputs?: readonly string[] | Readonly<Record<string, string>>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Default: any object. */
  readonly configSchema?: JsonSchema;
  /** Keys that `reconfigure` takes over. Default: none. */
  readonly liveConfig?: readonly string[];
  readonly live?: boolean;
  readonly concurrency?: number;
  readonly sync?: 'timestamp' | 'latest';
  readonly runsIn?: 'main' | 'worker';
  readonly native?: boolean;
}

export interface TestRunOptions extends TestServices {
  /** By name, producers before their consumers. */
  readonly nodes: Readonly<Record<string, TestNode>>;
  /** Pairs of `node.port`. */
  readonly wires: readonly (readonly [from: string, to: string])[];
}

/** A graph document in place of nodes and wires, and what later documents may need. */
export interface TestDocumentOptions extends TestServices {
  readonly document: GraphDocument;
  /** The node types that documents may name, as `test.<name>`. */
  readonly types: Readonly<Record<string, TestNode>>;
}

/** What test runs have in common. */
export interface TestServices {
  /** Default: a new virtual clock. */
  readonly clock?: VirtualClock;
  readonly limits?: Partial<RunLimits>;
  /** Default: `some`. */
  readonly timings?: Timings;
  /** Default: `live`. */
  readonly admission?: Admission;
  /** Where the run is recorded. Default: nowhere. */
  readonly trace?: TraceWriter;
  readonly callbacks?: Readonly<Record<string, ResultCallback>>;
  /** Needed only for nodes with `runsIn: "worker"`. */
  readonly launcher?: WorkerLauncher;
  /** Further services that nodes ask for. */
  readonly bind?: (platform: Container) => void;
}

/** A line that a run has logged. */
export interface LoggedLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

/** A run of inline nodes on virtual time. */
export interface TestRun {
  /** Of the test's node types. */
  readonly catalog: NodeTypeCatalog;
  readonly run: Run;
  readonly clock: VirtualClock;
  readonly logged: readonly LoggedLine[];
  /** Starts the run where that has not happened, and moves time on until it has ended. @throws Error when it hangs. */
  finish(): Promise<RunOutcome>;
  /** Figures of one node. @throws Error when there is no such node. */
  node(name: string): NodeSnapshot;
}

/** Turns of the event loop without any packet moving after which a run without timers counts as hanging. */
const IDLE_TURNS = 25;

/**
 * Builds a run of inline nodes on virtual time, with a platform that has a clock, a logger and a frame pool. Frames of the
 * pool that nodes do not close are told in the outcome's `shutdownFailures`.
 */
export function createTestRun(options: TestRunOptions | TestDocumentOptions): TestRun {
  const clock = options.clock ?? new VirtualClock();
  const logged: LoggedLine[] = [];
  const platform = new Container();
  platform.bind(Clock).toConstantValue(clock);
  platform
    .bind(Logger)
    .toConstantValue(new WriterLogger((level, message, fields) => void logged.push({ level, message, fields })));
  const tracker = new FrameTracker();
  platform.bind(FrameTrackerService).toConstantValue(tracker);
  platform.bind(FramePool).toConstantValue(tracker.pool(new SlotFramePool()));
  platform.bind(PathResolverFactory).toConstantValue(() => ({ resolve: (path) => path }));
  if (options.launcher !== undefined) platform.bind(WorkerLauncher).toConstantValue(options.launcher);
  options.bind?.(platform);
  const { admission, callbacks, limits, timings, trace } = options;
  const host = toHost('document' in options ? options.types : options.nodes, platform);
  const run = createRun({
    graph: 'document' in options ? resolveGraph(options.document, host.catalog) : toGraph(options),
    host,
    platform,
    baseFolder: '.',
    runId: 'test',
    ...(admission === undefined ? {} : { admission }),
    ...(callbacks === undefined ? {} : { callbacks }),
    ...(limits === undefined ? {} : { limits }),
    ...(timings === undefined ? {} : { timings }),
    ...(trace === undefined ? {} : { trace: { writer: trace } }),
  });
  return {
    run,
    catalog: host.catalog,
    clock,
    logged,
    finish: () => finish(run, clock),
    node(name) {
      const found = run.snapshot().nodes.find((candidate) => candidate.name === name);
      if (found === undefined) throw new Error(`The test's graph has no node "${name}".`);
      return found;
    },
  };
}

async function finish(run: Run, clock: VirtualClock): Promise<RunOutcome> {
  let outcome: RunOutcome | undefined;
  void run.finished.then((settled) => (outcome = settled));
  if (run.state === 'created') void run.start().catch(() => {}); // the outcome tells
  let idleTurns = 0;
  let moved = '';
  for (;;) {
    await settle();
    if (outcome !== undefined) return outcome;
    const now = JSON.stringify(
      run.snapshot().nodes.map((node) => [node.state, node.in, node.out, node.skipped, node.failed]),
    );
    idleTurns = now === moved ? idleTurns + 1 : 0;
    moved = now;
    if (idleTurns < 2) continue; // packets still move at this very time
    const { nextDueMs } = clock;
    if (nextDueMs !== undefined) await clock.advance(nextDueMs - clock.nowMs());
    else if (idleTurns > IDLE_TURNS)
      throw new Error(`The run hangs in state ${run.state}: no timer waits and no packet moves. ${now}`);
  }
}

function toGraph({ nodes, wires }: TestRunOptions): ResolvedGraph {
  return {
    nodes: Object.entries(nodes).map(([name, node]): ResolvedNode => ({
      name,
      descriptor: toDescriptor(name, node),
      config: node.config ?? {},
      concurrency: node.concurrency ?? 1,
      sync: node.sync ?? 'timestamp',
    })),
    wires: wires.map(([from, to]): ResolvedWire => ({
      from: toAddress(from),
      to: toAddress(to),
      type: outputTypes(nodes[toAddress(from).node])[toAddress(from).port] ?? 'any',
    })),
  };
}

function toDescriptor(name: string, node: TestNode): NodeTypeDescriptor {
  const { kind, inputs = kind === 'source' ? [] : ['in'] } = node;
  const ports = (types: Readonly<Record<string, string>>): Record<string, { type: string }> =>
    Object.fromEntries(Object.entries(types).map(([port, type]) => [port, { type }]));
  return {
    type: `test.${name}`,
    typeVersion: 1,
    kind,
    title: name,
    plugin: 'test',
    runsIn: node.runsIn ?? 'main',
    native: node.native ?? false,
    stateless: (node.concurrency ?? 1) > 1,
    live: node.live ?? false,
    inputs: ports(anyTyped(inputs)),
    outputs: ports(outputTypes(node)),
    configSchema: node.configSchema ?? {},
    liveConfig: node.liveConfig ?? [],
  };
}

function outputTypes(node: TestNode | undefined): Readonly<Record<string, string>> {
  const { outputs = node?.kind === 'sink' ? [] : ['out'] } = node ?? {};
  return isNames(outputs) ? anyTyped(outputs) : outputs;
}

function isNames(outputs: NonNullable<TestNode['outputs']>): outputs is readonly string[] {
  return Array.isArray(outputs);
}

function anyTyped(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, 'any']));
}

function toAddress(endpoint: string): { node: string; port: string } {
  const [node = '', port = ''] = endpoint.split('.');
  return { node, port };
}

function toHost(nodes: Readonly<Record<string, TestNode>>, platform: Container): NodeClassProvider {
  const container = new Container({ parent: platform });
  const nodeOfType = (type: string): TestNode => {
    const node = nodes[type.slice('test.'.length)];
    if (node === undefined) throw new Error(`The test's graph has no node type "${type}".`);
    return node;
  };
  return {
    catalog: new StaticNodeTypeCatalog(
      Object.entries(nodes).map(([name, node]) => toDescriptor(name, node)),
      { test: '1.0.0' },
    ),
    nodeClass: (type) => Promise.resolve({ nodeClass: nodeOfType(type).nodeClass, container }),
    workerPlugin: (type) => ({ plugin: type, configuration: {} }),
  };
}
