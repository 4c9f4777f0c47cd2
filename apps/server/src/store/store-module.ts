import { ContainerModule } from 'inversify';
import { AuditLog } from '../audit/audit-log.js';
import type { ServerConfig } from '../config/index.js';
import { GraphLibrary, GraphsOptions } from '../graphs/graph-library.js';
import { BenchmarkStore } from './benchmark-store.js';
import { DeploymentStore } from './deployment-store.js';
import { graphsFolderOf, stateFolderOf } from './state-folder.js';
import { Store, StoreOptions } from './store.js';
import { WallClock } from './wall-clock.js';

/** What the server keeps: graphs, their history, deployments, benchmarks, events. Touches no file until it is used. */
export function storeModule(config: Pick<ServerConfig, 'state' | 'graphs' | 'workspace'>): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(WallClock).toConstantValue({ now: () => new Date() });
    bind(StoreOptions).toConstantValue({ stateFolder: stateFolderOf(config) });
    bind(Store)
      .toSelf()
      .inSingletonScope()
      .onDeactivation((store) => store.close());
    bind(AuditLog).toSelf().inSingletonScope();
    bind(GraphsOptions).toConstantValue({ folder: graphsFolderOf(config) });
    bind(GraphLibrary).toSelf().inSingletonScope();
    bind(DeploymentStore).toSelf().inSingletonScope();
    bind(BenchmarkStore).toSelf().inSingletonScope();
  });
}
