import { Container, ContainerModule } from 'inversify';
import type { Newable } from 'inversify';
import { Logger } from '../../base/index.js';
import {
  NodeConfig,
  NodeIdentity,
  NodeMetrics,
  PortTypes,
  RunOriginTeller,
  SinkStatus,
  SkeletonCatalog,
  SourceStatus,
  StaticSkeletonCatalog,
} from '../../kinds/index.js';
import type { NodeClass, NodeLifecycle } from '../../kinds/index.js';
import { FramePool } from '../../vision/index.js';
import type { Skeleton } from '../../vision/index.js';

/** What a node's own container binds, besides the services of run, plugin and platform above it. */
export interface NodeServices {
  readonly identity: NodeIdentity;
  readonly config: unknown;
  readonly logger: Logger;
  readonly metrics: NodeMetrics;
  /** What travels at its ports. */
  readonly portTypes: PortTypes;
  /** Those of its graph, of the core and of all plugins. */
  readonly skeletons: readonly Skeleton[];
  /** What its run is made of; only in the main thread. */
  readonly origin?: RunOriginTeller;
  /** For nodes in the main thread that are connected to elsewhere: sources and sinks. */
  readonly status?: SourceStatus;
  /** Takes the place of the platform's: in development, a pool that knows whose frames are whose. */
  readonly framePool?: FramePool;
}

/** The services of one node. */
export function nodeModule(services: NodeServices): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(NodeIdentity).toConstantValue(services.identity);
    bind(NodeConfig).toConstantValue(services.config);
    bind(Logger).toConstantValue(services.logger);
    bind(NodeMetrics).toConstantValue(services.metrics);
    bind(PortTypes).toConstantValue(services.portTypes);
    bind(SkeletonCatalog).toConstantValue(new StaticSkeletonCatalog(services.skeletons));
    if (services.status !== undefined) {
      bind(SourceStatus).toConstantValue(services.status);
      bind(SinkStatus).toConstantValue(services.status);
    }
    if (services.origin !== undefined) bind(RunOriginTeller).toConstantValue(services.origin);
    if (services.framePool !== undefined) bind(FramePool).toConstantValue(services.framePool);
  });
}

/** Builds a node in a container of its own below `parent`. Throws what its constructor throws. */
export function instantiate(parent: Container, nodeClass: NodeClass, services: NodeServices): NodeLifecycle {
  const container = new Container({ parent });
  container.load(nodeModule(services));
  // A class of any constructor: its parameters are the container's business.
  const newable = nodeClass as unknown as Newable<NodeLifecycle>;
  container.bind(newable).toSelf();
  return container.get(newable);
}
