/** `@kinegraph/ui`: what runs in a browser. It sends a camera to the server, takes its results and draws them. */
export type {
  ClockEstimate,
  CloseCause,
  CloseReason,
  ConnectionOptions,
  ConnectionState,
  Socket,
  SocketConstructor,
} from './connection/index.js';
export { ConnectionUrlError, NoWebSocketError } from './connection/index.js';
export { connectSource } from './source/connect-source.js';
export type {
  FrameToSend,
  SendOutcome,
  SourceConnection,
  SourceCounts,
  SourceOptions,
} from './source/connect-source.js';
export { subscribeResults } from './results/subscribe-results.js';
export type { ResultFormat, ResultsConnection, ResultsOptions } from './results/subscribe-results.js';
