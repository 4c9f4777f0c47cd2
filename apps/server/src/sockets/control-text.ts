import { KinegraphError, errorMessage } from '@kinegraph/core';
import { ClientMessage } from '@kinegraph/core/protocol';

/** A text message that is no control message. */
export class ControlMessageError extends KinegraphError {
  override readonly name = 'ControlMessageError';
  readonly code = 'SERVER_CONTROL_MESSAGE';
  constructor(
    override readonly data: { fault: string },
    options?: ErrorOptions,
  ) {
    super(
      `A text message is no control message: ${data.fault}. Allowed: {"type":"ping",...} and {"type":"pong",...} as in ` +
        'docs/protocol.md; pictures are sent as binary messages.',
      options,
    );
  }
}

/** Control messages are short; anything longer is none. */
const MOST_CONTROL_BYTES = 512;

/** Reads a text message of a client. @throws ControlMessageError */
export function readControlText(data: Uint8Array): ClientMessage {
  if (data.length > MOST_CONTROL_BYTES)
    throw new ControlMessageError({ fault: `it has ${data.length} bytes, allowed are ${MOST_CONTROL_BYTES}` });
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch (cause) {
    throw new ControlMessageError({ fault: `it is no JSON (${errorMessage(cause)})` }, { cause });
  }
  const parsed = ClientMessage.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `"${issue.path.join('.')}": `;
  throw new ControlMessageError({ fault: `${place}${issue?.message ?? 'it is at fault'}` });
}
