import type { TraceEvent } from './trace-event.js';
import { toMicroseconds } from './trace-event.js';

/** Sorting places that each node has for its rows. */
export const ROWS_PER_NODE = 1000;

/** One row: slices that follow one another and never overlap. */
interface Row {
  readonly tid: number;
  endMs: number;
}

/** The rows of a node, or of one of its workers: a second one as soon as two things happen at once. */
export class TraceRows {
  readonly #rows: Row[] = [];
  readonly #title: string;

  /** @param sortIndex - of the first row; the others follow. It is also its number. */
  constructor(
    title: string,
    private readonly sortIndex: number,
    private readonly pid: number,
    private readonly write: (event: TraceEvent) => void,
  ) {
    this.#title = title;
    this.#add();
  }

  /** The number of the first row. */
  get tid(): number {
    return this.sortIndex;
  }

  /** A row on which nothing happened after `beginMs`, and since when: NaN where it is new. */
  freeAt(beginMs: number): { readonly tid: number; readonly sinceMs: number; end(endMs: number): void } {
    const row = this.#rows.find(({ endMs }) => !(endMs > beginMs)) ?? this.#add();
    return { tid: row.tid, sinceMs: row.endMs, end: (endMs) => (row.endMs = endMs) };
  }

  /** Writes a slice. The caller has made sure that the row is free. @returns its begin in microseconds */
  slice(tid: number, name: string, beginMs: number, endMs: number, args?: Readonly<Record<string, unknown>>): number {
    const ts = toMicroseconds(beginMs);
    const dur = toMicroseconds(endMs) - ts;
    this.write({ ph: 'X', name, cat: 'node', ts, dur, pid: this.pid, tid, ...(args === undefined ? {} : { args }) });
    return ts;
  }

  #add(): Row {
    const index = this.#rows.length;
    const row: Row = { tid: this.sortIndex + index, endMs: Number.NaN };
    this.#rows.push(row);
    const name = index === 0 ? this.#title : `${this.#title} (${index + 1})`;
    const { tid } = row;
    this.write({ ph: 'M', name: 'thread_name', ts: 0, pid: this.pid, tid, args: { name } });
    this.write({ ph: 'M', name: 'thread_sort_index', ts: 0, pid: this.pid, tid, args: { sort_index: tid } });
    return row;
  }
}
