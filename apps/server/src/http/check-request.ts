import { KinegraphError, schemaFaults } from '@kinegraph/core';
import type { JsonSchema } from '@kinegraph/core';
import { z } from 'zod';

/** A part of a request is not what it has to be. */
export class RequestInvalidError extends KinegraphError {
  override readonly name = 'RequestInvalidError';
  readonly code = 'SERVER_REQUEST_INVALID';
  constructor(override readonly data: { what: string; faults: readonly string[] }) {
    super(`The request's ${data.what} cannot be used: ${shortened(data.faults.join(' '))}`);
  }
}

/** Names of keys are the client's own, and as long as it likes. */
const LONGEST_FAULTS = 500;

/** Cut between characters, not inside one that takes two units. */
function shortened(text: string): string {
  return text.length > LONGEST_FAULTS ? `${Array.from(text.slice(0, LONGEST_FAULTS)).slice(0, -1).join('')} ...` : text;
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
