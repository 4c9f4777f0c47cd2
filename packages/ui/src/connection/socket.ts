/** What a client needs of a WebSocket: that of a browser fits, and that of Node's `ws`. */
export interface Socket {
  binaryType: string;
  readonly readyState: number;
  /** Bytes that were given to `send` and have not left yet. */
  readonly bufferedAmount: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: SocketMessage) => void): void;
  addEventListener(type: 'close', listener: (event: SocketClose) => void): void;
  removeEventListener(type: 'open' | 'error', listener: () => void): void;
  removeEventListener(type: 'message', listener: (event: SocketMessage) => void): void;
  removeEventListener(type: 'close', listener: (event: SocketClose) => void): void;
}

/** A message that came: text, or bytes as an ArrayBuffer. */
export interface SocketMessage {
  readonly data: unknown;
}

/** How a connection ended: RFC 6455 7.4, and CLOSE_CODES. */
export interface SocketClose {
  readonly code: number;
  readonly reason: string;
}

/** Makes a socket that begins to connect at once. */
export type SocketConstructor = new (url: string, protocols?: string[]) => Socket;

/** `readyState` of a socket that can send. */
export const SOCKET_OPEN = 1;
