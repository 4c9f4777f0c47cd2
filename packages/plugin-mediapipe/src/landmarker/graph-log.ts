import type { LogLevel, Logger } from '@kinegraph/core/plugin';

/** `W1121 08:20:10.777999 2136208 gl_context.cc:1118] text`: severity, time, thread, place. */
const ABSL_LINE = /^([IWEF])\d{4} [\d:.]+ +\d+ ([^\]]+)\] (.*)$/s;
/** MediaPipe warns of things that no user can change, so its warnings are for those who debug. */
const LEVELS: Readonly<Record<string, LogLevel>> = { I: 'debug', W: 'debug', E: 'warn', F: 'error' };

/** Hands a line that MediaPipe's native code wrote to the logger, at the level it deserves. */
export function logGraphLine(logger: Logger, line: string): void {
  const [, severity, place, text] = ABSL_LINE.exec(line) ?? [];
  if (severity === undefined || text === undefined) logger.debug(`MediaPipe: ${line}`);
  else logger.log(LEVELS[severity] ?? 'debug', `MediaPipe: ${text}`, { place });
}
