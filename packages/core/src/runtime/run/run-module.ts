import { ContainerModule } from 'inversify';
import type { Container } from 'inversify';
import { CallbackRegistry, EncodedFrameCache, ModelStore, PathResolver } from '../../kinds/index.js';
import type { ResultCallback } from '../../kinds/index.js';

/** What differs from run to run. */
export interface RunServices {
  readonly paths: PathResolver;
  /** Functions for `core.sink.callback` nodes, by node name. */
  readonly callbacks: Readonly<Record<string, ResultCallback>>;
  /** The platform's, where it has one. */
  readonly models: ModelStore | undefined;
  /** Left out: the platform's, where it has one. */
  readonly previews?: EncodedFrameCache;
}

/** The services of one run, below the container of each plugin that takes part. */
export function runModule({ paths, callbacks, models, previews }: RunServices): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(PathResolver).toConstantValue(paths);
    const ownModels = models?.withPaths?.(paths);
    if (ownModels !== undefined) bind(ModelStore).toConstantValue(ownModels);
    if (previews !== undefined) bind(EncodedFrameCache).toConstantValue(previews);
    bind(CallbackRegistry).toConstantValue({
      get: (name) => (Object.hasOwn(callbacks, name) ? callbacks[name] : undefined), // what every object has is no callback
    });
  });
}

/** The platform's store of models, where it has one. */
export function modelsOf(platform: Container): ModelStore | undefined {
  return platform.isBound(ModelStore) ? platform.get(ModelStore) : undefined;
}
