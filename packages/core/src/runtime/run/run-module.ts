import { ContainerModule } from 'inversify';
import { CallbackRegistry, EncodedFrameCache, PathResolver } from '../../kinds/index.js';
import type { ResultCallback } from '../../kinds/index.js';

/** What differs from run to run. */
export interface RunServices {
  readonly paths: PathResolver;
  /** Functions for `core.sink.callback` nodes, by node name. */
  readonly callbacks: Readonly<Record<string, ResultCallback>>;
  /** Left out: the platform's, where it has one. */
  readonly previews?: EncodedFrameCache;
}

/** The services of one run, below the container of each plugin that takes part. */
export function runModule({ paths, callbacks, previews }: RunServices): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(PathResolver).toConstantValue(paths);
    if (previews !== undefined) bind(EncodedFrameCache).toConstantValue(previews);
    bind(CallbackRegistry).toConstantValue({
      get: (name) => (Object.hasOwn(callbacks, name) ? callbacks[name] : undefined), // what every object has is no callback
    });
  });
}
