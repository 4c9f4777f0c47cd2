import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { t } from '../i18n/texts.js';
import { ApiFailure } from './server.js';

/** Something that failed: it stays until it was read. */
export interface Failure {
  readonly id: number;
  readonly text: string;
  /** Left out: it would fail again. */
  readonly retry?: () => void;
}

/** What failed. */
export const useFailures = defineStore('failures', () => {
  const failures = shallowRef<readonly Failure[]>([]);
  let next = 1;

  const dismiss = (id: number): void => {
    failures.value = failures.value.filter((failure) => failure.id !== id);
  };

  /** All of them were read. */
  function dismissAll(): void {
    failures.value = [];
  }

  /** What cannot be tried again. */
  function tell(text: string): void {
    failures.value = [...failures.value, { id: next++, text }];
  }

  /** Does something, and keeps why where it fails. */
  async function guard(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const isOffline = error instanceof ApiFailure && error.code === 'OFFLINE';
      const message = error instanceof Error ? error.message : String(error);
      const id = next++;
      const retry = (): void => {
        dismiss(id);
        void guard(work);
      };
      const text = isOffline ? t('failed.offline') : t('failed.api', { message });
      failures.value = [...failures.value, { id, text, retry }];
    }
  }

  return { failures, guard, tell, dismiss, dismissAll };
});
