export { backOffMs } from './back-off.js';
export { ClockSync } from './clock-sync.js';
export type { ClockEstimate } from './clock-sync.js';
export { ConnectionUrlError, NoWebSocketError } from './connection-errors.js';
export type { CloseCause, CloseReason, ConnectionState } from './connection-state.js';
export { LastingSocket } from './lasting-socket.js';
export type { ConnectionOptions, LastingSocketOwner } from './lasting-socket.js';
export type { Socket, SocketClose, SocketConstructor, SocketMessage } from './socket.js';
export { socketUrl } from './socket-url.js';
