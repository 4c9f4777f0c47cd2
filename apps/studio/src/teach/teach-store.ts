import { SystemClock } from '@kinegraph/core';
import type { GraphDocument } from '@kinegraph/core';
import type { components } from '@kinegraph/client';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { answered, server } from '../api/server.js';
import { classifiersOf } from './teach-graph.js';
import { SERIES, recordSeries } from './take-series.js';
import type { SeriesStep } from './take-series.js';

export type SignSet = components['schemas']['SignSet'];
export type SignSetDetail = components['schemas']['SignSetDetail'];
export type SignTraining = components['schemas']['SignTraining'];
export type RecordedTake = components['schemas']['RecordedTake'];

/** How often a training is asked how far it is. */
const FOLLOW_MS = 250;
const NOTHING: SignSetDetail = { set: '', labels: [], trainings: [] };
const clock = new SystemClock();

/** What was given up by whoever sits before the page: nothing that failed. */
class GivenUp extends Error {}

/** A set of signs that somebody teaches: its takes, how they are recorded, and the model made of them. */
export const useTeach = defineStore('teach', () => {
  const sets = shallowRef<readonly SignSet[]>([]);
  const set = ref('mine');
  const detail = shallowRef<SignSetDetail>(NOTHING);
  /** The series that is being recorded. */
  const step = shallowRef<SeriesStep & { readonly label: string }>();
  const lastTake = shallowRef<RecordedTake>();
  const training = shallowRef<SignTraining>();
  let recording: AbortController | undefined;
  let following: AbortController | undefined;

  const path = computed(() => ({ set: set.value }));
  const model = computed(
    () => detail.value.trainings.find(({ state, model: name }) => state === 'done' && name !== undefined)?.model,
  );

  /** @throws ApiFailure */
  async function list(): Promise<void> {
    sets.value = (await answered(server.GET('/api/v1/signs/sets'))).sets;
    await open(set.value);
  }

  /** @throws ApiFailure */
  async function open(name: string): Promise<void> {
    if (name !== set.value) {
      cancelSeries();
      following?.abort();
      [lastTake.value, training.value, detail.value] = [undefined, undefined, NOTHING];
    }
    set.value = name;
    const isKnown = sets.value.some((one) => one.set === name) || detail.value.labels.length > 0;
    if (isKnown) await refresh();
  }

  async function refresh(): Promise<void> {
    const asked = path.value;
    const found = await answered(server.GET('/api/v1/signs/sets/{set}', { params: { path: asked } }));
    if (asked.set !== set.value) return; // another was opened meanwhile
    detail.value = found;
    training.value = found.trainings[0];
    if (training.value?.state === 'running' && following?.signal.aborted !== false) void follow(training.value.id);
  }

  /**
   * Records takes of a sign, one after another.
   * @throws ApiFailure; nothing where it was given up
   */
  async function record(label: string, run: string, sink: string | undefined): Promise<void> {
    if (recording !== undefined) return;
    const own = (recording = new AbortController());
    const { signal } = own;
    const asked = path.value;
    try {
      await recordSeries(SERIES, {
        clock,
        signal,
        onStep: (now) => (step.value = { ...now, label }),
        record: async (seconds) => {
          const body = { label, run, seconds, ...(sink === undefined ? {} : { sink }) };
          const params = { path: asked };
          const take = await answered(
            server.POST('/api/v1/signs/sets/{set}/recordings', { params, body, signal }),
          ).catch((error: unknown) => {
            throw signal.aborted ? new GivenUp() : error;
          });
          lastTake.value = take;
          await refresh();
        },
      });
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error;
    } finally {
      recording = undefined;
      step.value = undefined;
    }
  }

  function cancelSeries(): void {
    recording?.abort(new GivenUp('The series was given up.'));
  }

  /** @throws ApiFailure */
  async function removeTake(label: string, take: string): Promise<void> {
    const params = { path: { ...path.value, label, take } };
    await answered(server.DELETE('/api/v1/signs/sets/{set}/takes/{label}/{take}', { params }));
    await refresh();
  }

  /** @throws ApiFailure */
  async function removeLabel(label: string): Promise<void> {
    const params = { path: { ...path.value, label } };
    await answered(server.DELETE('/api/v1/signs/sets/{set}/takes/{label}', { params }));
    await refresh();
  }

  /** Makes a model of what there is. @throws ApiFailure */
  async function train(): Promise<void> {
    const params = { path: path.value };
    training.value = await answered(server.POST('/api/v1/signs/sets/{set}/trainings', { params, body: {} }));
    await follow(training.value.id);
  }

  /** Until it has ended, another set is open, or the page has gone. */
  async function follow(id: string): Promise<void> {
    following?.abort();
    const { signal } = (following = new AbortController());
    const params = { path: { ...path.value, training: id } };
    while (!signal.aborted) {
      const now = await answered(server.GET('/api/v1/signs/sets/{set}/trainings/{training}', { params }));
      if (signal.aborted) return;
      training.value = now;
      if (now.state !== 'running') {
        following = undefined;
        await refresh();
        return;
      }
      await new Promise<void>((resolve) => void clock.schedule(FOLLOW_MS, resolve));
    }
  }

  /** @throws ApiFailure */
  async function cancelTraining(): Promise<void> {
    if (training.value === undefined) return;
    const params = { path: { ...path.value, training: training.value.id } };
    await answered(server.DELETE('/api/v1/signs/sets/{set}/trainings/{training}', { params }));
    await refresh();
  }

  /**
   * Has the nodes of a run that name signs use the model of this set.
   * @returns their names; none where the run has no such node
   * @throws ApiFailure
   */
  async function useIn(run: string): Promise<readonly string[]> {
    const { graph } = await answered(server.GET('/api/v1/runs/{run}', { params: { path: { run } } }));
    const classifiers = classifiersOf(graph as GraphDocument);
    for (const node of classifiers) {
      const params = { path: { run, node } };
      const body = { key: 'model', value: model.value };
      await answered(server.PATCH('/api/v1/runs/{run}/nodes/{node}/config', { params, body }));
    }
    return classifiers;
  }

  /** The page goes: nothing is recorded or asked any more; a training goes on. */
  function leave(): void {
    cancelSeries();
    following?.abort();
    following = undefined;
  }

  return {
    ...{ sets, set, detail, step, lastTake, training, model },
    ...{ list, open, record, cancelSeries, removeTake, removeLabel, train, cancelTraining, useIn, leave },
  };
});
