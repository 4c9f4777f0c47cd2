import { KinegraphError, schemaFaults } from '@kinegraph/core';
import type { JsonSchema } from '@kinegraph/core';
import { z } from 'zod';

/** A part of a request is not what it has to be. */
export class RequestInvalidError extends KinegraphError {
  override readonly name = 'RequestInvalidError';
  readonly code = 'SERVER_REQUEST_INVALID';
  constructor(override readonly data: { what: string; faults: readonly string[] }) {
    super(`The request's ${data.what} cannot be used: ${data.faults.join(' ')}`);
  }
}

/** What a client sent, checked against its schema. @throws RequestInvalidError with every fault */
export function checkRequest<Schema extends z.ZodType>(what: string, schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = schemaFaults(jsonSchemaOf(schema), value, parsed.error.issues, `The ${what}`).map(
    ({ message, mend }) => (mend === undefined ? message : `${message} ${mend}`),
  );
  throw new RequestInvalidError({ what, faults });
}

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}
