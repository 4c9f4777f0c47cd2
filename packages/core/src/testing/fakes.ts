import { WriterLogger } from '../base/index.js';
import { OwnFigures } from '../runtime/index.js';
import type { LineWriter, LineWriterFactory, NodeMetrics } from '../kinds/index.js';
import type { LoggedLine } from './run-kit.js';

/** Counts drops by cause, and keeps what else a node tells. */
export class CountingMetrics implements NodeMetrics {
  readonly dropped: Record<string, number> = {};
  readonly counters: Record<string, number> = {};
  readonly gauges: Record<string, number> = {};
  readonly #own = new OwnFigures();

  drop(cause: string, count = 1): void {
    this.dropped[cause] = (this.dropped[cause] ?? 0) + count;
  }

  count(name: string, by = 1): void {
    this.#own.count(name, by);
    this.counters[name] = (this.counters[name] ?? 0) + by;
  }

  gauge(name: string, value: number): void {
    this.#own.gauge(name, value);
    this.gauges[name] = value;
  }

  get droppedTotal(): number {
    return Object.values(this.dropped).reduce((sum, count) => sum + count, 0);
  }
}

/** Keeps what is logged, by itself and by all its children. */
export class RecordingLogger extends WriterLogger {
  readonly lines: readonly LoggedLine[];

  constructor() {
    const lines: LoggedLine[] = [];
    super((level, message, fields) => lines.push({ level, message, fields }));
    this.lines = lines;
  }
}

/** Line writers that keep what is written, by target. */
export class RecordingLineWriters implements LineWriterFactory {
  readonly lines = new Map<string, string[]>();
  /** What happened, in order: `open out`, `flush out`, `close out`. */
  readonly events: string[] = [];

  async open(target: string): Promise<LineWriter> {
    const lines: string[] = [];
    this.lines.set(target, lines);
    this.events.push(`open ${target}`);
    return await Promise.resolve({
      write: async (line: string) => void (await Promise.resolve(lines.push(line))),
      flush: async () => void (await Promise.resolve(this.events.push(`flush ${target}`))),
      close: async () => void (await Promise.resolve(this.events.push(`close ${target}`))),
    });
  }
}
