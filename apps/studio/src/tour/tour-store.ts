import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { TextKey } from '../i18n/en/index.js';

/** A step of the tour: what it tells, and of what. */
export interface TourStep {
  readonly id: string;
  readonly title: TextKey;
  readonly text: TextKey;
  /** What it stands beside; where that is not on the page it stands in the middle. */
  readonly anchor: string;
  /** Once this holds the tour goes on by itself. Left out: by its button only. */
  readonly isDone?: () => boolean;
}

const SEEN = 'kinegraph.tour';

/** The tour for those who are here for the first time. */
export const useTour = defineStore('tour', () => {
  const steps = ref<readonly TourStep[]>([]);
  const at = ref<number>();
  /** It is offered until it was taken, or was not wanted. */
  const isOffered = ref(localStorage.getItem(SEEN) === null);
  const step = computed(() => (at.value === undefined ? undefined : steps.value[at.value]));

  function notAgain(): void {
    isOffered.value = false;
    localStorage.setItem(SEEN, 'seen');
  }

  return {
    ...{ at, step, isOffered, notAgain },
    count: computed(() => steps.value.length),
    start(of: readonly TourStep[]): void {
      steps.value = of;
      at.value = 0;
      notAgain();
    },
    next(): void {
      if (at.value !== undefined) at.value = at.value + 1 < steps.value.length ? at.value + 1 : undefined;
    },
    back(): void {
      if (at.value !== undefined) at.value = Math.max(0, at.value - 1);
    },
    end(): void {
      at.value = undefined;
    },
  };
});
