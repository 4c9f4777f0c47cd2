import { parentPort, workerData } from 'node:worker_threads';
import { Container } from 'inversify';
import { toErrorRecord } from '../base/index.js';
import type { Logger } from '../base/index.js';
import { pluginSourceOf } from '../plugins/index.js';
import type { ResolvedPlugin } from '../plugins/index.js';
import {
  LocalInstance,
  PathResolverFactory,
  WorkerNodeHost,
  instantiate,
  modelsOf,
  runModule,
} from '../runtime/index.js';
import type { MessageEndpoint, NodeInstance, WorkerReport, WorkerRequest } from '../runtime/index.js';
import { FramePool, FrameTrackerService, FramesUnclosedError, SharedArena } from '../vision/index.js';
import type { FrameHolder, FrameTracker } from '../vision/index.js';
import { createNodeHost } from './platform.js';
import type { NodeHost } from './platform.js';
import type { WorkerStart } from './worker-launcher.js';

/** The entry of every worker: one plugin, one node, a container of its own. */
const port = parentPort;
if (port === null) throw new TypeError('This module is the entry of a worker and does nothing elsewhere.');
const { spec, platform, arena: share } = workerData as WorkerStart;
const arena = share === undefined ? undefined : SharedArena.of(share);

const endpoint: MessageEndpoint<WorkerReport, WorkerRequest> = {
  post: (report) => port.postMessage(report),
  onMessage: () => {},
};
port.on('message', (request: WorkerRequest) => endpoint.onMessage(request));

/** How long timers, sockets and files that a node did not close may keep its worker. Below all limits for leaving. */
const LEFT_OPEN_LIMIT_MS = 500;

let nodeHost: NodeHost | undefined;
let nodeLogger: Logger | undefined;
/** In development only. */
let tracker: FrameTracker | undefined;
const holder: FrameHolder = { runId: spec.identity.runId, node: spec.identity.name };

new WorkerNodeHost(endpoint, {
  arena,
  trackFrame: (memory) => tracker?.track(memory, holder) ?? memory,
  async createInstance({ logger, metrics }): Promise<NodeInstance> {
    const plugin = spec.plugin as ResolvedPlugin; // the host on the main thread put it there
    nodeHost = createNodeHost(
      { ...platform, pluginConfiguration: { [plugin.name]: spec.pluginConfiguration } },
      { logger, ...(arena === undefined ? {} : { arena }) },
    );
    nodeLogger = logger;
    if (nodeHost.container.isBound(FrameTrackerService)) tracker = nodeHost.container.get(FrameTrackerService);
    nodeHost.host.add(pluginSourceOf(plugin));
    const { nodeClass, container: pluginContainer } = await nodeHost.host.nodeClass(spec.identity.type);
    const container = new Container({ parent: pluginContainer });
    // Functions of the embedding program stay in its own thread.
    const paths = nodeHost.container.get(PathResolverFactory)(spec.baseFolder);
    container.load(runModule({ paths, callbacks: {}, models: modelsOf(nodeHost.container) }));
    const framePool = tracker?.pool(nodeHost.container.get(FramePool), holder);
    const object = instantiate(container, nodeClass, {
      identity: spec.identity,
      config: spec.config,
      portTypes: spec.portTypes,
      skeletons: spec.skeletons,
      logger,
      metrics,
      ...(framePool === undefined ? {} : { framePool }),
    });
    return new LocalInstance(object, spec.identity.type, spec.nodeKind);
  },
  async leave(): Promise<void> {
    const frames = tracker?.unclosed(holder.runId) ?? [];
    if (frames.length > 0) {
      const error = new FramesUnclosedError({ frames });
      nodeLogger?.warn(error.message, { error: toErrorRecord(error) });
    }
    await nodeHost?.[Symbol.asyncDispose]();
    port.unref(); // nothing else holds the worker, so it ends here, unless the node has left something open
    setTimeout(endHere, LEFT_OPEN_LIMIT_MS).unref();
  },
});

/**
 * Ends this thread alone. A timer calls it, so no native call is under way on it: that is safe where ending it from
 * outside would abort the process.
 */
function endHere(): void {
  const open = process.getActiveResourcesInfo().join(', ');
  const message =
    `The worker was ended ${LEFT_OPEN_LIMIT_MS} ms after the node's close, since something still held it (${open}). ` +
    `Stop timers and close sockets and files in close().`;
  endpoint.post({ kind: 'log', level: 'warn', message, fields: {} });
  process.exit();
}
