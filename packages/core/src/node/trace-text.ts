import type { TraceEvent, TraceWriter } from '../runtime/index.js';

/** A viewer opens this in some seconds; it is hours of one camera. */
export const DEFAULT_TRACE_LIMIT_BYTES = 256 * 2 ** 20;
/** Characters that may wait for whoever is slow to take them; what comes beyond that is left out. */
const MOST_WAITING = 16 * 2 ** 20;
const END = '\n]\n';

/**
 * The text of a trace: a JSON array of events, one a line. It is taken in pieces while it grows; what nobody takes in time,
 * and what goes beyond its limit, is left out and counted.
 */
export class TraceText implements TraceWriter {
  #lines: string[] = [];
  #waiting = 0;
  #taken = 0;
  #events = 0;
  #lost = 0;
  #processes = 0;
  #isFull = false;
  #last: TraceEvent | undefined;
  /** Told after each event that was added. */
  onAdded: () => void = () => {};

  /** @param limitBytes - what comes beyond is left out, with a note as the last event */
  constructor(private readonly limitBytes: number = DEFAULT_TRACE_LIMIT_BYTES) {}

  /** Characters that wait to be taken. */
  get waiting(): number {
    return this.#waiting;
  }

  get events(): number {
    return this.#events;
  }

  /** Events left out, whyever. */
  get lost(): number {
    return this.#lost;
  }

  /** It ends early, at its limit. */
  get isFull(): boolean {
    return this.#isFull;
  }

  newProcess(): number {
    this.#processes += 1;
    return this.#processes;
  }

  write(event: TraceEvent): void {
    if (this.#isFull || this.#waiting > MOST_WAITING) {
      this.lose();
      return;
    }
    this.#add(event);
    if (this.#taken + this.#waiting <= this.limitBytes) return;
    this.#isFull = true;
    this.#note(`the trace ends here: its limit of ${Math.round(this.limitBytes / 2 ** 20)} MiB is reached`);
  }

  /** An event is left out. */
  lose(): void {
    this.#lost += 1;
  }

  /** What waits, as UTF-8. */
  take(): Uint8Array {
    const bytes = Buffer.from(this.#lines.join(''), 'utf8');
    this.#lines = [];
    this.#waiting = 0;
    this.#taken += bytes.length;
    return bytes;
  }

  /** What comes behind all that was taken. */
  end(): Uint8Array {
    return Buffer.from(this.#events === 0 ? `[${END}` : END, 'utf8');
  }

  /** Tells in the trace itself what is missing here and there, for where there is no other way to tell. */
  noteLost(): void {
    if (this.#lost > 0 && !this.#isFull)
      this.#note(`${this.#lost} events here and there are missing, since they were not taken in time`);
  }

  #note(name: string): void {
    const { ts, pid, tid } = this.#last ?? { ts: 0, pid: 1, tid: 0 };
    this.#add({ ph: 'i', s: 'g', name, ts, pid, tid });
  }

  #add(event: TraceEvent): void {
    const line = `${this.#events === 0 ? '[\n' : ',\n'}${JSON.stringify(event)}`;
    this.#events += 1;
    this.#last = event;
    this.#lines.push(line);
    this.#waiting += line.length;
    this.onAdded();
  }
}
