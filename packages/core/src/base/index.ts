export { EventLoopBreather, deferred, eventLoopTurn, isPromiseLike, sleep, withTimeLimit } from './async.js';
export type { Awaitable, Deferred } from './async.js';
export { Clock, SystemClock } from './clock.js';
export { Subscriptions } from './disposables.js';
export type { Releasable } from './disposables.js';
export {
  AbortedError,
  KinegraphError,
  RemoteError,
  TimeLimitError,
  UNEXPECTED_ERROR_CODE,
  errorCode,
  errorMessage,
  fromErrorRecord,
  toErrorRecord,
} from './errors.js';
export type { ErrorRecord } from './errors.js';
export { Histogram, HistogramBounds } from './histogram.js';
export type { HistogramSummary } from './histogram.js';
export { LOG_LEVELS, Logger, WriterLogger, silentLogger } from './logger.js';
export type { LogFields, LogLevel, LogWriter } from './logger.js';
export { readUrl } from './read-url.js';
export { serviceId } from './service-id.js';
export { withoutSecrets } from './without-secrets.js';
