import type { Logger } from '@kinegraph/core/plugin';

/** `W1121 08:20:10.777999 2136208 gl_context.cc:1118] text`: severity, time, thread, place. */
const ABSL_LINE = /^([IWEF])\d{4} [\d:.]+ +\d+ ([^\]]+)\] (.*)$/s;

/**
 * Hands a line that MediaPipe's native code wrote to the logger. All but a crash is for those who debug: of what it warns
 * users can change nothing, and what goes wrong is thrown as well.
 */
export function logGraphLine(logger: Logger, line: string): void {
  const [, severity, place, text] = ABSL_LINE.exec(line) ?? [];
  if (severity === undefined || text === undefined) logger.debug(`MediaPipe: ${line}`);
  else logger.log(severity === 'F' ? 'error' : 'debug', `MediaPipe: ${text}`, { place });
}
