import { WriterLogger } from '@kinegraph/core';
import type { LogFields, LogLevel, Logger } from '@kinegraph/core';
import { pino } from 'pino';
import type { DestinationStream } from 'pino';

export interface ServerLoggerOptions {
  readonly level: LogLevel | 'silent';
  /** `json`: one object a line, for machines; `text`: for people. */
  readonly format: 'json' | 'text';
  readonly destination: DestinationStream;
  /** Wall clock, for text. */
  readonly now?: () => Date;
}

/** The server's log: every line has its level, its time, and where it comes from: `run`, `node`, `plugin`. */
export function serverLogger({ level, format, destination, now = () => new Date() }: ServerLoggerOptions): Logger {
  if (format === 'text') return textLogger(level, destination, now);
  const log = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return new WriterLogger((lineLevel, message, fields) => log[lineLevel](fields, message));
}

const RANKS: Readonly<Record<LogLevel | 'silent', number>> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 };

function textLogger(level: LogLevel | 'silent', destination: DestinationStream, now: () => Date): Logger {
  return new WriterLogger((lineLevel, message, fields) => {
    if (RANKS[lineLevel] < RANKS[level]) return;
    const time = now().toTimeString().slice(0, 8);
    destination.write(`${time} ${lineLevel.padEnd(5)} ${placeOf(fields)}${message}\n`);
  });
}

/** Whose line it is: `live/camera: `. */
function placeOf({ run, node }: LogFields): string {
  const place = [run, node].filter((name) => typeof name === 'string').join('/');
  return place === '' ? '' : `${place}: `;
}
