/**
 * One event in Chrome's trace-event format, as plain data. Phases: `X` a slice with a duration, `i` an instant, `C` a
 * counter, `M` a name, `s` `t` `f` a flow's begin, steps and end; a flow belongs to the slice of its row that begins at
 * its time.
 * @see https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export interface TraceEvent {
  readonly ph: 'X' | 'i' | 'C' | 'M' | 's' | 't' | 'f';
  readonly name: string;
  readonly cat?: string;
  /** Whole microseconds of the run's clock. */
  readonly ts: number;
  readonly dur?: number;
  /** A run. */
  readonly pid: number;
  /** A row. */
  readonly tid: number;
  /** Flows: the same for all events of one. */
  readonly id?: number;
  /** Flows: their end belongs to the slice around it, not to the next one. */
  readonly bp?: 'e';
  /** Instants: drawn on their row. */
  readonly s?: 't' | 'g';
  readonly args?: Readonly<Record<string, unknown>>;
}

/** Takes the events of one or several runs, in the order in which they came to be known. */
export interface TraceWriter {
  /** A number for a run, other than that of every other run in this trace. */
  newProcess(): number;
  /** Must neither throw nor wait: it is called between packets. */
  write(event: TraceEvent): void;
}

/** Milliseconds to whole microseconds; rounding down keeps what follows one another apart. */
export function toMicroseconds(ms: number): number {
  return Math.floor(ms * 1000);
}
