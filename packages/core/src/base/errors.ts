/** What a KinegraphError looks like once it has left its thread or process. */
export interface ErrorRecord {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly data?: unknown;
  readonly stack?: string;
  readonly cause?: ErrorRecord;
}

/**
 * The base of all errors that a user may see. The message says what happened, the value met, what is allowed and what
 * to do next; `code` is stable and is what callers compare, since it survives workers and the wire.
 */
export abstract class KinegraphError extends Error {
  abstract readonly code: string;
  /** Plain facts behind the message, fit for structured cloning. */
  readonly data?: unknown;
}

/** An error of ours that came from another thread or process: same name, code and message, no class of its own. */
export class RemoteError extends KinegraphError {
  override readonly name: string;
  readonly code: string;
  override readonly data: unknown;
  constructor(record: ErrorRecord) {
    super(record.message, record.cause === undefined ? undefined : { cause: new RemoteError(record.cause) });
    this.name = record.name;
    this.code = record.code;
    this.data = record.data;
    if (record.stack !== undefined) this.stack = record.stack;
  }
}

/** Code of an error that is none of ours, for example a bug in a plugin. */
export const UNEXPECTED_ERROR_CODE = 'UNEXPECTED';

/** The stable code of any thrown value; `UNEXPECTED` for what is none of ours. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : UNEXPECTED_ERROR_CODE;
}

/** The sentence of any thrown value. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Causes behind an error that travel with it; a chain may run in a circle. */
const MAX_CAUSES = 8;

/** Turns any thrown value into plain data for another thread or the wire; `cause` is kept, facts where they can travel. */
export function toErrorRecord(error: unknown): ErrorRecord {
  return recordOf(error, MAX_CAUSES);
}

function recordOf(error: unknown, causesLeft: number): ErrorRecord {
  if (!(error instanceof Error)) return { name: 'Error', code: UNEXPECTED_ERROR_CODE, message: String(error) };
  const data = error instanceof KinegraphError ? postable(error.data) : undefined;
  return {
    name: error.name,
    code: errorCode(error),
    message: error.message,
    ...(data === undefined ? {} : { data }),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined || causesLeft === 0 ? {} : { cause: recordOf(error.cause, causesLeft - 1) }),
  };
}

/** A copy that a message can carry; undefined where there is none. */
function postable(data: unknown): unknown {
  try {
    return structuredClone(data);
  } catch {
    return undefined; // a plugin's error may hold functions; its sentence still arrives
  }
}

/** The error that a record from another thread or the wire stands for. */
export function fromErrorRecord(record: ErrorRecord): RemoteError {
  return new RemoteError(record);
}

/** A wait that was given up because its limit ran out. */
export class TimeLimitError extends KinegraphError {
  override readonly name = 'TimeLimitError';
  readonly code = 'CORE_TIME_LIMIT';
  constructor(override readonly data: { what: string; limitMs: number }) {
    super(`${data.what} took longer than its limit of ${data.limitMs} ms.`);
  }
}

/** A wait that was given up because its AbortSignal fired. */
export class AbortedError extends KinegraphError {
  override readonly name = 'AbortedError';
  readonly code = 'CORE_ABORTED';
  constructor(
    override readonly data: { what: string },
    options?: ErrorOptions,
  ) {
    super(`${data.what} was stopped before it had finished.`, options);
  }
}
