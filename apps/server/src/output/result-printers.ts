import type { LineWriter } from '@kinegraph/core';
import type { Console } from '../cli/console.js';
import { resultRows } from './result-rows.js';

/** Where `core.sink.ndjson` writes when its target is "-": the lines as they are. */
export class NdjsonPrinter implements LineWriter {
  constructor(private readonly console: Console) {}
  async write(line: string): Promise<void> {
    await this.console.print(line);
  }
  async flush(): Promise<void> {}
  async close(): Promise<void> {}
}

/** The same lines for people: a row for each hand, person or set of angles. */
export class TablePrinter implements LineWriter {
  #titled = false;

  constructor(private readonly console: Console) {}

  async write(line: string): Promise<void> {
    if (!this.#titled) await this.console.print(resultRows.title);
    this.#titled = true;
    for (const row of resultRows.of(JSON.parse(line))) await this.console.print(row);
  }
  async flush(): Promise<void> {}
  async close(): Promise<void> {}
}

/** Prints nothing: for measuring. */
export class NoPrinter implements LineWriter {
  async write(): Promise<void> {}
  async flush(): Promise<void> {}
  async close(): Promise<void> {}
}
