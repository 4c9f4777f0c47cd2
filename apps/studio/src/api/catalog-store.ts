import { StaticNodeTypeCatalog } from '@kinegraph/core';
import type { NodeTypeDescriptor } from '@kinegraph/core';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { answered, server } from './server.js';

/** What graphs can be made of on this server; asked once. */
export const useCatalog = defineStore('catalog', () => {
  const types = shallowRef<readonly NodeTypeDescriptor[]>([]);
  let loading: Promise<void> | undefined;

  async function load(): Promise<void> {
    loading ??= (async () => {
      const { nodeTypes } = await answered(server.GET('/api/v1/node-types'));
      types.value = nodeTypes;
    })().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    await loading;
  }

  return { types, load, catalog: computed(() => new StaticNodeTypeCatalog(types.value)) };
});
