import { KinegraphError } from '@kinegraph/core';

/** The address of a connection is none that a WebSocket can reach. */
export class ConnectionUrlError extends KinegraphError {
  override readonly name = 'ConnectionUrlError';
  readonly code = 'UI_CONNECTION_URL';
  constructor(
    override readonly data: { url: string },
    options?: ErrorOptions,
  ) {
    super(
      `"${data.url}" is no address to connect to; allowed: ws:, wss:, http: and https:, or a path where there is a page. ` +
        'Give for example "/api/v1/runs/live/results".',
      options,
    );
  }
}

/** There is no WebSocket here. */
export class NoWebSocketError extends KinegraphError {
  override readonly name = 'NoWebSocketError';
  readonly code = 'UI_NO_WEBSOCKET';
  constructor() {
    super('There is no global WebSocket here. Give one as the option WebSocket, for example that of the package "ws".');
  }
}
