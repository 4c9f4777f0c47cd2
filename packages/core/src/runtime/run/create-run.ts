import { Container } from 'inversify';
import { Clock, KinegraphError, Logger } from '../../base/index.js';
import { portTypesOf, skeletonsAtHand } from '../../graph/index.js';
import type { ResolvedGraph, ResolvedNode } from '../../graph/index.js';
import { EncodedFrameCache, StaticSkeletonCatalog } from '../../kinds/index.js';
import type {
  FrameSource,
  NodeIdentity,
  NodeLifecycle,
  PacketBuffer,
  ResultCallback,
  RunOrigin,
  RunOriginTeller,
} from '../../kinds/index.js';
import { FramePool, FrameTrackerService, FramesUnclosedError } from '../../vision/index.js';
import type { FrameHolder, FrameTracker, Timed } from '../../vision/index.js';
import { wiredInputs } from '../changes/running-graph.js';
import { outputChecks } from '../checks/output-checks.js';
import { anyCheck } from '../checks/port-check.js';
import { NodeFigures } from '../figures/node-figures.js';
import type { Timings } from '../figures/node-figures.js';
import { instantiate } from '../instances/instantiate.js';
import type { NodeServices } from '../instances/instantiate.js';
import { LocalInstance, isAnsweringKind, requireMethod } from '../instances/local-instance.js';
import type { AnsweringKind } from '../instances/local-instance.js';
import { TrackedInstance } from '../instances/tracked-instance.js';
import type { NodeInstance } from '../instances/node-instance.js';
import { NodeWatch, RunObservers } from '../observe/run-observers.js';
import { RunFrameCache } from '../previews/run-frame-cache.js';
import { AnsweringRunner } from '../runners/answering-runner.js';
import { BufferRunner } from '../runners/buffer-runner.js';
import type { NodeRunner, RunnerEvents } from '../runners/node-runner.js';
import { SourceRunner } from '../runners/source-runner.js';
import { RunRecorder } from '../traces/run-recorder.js';
import type { TraceWriter } from '../traces/trace-event.js';
import { NodeHealth } from '../workers/node-health.js';
import { SupervisedInstance } from '../workers/supervised-instance.js';
import { WorkerInstance } from '../workers/worker-instance.js';
import type { Admission } from './admission.js';
import { notExact } from './not-exact.js';
import { DEFAULT_RUN_LIMITS } from './run-limits.js';
import type { RunLimits } from './run-limits.js';
import { Run } from './run.js';
import { modelsOf, runModule } from './run-module.js';
import { PathResolverFactory, WorkerLauncher } from './services.js';
import { runOrigin } from './run-origin.js';
import type { NodeClassProvider } from './services.js';

export interface CreateRunOptions {
  readonly graph: ResolvedGraph;
  /** Where node classes come from. */
  readonly host: NodeClassProvider;
  /** The outermost container: clock, logger, codecs, pools, model store, worker launcher. */
  readonly platform: Container;
  /** Folder that relative paths in configurations refer to: that of the graph document. */
  readonly baseFolder: string;
  /** Functions for `core.sink.callback` nodes, by node name. */
  readonly callbacks?: Readonly<Record<string, ResultCallback>>;
  readonly runId?: string;
  readonly limits?: Partial<RunLimits>;
  /**
   * Which packets are timed. `some` (the default): all up to about a thousand a second at each node, fewer beyond, so that
   * it never costs more than 2 % of throughput. `all`: every one. `none`: packets are counted only.
   */
  readonly timings?: Timings;
  /**
   * Default: `live`. With `lossless` a replay gives the same results each time, but for what `notExact` tells of, and the log.
   * Workers then have ten times as long for a packet.
   */
  readonly admission?: Admission;
  /** Where each step of each packet is recorded from the start to the end, as by `run.record`. Default title: the run's id. */
  readonly trace?: { readonly writer: TraceWriter; readonly title?: string };
}

/** In a lossless run nobody waits for results: a worker that is only slow is not to be replaced, since its packet would be lost. */
const LOSSLESS_PATIENCE = 10;

/** A node that only the main thread can run was declared as `runsIn: "worker"`. */
export class WorkerKindError extends KinegraphError {
  override readonly name = 'WorkerKindError';
  readonly code = 'RUN_WORKER_KIND';
  constructor(override readonly data: { type: string; kind: string }) {
    super(
      `Node type "${data.type}" is a ${data.kind} and cannot run in a worker. Set "runsIn" to "main" in the plugin's manifest.`,
    );
  }
}

/** A run of a valid graph, not yet started. */
export function createRun(options: CreateRunOptions): Run {
  const runId = options.runId ?? crypto.randomUUID();
  const assembly = new RunAssembly(options, runId);
  return new Run({
    runId,
    graph: options.graph,
    catalog: options.host.catalog,
    createRunner: (node, graph, events, signal) => assembly.createRunner(node, graph, events, signal),
    release: () => assembly.release(),
    observers: assembly.observers,
    recorder: assembly.recorder,
    ...(assembly.previews === undefined ? {} : { previews: assembly.previews }),
    clock: assembly.clock,
    logger: assembly.logger,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.admission === undefined ? {} : { admission: options.admission }),
  });
}

type Surroundings = Pick<NodeServices, 'portTypes' | 'skeletons'>;

/** Where one of the instances of a node sits. */
interface InstanceSeat {
  readonly figures: NodeFigures;
  readonly surroundings: Surroundings;
  readonly health: NodeHealth;
  readonly place: number;
  readonly origin: RunOriginTeller;
}

/** Builds the containers and runners of one run. */
class RunAssembly {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly observers: RunObservers;
  readonly recorder: RunRecorder;
  /** Undefined where the platform has none. */
  readonly previews: RunFrameCache | undefined;
  /** In development only. */
  readonly #tracker: FrameTracker | undefined;
  /** The run's containers, one below the container of each plugin that takes part. */
  readonly #containers = new Map<Container, Container>();

  constructor(
    private readonly options: CreateRunOptions,
    private readonly runId: string,
  ) {
    this.clock = options.platform.get(Clock);
    if (options.platform.isBound(FrameTrackerService)) this.#tracker = options.platform.get(FrameTrackerService);
    this.logger = options.platform.get(Logger).child({ run: runId });
    if (this.#isLossless)
      for (const { code, node, message, mend } of notExact(options.graph))
        this.logger.warn(`${message} ${mend ?? ''}`, { code, node });
    this.observers = new RunObservers(this.logger);
    if (options.platform.isBound(EncodedFrameCache)) {
      const previews = new RunFrameCache(options.platform.get(EncodedFrameCache), runId);
      this.previews = previews;
      this.observers.add({ connection: (source, state) => state !== 'live' && previews.forgetSource(source) });
    }
    this.recorder = new RunRecorder(runId, this.clock);
    if (options.trace !== undefined) this.recorder.begin(options.trace.writer, options.trace.title);
  }

  get #isLossless(): boolean {
    return this.options.admission === 'lossless';
  }

  async release(): Promise<void> {
    for (const container of this.#containers.values()) await container.unbindAllAsync();
    this.#containers.clear();
    this.previews?.clear();
    this.recorder.close();
    const frames = this.#tracker?.unclosed(this.runId) ?? [];
    if (frames.length > 0) throw new FramesUnclosedError({ frames });
  }

  async createRunner(
    node: ResolvedNode,
    graph: ResolvedGraph,
    events: RunnerEvents,
    signal: AbortSignal,
  ): Promise<NodeRunner> {
    const { name, descriptor } = node;
    const { kind, type } = descriptor;
    const { timings } = this.options;
    const isSink = kind === 'sink';
    const watch = new NodeWatch(name, isSink, this.observers);
    const figures = new NodeFigures(name, type, isSink, this.clock, timings, watch);
    figures.trace = this.recorder.trace(name);
    const { clock } = this;
    const surroundings = this.#surroundings(node, graph);
    const origin = (): RunOrigin => runOrigin(graph, this.options.host);
    const checks = outputChecks(surroundings.portTypes, kind, new StaticSkeletonCatalog(surroundings.skeletons));
    if (isAnsweringKind(kind)) {
      const createInstances = (config: ResolvedNode['config']): Promise<readonly NodeInstance[]> => {
        const health = new NodeHealth(figures, clock);
        return Promise.all(
          Array.from({ length: node.concurrency }, (_, place) =>
            this.#createInstance({ ...node, config }, kind, { figures, surroundings, health, place, origin }),
          ),
        );
      };
      return new AnsweringRunner({
        name,
        instances: await createInstances(node.config),
        createInstances,
        inputPlan: {
          ports: wiredInputs(node, graph),
          asObject: Object.keys(descriptor.inputs).length > 1,
          sync: node.sync,
        },
        outputPorts: Object.keys(descriptor.outputs),
        checks,
        figures,
        clock,
        signal,
        events,
      });
    }
    if (descriptor.runsIn === 'worker') throw new WorkerKindError({ type, kind });
    const { nodeClass, container } = await this.options.host.nodeClass(type);
    const create = (config: ResolvedNode['config']): NodeLifecycle =>
      instantiate(this.#runContainer(container), nodeClass, {
        ...this.#services(node, figures),
        ...surroundings,
        origin,
        config,
      });
    const outputPort = Object.keys(descriptor.outputs)[0] ?? 'out';
    const check = checks[0] ?? anyCheck;
    if (kind === 'buffer') {
      const createBuffer = (config: ResolvedNode['config']): PacketBuffer => {
        const object = create(config);
        requireMethod(object, type, kind, 'push');
        requireMethod(object, type, kind, 'take');
        return object as PacketBuffer;
      };
      return new BufferRunner({
        name,
        buffer: createBuffer(node.config),
        createBuffer,
        inputPort: Object.keys(descriptor.inputs)[0] ?? 'in',
        outputPort,
        lossless: this.#isLossless,
        check,
        figures,
        clock,
        signal,
        events,
      });
    }
    const object = create(node.config);
    requireMethod(object, type, kind, 'read');
    const source = new SourceRunner({
      name,
      source: object as FrameSource<Timed>,
      outputPort,
      live: descriptor.live,
      check,
      figures,
      clock,
      events,
    });
    const disconnect = this.previews?.connect(name);
    void source.ended.then(() => disconnect?.());
    return source;
  }

  async #createInstance(node: ResolvedNode, kind: AnsweringKind, seat: InstanceSeat): Promise<NodeInstance> {
    const { type, runsIn } = node.descriptor;
    if (runsIn === 'worker') return this.#createSupervised(node, kind, seat);
    const services = { ...this.#services(node, seat.figures), ...seat.surroundings, origin: seat.origin };
    const { nodeClass, container } = await this.options.host.nodeClass(type);
    const instance = new LocalInstance(
      instantiate(this.#runContainer(container), nodeClass, { ...services, config: node.config }),
      type,
      kind,
    );
    return this.#tracker === undefined ? instance : new TrackedInstance(instance, this.#holder(node));
  }

  #createSupervised(
    node: ResolvedNode,
    nodeKind: AnsweringKind,
    { figures, surroundings, health, place }: InstanceSeat,
  ): SupervisedInstance {
    const { host, platform, baseFolder, limits } = this.options;
    const { plugin, configuration } = host.workerPlugin(node.descriptor.type);
    const { identity, logger, metrics } = this.#services(node, figures);
    const { clock } = this;
    const services = { logger, metrics, clock, trace: () => figures.trace?.worker(place) };
    const isNative = node.descriptor.native ?? false;
    const facts = { plugin, pluginConfiguration: configuration, identity, nodeKind, baseFolder, isNative };
    const spec = { ...facts, ...surroundings };
    return new SupervisedInstance({
      node: node.name,
      config: node.config,
      create: (config) => new WorkerInstance(platform.get(WorkerLauncher), { ...spec, config }, services),
      clock,
      logger,
      metrics,
      watchdogMs: (limits?.watchdogMs ?? DEFAULT_RUN_LIMITS.watchdogMs) * (this.#isLossless ? LOSSLESS_PATIENCE : 1),
      openMs: limits?.openMs ?? DEFAULT_RUN_LIMITS.openMs,
      onHealth: health.reporter(),
    });
  }

  /** What a node may know of the graph it is in. */
  #surroundings(node: ResolvedNode, graph: ResolvedGraph): Surroundings {
    return { portTypes: portTypesOf(graph, node), skeletons: skeletonsAtHand(graph, this.options.host.catalog) };
  }

  #services(
    node: ResolvedNode,
    metrics: NodeFigures,
  ): { identity: NodeIdentity; logger: Logger; metrics: NodeFigures; status: NodeFigures; framePool?: FramePool } {
    const { name, descriptor } = node;
    return {
      identity: { name, type: descriptor.type, runId: this.runId },
      logger: this.logger.child({ node: name }),
      metrics,
      status: metrics,
      ...(this.#tracker === undefined
        ? {}
        : { framePool: this.#tracker.pool(this.options.platform.get(FramePool), this.#holder(node)) }),
    };
  }

  #holder({ name }: ResolvedNode): FrameHolder {
    return { runId: this.runId, node: name };
  }

  #runContainer(pluginContainer: Container): Container {
    const existing = this.#containers.get(pluginContainer);
    if (existing !== undefined) return existing;
    const container = new Container({ parent: pluginContainer });
    const { callbacks = {}, baseFolder, platform } = this.options;
    const paths = platform.get(PathResolverFactory)(baseFolder);
    const previews = this.previews;
    const models = modelsOf(platform);
    container.load(runModule({ paths, callbacks, models, ...(previews === undefined ? {} : { previews }) }));
    this.#containers.set(pluginContainer, container);
    return container;
  }
}
