import type { ServerConfig } from '../config/server-config.js';

/** What a server is started with: its configuration, paths absolute. */
export type ServerOptions = ServerConfig;
