import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';

/** What is signed of a message. */
export interface SignedParts {
  /** Stays the same however often the message is sent. */
  readonly id: string;
  /** Of this attempt: whole seconds since 1970. */
  readonly timestampS: number;
  readonly body: string | Uint8Array;
}

/**
 * The value of `webhook-signature` after Standard Webhooks.
 *
 * @param secret - `whsec_` and the key in base64.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signatureOf(secret: string, { id, timestampS, body }: SignedParts): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const sum = createHmac('sha256', key).update(`${id}.${timestampS}.`).update(body).digest('base64');
  return `v1,${sum}`;
}
