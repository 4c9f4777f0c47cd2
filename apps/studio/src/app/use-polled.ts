import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import { useConnection } from '../api/connection-store.js';
import { ApiFailure } from '../api/server.js';

/** What is asked for again and again. */
export interface Polled<Data> {
  /** The last that came: it stays where the server does not answer. Undefined until something came. */
  readonly data: Readonly<ShallowRef<Data | undefined>>;
  /** Why the last question was refused, as a sentence of the server; not where it was not reached, which the frame tells. */
  readonly fault: Readonly<Ref<string | undefined>>;
  /** Asks now. */
  readonly refresh: () => Promise<void>;
}

/**
 * Asks at once, and again each `everyMs` after the answer before; not while the page is not looked at, nor while the server is
 * away. Ends with the component.
 */
export function usePolled<Data>(ask: () => Promise<Data>, everyMs: number): Polled<Data> {
  const connection = useConnection();
  const data = shallowRef<Data>();
  const fault = ref<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  /** Answers to questions before the last are late. */
  let question = 0;

  async function refresh(): Promise<void> {
    clearTimeout(timer);
    const mine = ++question;
    try {
      const answer = await ask();
      if (mine !== question || isOver) return;
      data.value = answer;
      fault.value = undefined;
    } catch (error) {
      if (mine !== question || isOver) return;
      if (!(error instanceof ApiFailure && (error.code === 'OFFLINE' || error.status === 401)))
        fault.value = error instanceof Error ? error.message : String(error);
    }
    if (mine === question && !isOver) timer = setTimeout(() => void again(), everyMs);
  }

  async function again(): Promise<void> {
    if (isOver || document.hidden || connection.reach !== 'online') return;
    await refresh();
  }

  const onShown = (): void => void again();
  document.addEventListener('visibilitychange', onShown);
  watch(
    () => connection.returns,
    () => void refresh(),
  );
  onScopeDispose(() => {
    isOver = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onShown);
  });
  void refresh();
  return { data, fault, refresh };
}
