import type { DownloadProgress, PullTarget, PulledModel } from '@kinegraph/core';
import type { Console } from '../cli/console.js';
import { textTable } from './text-table.js';

/** The status line is drawn at most so often. */
const DRAW_EVERY_MS = 100;

/** Tells how a pull goes: on a terminal one line that moves, else a line when a model begins and for each hitch. */
export class PullReport {
  #drawnAtMs = -Infinity;

  constructor(
    private readonly console: Console,
    private readonly nowMs: () => number,
  ) {}

  onStart({ id, from, bytes }: PullTarget): void {
    if (this.console.isErrTerminal) this.console.status(`${id}: starting`);
    else this.console.tell(bytes === undefined ? `${id}: starting` : `${id}: ${megabytes(bytes)} from ${from}`);
  }

  onProgress({ id }: PullTarget, progress: DownloadProgress): void {
    if (progress.note !== undefined) {
      this.console.tell(`${id}: ${progress.note}`);
      return;
    }
    const nowMs = this.nowMs();
    if (nowMs - this.#drawnAtMs < DRAW_EVERY_MS) return;
    this.#drawnAtMs = nowMs;
    this.console.status(progressLine(id, progress));
  }

  onResult(result: PulledModel): void {
    this.console.clearStatus();
    if (result.error !== undefined) this.console.tell(`${result.id}: ${result.error.message} (${result.error.code})`);
  }
}

/** "net: 12.5 of 50.0 MB (25 %), 3.2 MB/s, 12 s left" as far as it is known. */
export function progressLine(id: string, { bytes, totalBytes, bytesPerSecond }: DownloadProgress): string {
  const parts = [
    totalBytes === undefined
      ? megabytes(bytes)
      : `${(bytes / 1e6).toFixed(1)} of ${megabytes(totalBytes)} (${Math.floor((bytes / totalBytes) * 100)} %)`,
  ];
  if (bytesPerSecond !== undefined && bytesPerSecond > 0) {
    parts.push(`${megabytes(bytesPerSecond)}/s`);
    if (totalBytes !== undefined) parts.push(`${Math.ceil((totalBytes - bytes) / bytesPerSecond)} s left`);
  }
  return `${id}: ${parts.join(', ')}`;
}

/** What was done, a row for each model. */
export function pullTable(results: readonly PulledModel[]): readonly string[] {
  const columns = [
    { title: 'model' },
    { title: 'done' },
    { title: 'bytes', align: 'right' as const },
    { title: 'plugin' },
  ];
  return textTable(
    columns,
    results.map(({ id, outcome, bytes, plugin }) => [id, outcome, `${bytes ?? ''}`, plugin ?? '']),
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
