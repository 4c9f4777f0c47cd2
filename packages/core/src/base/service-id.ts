import type { ServiceIdentifier } from 'inversify';

/**
 * A typed, global service key. It is a registered symbol, so two copies of a package still agree on it.
 *
 * @param name - `area.Service`, for example `core.Clock`; unique in the whole platform.
 */
export function serviceId<T>(name: `${string}.${string}`): ServiceIdentifier<T> {
  return Symbol.for(`kinegraph:${name}`);
}
