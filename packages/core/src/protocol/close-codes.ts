/** Why a WebSocket was closed by the server, beside the standard codes (RFC 6455 7.4: 4000-4999 are the application's own). */
export const CLOSE_CODES = {
  /** The server stops. */
  goingAway: 1001,
  /** A message is larger than allowed. */
  messageTooLarge: 1009,
  /** The server cannot go on with this connection. */
  internal: 1011,
  /** Text that is no control message, too often. */
  badMessage: 4400,
  /** No token, or one that is not known or may not do this. */
  unauthorized: 4401,
  forbidden: 4403,
  /** The run, or its source, has ended. */
  runEnded: 4404,
  /** The client has not read for too long. */
  notReading: 4408,
  /** Another sender has taken the source over. */
  replaced: 4409,
  /** Too many connections. */
  tooManyConnections: 4429,
  /** Too many frames a second. */
  tooManyFrames: 4430,
} as const;
export type CloseCode = (typeof CLOSE_CODES)[keyof typeof CLOSE_CODES];
