import type { components } from '@kinegraph/client';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { answered, server } from './server.js';

export type RunSummary = components['schemas']['RunSummary'];

/** What runs on the server, as it was asked last; the frame keeps it fresh. */
export const useRuns = defineStore('runs', () => {
  const runs = shallowRef<readonly RunSummary[]>();
  const refused = shallowRef<readonly { readonly id: string; readonly error: { readonly message: string } }[]>([]);
  const running = computed(() => runs.value?.filter(({ result }) => result === undefined) ?? []);

  /** @throws ApiFailure */
  async function load(): Promise<void> {
    const answer = await answered(server.GET('/api/v1/runs'));
    runs.value = answer.runs;
    refused.value = answer.refused;
  }

  return { runs, refused, running, load };
});
