import type { CommandCall, OptionSpec } from '../cli/command.js';
import { CONFIG_KEY_BY_NAME } from './config-keys.js';
import { setValue } from './config-sources.js';
import type { ConfigValue } from './config-sources.js';
import { readText } from './read-text.js';

/** The settings that have a flag of their own; `--set` reaches all others. */
const FLAGS = {
  host: 'host',
  port: 'port',
  graph: 'graph',
  also: 'alsoGraphs',
  starter: 'starterGraphs',
  workspace: 'workspace',
  'tls-cert': 'tls.cert',
  'tls-key': 'tls.key',
  'tokens-file': 'access.tokensFile',
  'allow-origin': 'access.allowedOrigins',
  'allow-host': 'access.allowedHosts',
  'media-folder': 'media.folders',
  'allow-network': 'media.networkAllow',
  'log-level': 'logging.level',
  'log-format': 'logging.format',
} as const;

/** The options of `kinegraph serve`. */
export const SERVE_OPTIONS = {
  host: {
    type: 'string',
    value: 'HOST',
    description: 'Listen on this address. Default: 127.0.0.1. All others demand a token.',
  },
  port: {
    type: 'string',
    short: 'p',
    value: 'PORT',
    description: 'Listen on this port. Default: 4242; 0: any free one.',
  },
  graph: { type: 'string', short: 'g', value: 'FILE', description: 'Run this graph document from the start.' },
  also: {
    type: 'string',
    multiple: true,
    value: 'FILE',
    description: 'Run this graph document, too, under the name of its file; may be repeated.',
  },
  starter: {
    type: 'string',
    multiple: true,
    value: 'FILE',
    description: 'Keep and deploy this graph, unless there ever was one of its name; may be repeated.',
  },
  workspace: {
    type: 'string',
    value: 'FOLDER',
    description: 'Graphs may use files of this folder. Default: the current one.',
  },
  'tls-cert': { type: 'string', value: 'FILE', description: 'Serve https with this certificate (PEM).' },
  'tls-key': { type: 'string', value: 'FILE', description: 'The private key of the certificate (PEM).' },
  'tokens-file': { type: 'string', value: 'FILE', description: 'Keep the hashes of the tokens in this file.' },
  'allow-origin': {
    type: 'string',
    multiple: true,
    value: 'ORIGIN',
    description: 'Pages of this origin may use the server; may be repeated.',
  },
  'allow-host': {
    type: 'string',
    multiple: true,
    value: 'HOST',
    description: 'Answer under this name, too; may be repeated.',
  },
  'media-folder': {
    type: 'string',
    multiple: true,
    value: 'FOLDER',
    description: 'Graphs may read files of this folder, too; may be repeated.',
  },
  'allow-network': {
    type: 'string',
    multiple: true,
    value: 'HOST|RANGE',
    description: 'Graphs may connect there; may be repeated.',
  },
  'log-level': {
    type: 'string',
    choices: ['silent', 'error', 'warn', 'info', 'debug'],
    value: 'LEVEL',
    description: 'Log this and what is graver. Default: info.',
  },
  'log-format': {
    type: 'string',
    choices: ['auto', 'json', 'text'],
    value: 'FORMAT',
    description: 'How log lines are written. Default: text on a terminal, else json.',
  },
  config: {
    type: 'string',
    short: 'c',
    value: 'FILE',
    description: 'Read this configuration. Default: kinegraph.config.json, where there is one.',
  },
  set: {
    type: 'string',
    multiple: true,
    value: 'KEY=VALUE',
    description: 'Change any setting, such as limits.runs=4; may be repeated.',
  },
  'print-config': {
    type: 'boolean',
    description: 'Print the whole configuration and where each value comes from, then end.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** The settings that a call's flags give; `--plugin` adds to the list of the sources below. @throws ConfigError */
export function flagValues(call: Pick<CommandCall, 'text' | 'texts'>): ConfigValue[] {
  const values = Object.entries(FLAGS).flatMap(([flag, name]): ConfigValue[] => {
    const key = CONFIG_KEY_BY_NAME.get(name);
    const texts = call.texts(flag);
    const [first] = texts;
    if (key === undefined || first === undefined) return [];
    const value = key.schema['type'] === 'array' ? texts : readText(key.schema, first);
    return [{ path: key.path, value, origin: { kind: 'flag', flag: `--${flag}` } }];
  });
  const plugins = call.texts('plugin');
  const added: ConfigValue[] =
    plugins.length === 0
      ? []
      : [{ path: ['plugins'], value: plugins, origin: { kind: 'flag', flag: '--plugin' }, isAddition: true }];
  return [...values, ...call.texts('set').map(setValue), ...added];
}
