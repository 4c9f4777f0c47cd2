/** The server's configuration: one schema, read from flags, environment and file. */
export { ConfigError } from './config-error.js';
export type { ConfigProblem } from './config-error.js';
export { CONFIG_KEYS } from './config-keys.js';
export type { ConfigKey } from './config-keys.js';
export type { ConfigOrigin } from './config-origin.js';
export { originText } from './config-origin.js';
export type { ConfigValue } from './config-sources.js';
export { CONFIG_FILE_NAME, loadConfig } from './load-config.js';
export type { ChosenPlugin, ConfigRequest, LoadedConfig } from './load-config.js';
export { describeConfig } from './print-config.js';
export { SERVE_OPTIONS, flagValues } from './serve-options.js';
export { PluginChoice, ServerConfig } from './server-config.js';
