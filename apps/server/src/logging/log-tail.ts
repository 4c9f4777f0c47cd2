import { serviceId } from '@kinegraph/core';
import type { LogFields, LogLevel } from '@kinegraph/core';

/** A line of the log as those are shown it who cannot read the file: what happened and where, no stack. */
export interface LogLine {
  /** Grows with each line of this server. */
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly run?: string;
  readonly node?: string;
  readonly plugin?: string;
  /** Of its error. */
  readonly code?: string;
}

/** Most lines that are kept. */
export const MOST_LINES = 2000;
/** What is longer is cut: a line is no place for it, and the log itself has it whole. */
const LONGEST_MESSAGE = 2000;

/** The last lines of the log, with their secrets taken out before they come here. */
export class LogTail {
  readonly #lines: LogLine[] = [];
  readonly #listeners = new Set<(line: LogLine) => void>();
  #next = 1;

  constructor(private readonly now: () => Date = () => new Date()) {}

  add(level: LogLevel, message: string, fields: LogFields): void {
    const { error } = fields;
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : fields['code'];
    const line: LogLine = {
      id: this.#next++,
      at: this.now().toISOString(),
      level,
      message: message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}...` : message,
      ...texts({ run: fields['run'], node: fields['node'], plugin: fields['plugin'], code }),
    };
    this.#lines.push(line);
    if (this.#lines.length > MOST_LINES) this.#lines.shift();
    for (const listener of this.#listeners) listener(line);
  }

  /** The last `limit` lines, the oldest first. @param run - only those about it */
  last(limit: number, run?: string): readonly LogLine[] {
    const lines = run === undefined ? this.#lines : this.#lines.filter((line) => line.run === run);
    return lines.slice(-limit);
  }

  /** Calls back with each line to come, until the answer is disposed of. A listener must not log. */
  follow(listener: (line: LogLine) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }
}
export const LogTailService = serviceId<LogTail>('server.LogTail');

/** Fields that are texts; others were not meant for people. */
function texts<Name extends string>(fields: Readonly<Record<Name, unknown>>): { [Key in Name]?: string } {
  const kept: { [Key in Name]?: string } = {};
  for (const name of Object.keys(fields) as Name[]) {
    const value = fields[name];
    if (typeof value === 'string') kept[name] = value;
  }
  return kept;
}
