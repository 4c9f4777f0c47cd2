import { StaticNodeTypeCatalog } from '@kinegraph/core';
import type { NodeTypeCatalog, NodeTypeDescriptor, Skeleton } from '@kinegraph/core';

/** What a server tells of its plugins. */
export interface ServerPlugins {
  readonly nodeTypes: readonly NodeTypeDescriptor[];
  readonly plugins: readonly { readonly name: string; readonly version?: string; readonly state: string }[];
  readonly skeletons: readonly Skeleton[];
}

/** The catalogue of a server as the server itself has it: what validates there validates here. */
export function serverCatalog({ nodeTypes, plugins, skeletons }: ServerPlugins): NodeTypeCatalog {
  const versions = plugins.flatMap(({ name, version, state }) =>
    state === 'refused' || version === undefined ? [] : [[name, version] as const],
  );
  return new StaticNodeTypeCatalog(nodeTypes, Object.fromEntries(versions), skeletons);
}
