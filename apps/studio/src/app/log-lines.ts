import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import { useConnection } from '../api/connection-store.js';

/** A line of the server's log. */
export interface LogLine {
  readonly id: number;
  readonly at: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly run?: string;
  readonly node?: string;
  readonly plugin?: string;
  readonly code?: string;
}

/** More are for a file, not for a page. */
const MOST = 1000;

/** Puts what came to what is there; the oldest go. */
export function withLines(lines: readonly LogLine[], came: readonly LogLine[]): readonly LogLine[] {
  return [...lines, ...came].slice(-MOST);
}

/**
 * Follows a log of the server for as long as the component is there; begins anew where the connection was lost.
 * @param path - of the operation, as `/api/v1/logs`
 */
export function useLogLines(path: () => string): {
  readonly lines: Readonly<ShallowRef<readonly LogLine[]>>;
  readonly missed: Readonly<Ref<number>>;
} {
  const lines = shallowRef<readonly LogLine[]>([]);
  const missed = ref(0);
  const connection = useConnection();
  let source: EventSource | undefined;
  /** Painted together, with the next frame. */
  let came: LogLine[] = [];
  let frame = 0;

  function paint(): void {
    frame = 0;
    lines.value = withLines(lines.value, came);
    came = [];
  }

  function close(): void {
    source?.close();
    cancelAnimationFrame(frame);
    frame = 0;
    came = [];
  }

  function open(): void {
    close();
    const opened = new EventSource(`${path()}?limit=300`);
    source = opened;
    // The browser comes again by itself; then the server tells the last lines anew.
    opened.addEventListener('open', () => {
      lines.value = [];
      missed.value = 0;
      came = [];
    });
    opened.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const told = JSON.parse(data) as LogLine | { readonly missed: number };
      if ('missed' in told) missed.value += told.missed;
      else came.push(told);
      if (frame === 0) frame = requestAnimationFrame(paint);
    });
  }

  watch([path, () => connection.returns], open, { immediate: true });
  onScopeDispose(close);
  return { lines, missed };
}
