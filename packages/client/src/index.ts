/** `@kinegraph/client`: asks a Kinegraph server for everything that it can do over HTTP. */
export { createClient } from './create-client.js';
export type { ClientOptions, KinegraphClient } from './create-client.js';
export type { components, operations, paths } from './generated/api.js';
