import type { WebSocket } from 'ws';

/** A close frame carries no more bytes of reason (RFC 6455 5.5). */
const MOST_REASON_BYTES = 123;
/** How long a client may take to answer a close frame. */
const CLOSE_GRACE_MS = 1_000;
/** Control messages are not queued behind more than this: the client does not read. */
const MOST_QUEUED_BYTES = 1_048_576;

/** Ends a connection with a code and a sentence, and for good if the client does not answer. The first reason holds. */
export function closeSocket(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(code, shortened(reason));
  const timer = setTimeout(() => socket.terminate(), CLOSE_GRACE_MS);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
}

/** Sends a control message as text, unless the client has stopped reading. */
export function sendControl(socket: WebSocket, message: object): void {
  if (socket.readyState !== socket.OPEN || socket.bufferedAmount > MOST_QUEUED_BYTES) return;
  socket.send(JSON.stringify(message));
}

/** As many whole characters as a close frame takes. */
function shortened(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= MOST_REASON_BYTES) return text;
  return new TextDecoder().decode(bytes.subarray(0, MOST_REASON_BYTES - 3)).replace(/\uFFFD$/, '') + '…';
}

/** What came in a binary message, as one piece; whoever gets it owns it. */
export function bytesOf(data: Buffer | ArrayBuffer | readonly Buffer[]): Uint8Array {
  if (data instanceof Uint8Array) return data;
  return data instanceof ArrayBuffer ? new Uint8Array(data) : Buffer.concat(data);
}
