import { KinegraphError } from '@kinegraph/core';
import type { z } from 'zod';

/** A part of a request is not what it has to be. */
export class RequestInvalidError extends KinegraphError {
  override readonly name = 'RequestInvalidError';
  readonly code = 'SERVER_REQUEST_INVALID';
  constructor(override readonly data: { what: string; faults: readonly string[] }) {
    super(`The request's ${data.what} cannot be used: ${data.faults.join('; ')}.`);
  }
}

/** What a client sent, checked against its schema. @throws RequestInvalidError with every fault */
export function checkRequest<Schema extends z.ZodType>(what: string, schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `"${path.join('.')}": ${message}`,
  );
  throw new RequestInvalidError({ what, faults });
}
