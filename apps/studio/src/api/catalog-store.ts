import type { NodeTypeDescriptor } from '@kinegraph/core';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { answered, server } from './server.js';
import { serverCatalog } from './server-catalog.js';
import type { ServerPlugins } from './server-catalog.js';

/** What graphs can be made of on this server; asked once. */
export const useCatalog = defineStore('catalog', () => {
  const told = shallowRef<ServerPlugins>({ nodeTypes: [], plugins: [], skeletons: [] });
  let loading: Promise<void> | undefined;

  async function load(): Promise<void> {
    loading ??= (async () => {
      const [{ nodeTypes }, { plugins }, skeletons] = await Promise.all([
        answered(server.GET('/api/v1/node-types')),
        answered(server.GET('/api/v1/plugins')),
        answered(server.GET('/api/v1/skeletons')),
      ]);
      const known = skeletons.map(({ connections, ...skeleton }) => ({
        ...skeleton,
        connections: connections as [number, number][], // the client knows pairs as lists only
      }));
      told.value = { nodeTypes, plugins, skeletons: known };
    })().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    await loading;
  }

  const types = computed<readonly NodeTypeDescriptor[]>(() => told.value.nodeTypes);
  return { types, load, catalog: computed(() => serverCatalog(told.value)) };
});
