import { WriterLogger } from '@kinegraph/core';
import type { LogFields, LogLevel, Logger } from '@kinegraph/core';
import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import type { LogTail } from './log-tail.js';
import { hideInText, hideSecrets } from './hide-secrets.js';
import { textLine } from './text-line.js';

export interface ServerLoggerOptions {
  readonly level: LogLevel | 'silent';
  /** `json`: one object a line, for machines; `text`: for people. */
  readonly format: 'json' | 'text';
  readonly destination: DestinationStream;
  /** Keeps the last lines for who asks the server. */
  readonly tail?: LogTail;
  /** Wall clock, for text. */
  readonly now?: () => Date;
}

const RANKS: Readonly<Record<LogLevel | 'silent', number>> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 };

/**
 * The server's log: every line has its level, its time, and where it comes from: `run`, `node`, `plugin`. Secrets are taken
 * out here, whoever logs; errors are whole records.
 */
export function serverLogger({
  level,
  format,
  destination,
  tail,
  now = () => new Date(),
}: ServerLoggerOptions): Logger {
  const write = format === 'text' ? textWriter(level, destination, now) : jsonWriter(level, destination);
  return new WriterLogger((lineLevel, message, fields) => {
    if (RANKS[lineLevel] < RANKS[level]) return; // most lines are for nobody, and cost nothing then
    const [told, facts] = [hideInText(message), hideSecrets(fields) as LogFields]; // an object stays one
    write(lineLevel, told, facts);
    tail?.add(lineLevel, told, facts);
  });
}

type Write = (level: LogLevel, message: string, fields: LogFields) => void;

function jsonWriter(level: LogLevel | 'silent', destination: DestinationStream): Write {
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
  return (lineLevel, message, fields) => log[lineLevel](fields, message);
}

function textWriter(level: LogLevel | 'silent', destination: DestinationStream, now: () => Date): Write {
  return (lineLevel, message, fields) => {
    // Why a packet failed is told in its line; where in the code is for those who look for a fault.
    const isWhole = lineLevel === 'error' || level === 'debug';
    destination.write(textLine({ time: now(), level: lineLevel, message, fields, isWhole }));
  };
}
