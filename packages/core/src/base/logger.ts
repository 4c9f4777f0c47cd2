import { serviceId } from './service-id.js';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Facts that belong to a log line: run, node, plugin and whatever helps to find the cause. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Structured logging. What a node logs carries the ids of its run and node already. */
export interface Logger {
  log(level: LogLevel, message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to every line. */
  child(fields: LogFields): Logger;
}
export const Logger = serviceId<Logger>('core.Logger');

/** Where log lines end up. */
export type LogWriter = (level: LogLevel, message: string, fields: LogFields) => void;

/** Hands every line to one writer, with the fields of its ancestors. */
export class WriterLogger implements Logger {
  constructor(
    private readonly write: LogWriter,
    private readonly fields: LogFields = {},
  ) {}

  log(level: LogLevel, message: string, fields: LogFields = {}): void {
    this.write(level, message, { ...this.fields, ...fields });
  }
  debug(message: string, fields?: LogFields): void {
    this.log('debug', message, fields);
  }
  info(message: string, fields?: LogFields): void {
    this.log('info', message, fields);
  }
  warn(message: string, fields?: LogFields): void {
    this.log('warn', message, fields);
  }
  error(message: string, fields?: LogFields): void {
    this.log('error', message, fields);
  }
  child(fields: LogFields): Logger {
    return new WriterLogger(this.write, { ...this.fields, ...fields });
  }
}

/** A logger for where nobody listens. */
export const silentLogger: Logger = new WriterLogger(() => {});
