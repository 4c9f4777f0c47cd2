/** Who may reach the server, and what graphs may reach from it. */
export * from './access-errors.js';
export { demandsToken } from './access-control.js';
export type { AccessConfig, Principal } from './access-control.js';
export { callerOf, rememberCaller } from './caller.js';
export type { Caller } from './caller.js';
export { FrameRateLimiter } from './frame-rate-limiter.js';
export type { FrameVerdict } from './frame-rate-limiter.js';
export { parseJsonBody } from './json-body.js';
export type { JsonLimits } from './json-body.js';
export { jsonBodies } from './read-body.js';
export { SCOPES, isScope, scopesAllow } from './scopes.js';
export type { Scope } from './scopes.js';
export { AccessControl, confinementOf, openAccess, tokensFileOf } from './server-access.js';
export type { ServerAccess } from './server-access.js';
export { readTlsFiles } from './tls-files.js';
export type { TlsFiles } from './tls-files.js';
export { TokenStore } from './token-store.js';
export type { NewToken, TokenInfo } from './token-store.js';
