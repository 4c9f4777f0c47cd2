import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorMessage, schemaFaults } from '@kinegraph/core';
import type { PathStep } from '@kinegraph/core';
import { ConfigError } from './config-error.js';
import { CONFIG_KEYS, CONFIG_SCHEMA } from './config-keys.js';
import { originText } from './config-origin.js';
import type { ConfigOrigin } from './config-origin.js';
import { environmentValues, fileValues } from './config-sources.js';
import type { ConfigValue } from './config-sources.js';
import { PATH_FORMAT } from './config-texts.js';
import { ServerConfig } from './server-config.js';
import type { PluginChoice } from './server-config.js';

/** What is looked for in the working folder unless a file is named. */
export const CONFIG_FILE_NAME = 'kinegraph.config.json';

/** Where to look for a configuration. */
export interface ConfigRequest {
  /** Relative paths of flags and variables begin here. */
  readonly workingFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The values of the flags. */
  readonly flags: readonly ConfigValue[];
  /** `--config`; left out: `KINEGRAPH_CONFIG`, else `kinegraph.config.json` in the working folder, where there is one. */
  readonly file?: string;
}

/** A plugin to load, and the folder from which its name is looked up. */
export interface ChosenPlugin extends PluginChoice {
  readonly from: string;
}

/** A checked configuration. All its paths are absolute. */
export interface LoadedConfig {
  readonly config: ServerConfig;
  readonly plugins: readonly ChosenPlugin[];
  /** By name of the setting; what is not there has its default. */
  readonly origins: ReadonlyMap<string, ConfigOrigin>;
  /** Mistyped variables and the like: to be told, nothing to stop for. */
  readonly warnings: readonly string[];
  readonly file?: string;
}

/** Merges flags over environment over file over defaults, and checks the whole. @throws ConfigError */
export function loadConfig(request: ConfigRequest): LoadedConfig {
  const file = readConfigFile(request);
  const environment = environmentValues(request.env);
  const merged = new MergedConfig();
  for (const value of [...(file?.values ?? []), ...environment.values, ...request.flags]) merged.add(value);
  const config = merged.check();
  const folderOf = (name: string): string =>
    merged.originOf(name).kind === 'file' && file !== undefined ? path.dirname(file.path) : request.workingFolder;
  return {
    config: withAbsolutePaths(config, folderOf),
    plugins: config.plugins.map((choice, index) => {
      const { package: name, settings } = typeof choice === 'string' ? { package: choice, settings: {} } : choice;
      // Those that flags add stand behind those of the file.
      const from = index < merged.additionsBegin('plugins') ? folderOf('plugins') : request.workingFolder;
      return { package: /^\.{0,2}[/\\]|^\.{1,2}$/.test(name) ? path.resolve(from, name) : name, settings, from };
    }),
    origins: merged.origins,
    warnings: environment.warnings,
    ...(file === undefined ? {} : { file: file.path }),
  };
}

/** Values of several sources, the later over the earlier. */
class MergedConfig {
  readonly #input: Record<string, unknown> = emptyObject();
  readonly origins = new Map<string, ConfigOrigin>();
  readonly #added = new Map<string, number>();

  add({ path: steps, value, origin, isAddition = false }: ConfigValue): void {
    const name = steps.join('.');
    const last = steps.at(-1);
    if (last === undefined) throw notAnObject(origin, value);
    let section = this.#input;
    for (const step of steps.slice(0, -1)) {
      section[step] ??= emptyObject();
      if (!isObject(section[step])) return; // no section stands there, which the check will tell
      section = section[step];
    }
    if (isAddition && Array.isArray(value)) {
      const before = section[last] ?? defaultOf(name);
      const list: readonly unknown[] = Array.isArray(before) ? before : [];
      if (!this.#added.has(name)) this.#added.set(name, list.length);
      section[last] = [...list, ...(value as readonly unknown[])];
      // The list is still that of its own source, unless there was none.
      if (!this.origins.has(name)) this.origins.set(name, origin);
      return;
    }
    section[last] = value;
    this.origins.set(name, origin);
  }

  originOf(name: string): ConfigOrigin {
    return this.origins.get(name) ?? { kind: 'default' };
  }

  /** How many items of a list come before those that were added to it. */
  additionsBegin(name: string): number {
    return this.#added.get(name) ?? Number.POSITIVE_INFINITY;
  }

  /** @throws ConfigError */
  check(): ServerConfig {
    const result = ServerConfig.safeParse(this.#input);
    if (result.success) return result.data;
    const faults = schemaFaults(CONFIG_SCHEMA, this.#input, result.error.issues, 'The configuration');
    throw new ConfigError({
      problems: faults.map(({ path: place, message, mend }) => ({
        place: this.#placeOf(place),
        message,
        ...(mend === undefined ? {} : { mend }),
      })),
    });
  }

  /** The source of what is at a path, or of what is nearest above it or below it. */
  #placeOf(place: readonly PathStep[]): string {
    for (let length = place.length; length > 0; length -= 1) {
      const origin = this.origins.get(place.slice(0, length).join('.'));
      if (origin !== undefined) return originText(origin, place);
    }
    // What is missing beside something that is there, as a key without its certificate.
    const section = place.slice(0, -1).join('.');
    const beside = [...this.origins].find(([name]) => section !== '' && name.startsWith(`${section}.`));
    return beside === undefined ? place.join('.') : `beside ${originText(beside[1], beside[0].split('.'))}`;
  }
}

function readConfigFile(
  request: ConfigRequest,
): { readonly path: string; readonly values: readonly ConfigValue[] } | undefined {
  const { workingFolder, env } = request;
  const named = request.file ?? (env['KINEGRAPH_CONFIG'] === '' ? undefined : env['KINEGRAPH_CONFIG']);
  const file = path.resolve(workingFolder, named ?? CONFIG_FILE_NAME);
  // Shown as the operator would write it.
  const shown = path.relative(workingFolder, file).startsWith('..') ? file : path.relative(workingFolder, file);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (isMissing && named === undefined) return undefined;
    const message = isMissing
      ? 'There is no such configuration file.'
      : `This file cannot be read: ${errorMessage(cause)}.`;
    throw new ConfigError({ problems: [{ place: shown, message }] }, { cause });
  }
  return { path: file, values: fileValues(shown, text) };
}

function withAbsolutePaths(config: ServerConfig, folderOf: (name: string) => string): ServerConfig {
  const copy = structuredClone(config);
  for (const { name, path: steps, schema } of CONFIG_KEYS) {
    const items: unknown = schema['items'];
    const isPath = schema['format'] === PATH_FORMAT || (isObject(items) && items['format'] === PATH_FORMAT);
    if (!isPath) continue;
    const section = steps
      .slice(0, -1)
      .reduce<unknown>((inner, step) => (isObject(inner) ? inner[step] : undefined), copy);
    const last = steps.at(-1) ?? '';
    if (!isObject(section)) continue;
    const value = section[last];
    const absolute = (text: unknown): unknown => (typeof text === 'string' ? path.resolve(folderOf(name), text) : text);
    if (value !== undefined) section[last] = Array.isArray(value) ? value.map(absolute) : absolute(value);
  }
  return copy;
}

function defaultOf(name: string): unknown {
  return CONFIG_KEYS.find((key) => key.name === name)?.schema['default'];
}

function notAnObject(origin: ConfigOrigin, value: unknown): ConfigError {
  const met = Array.isArray(value) ? 'a list' : JSON.stringify(value);
  const message = `The configuration is ${met}; allowed: an object.`;
  return new ConfigError({ problems: [{ place: originText(origin, []), message }] });
}

/** Without a prototype, so that a key like "__proto__" is a key like others, and unknown. */
function emptyObject(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
