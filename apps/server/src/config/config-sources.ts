import { TextLines, nearestName, scanJson } from '@kinegraph/core';
import { CONFIG_KEYS, CONFIG_KEY_BY_NAME } from './config-keys.js';
import { ConfigError } from './config-error.js';
import type { ConfigOrigin } from './config-origin.js';
import { readText } from './read-text.js';

/** A value that one source gives. */
export interface ConfigValue {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly origin: ConfigOrigin;
  /** True: the items are added to the list of the sources below instead of taking its place. */
  readonly isAddition?: boolean;
}

/** Nesting of a file beyond this is refused. */
const MAX_DEPTH = 32;
const SECTIONS = new Set(
  CONFIG_KEYS.flatMap(({ path }) => path.slice(0, -1).map((_, at) => path.slice(0, at + 1).join('.'))),
);

/** Variables that others read: where the user's files are, whether to stay off the network, and so on. */
const OTHER_VARIABLES = new Set(['KINEGRAPH_CONFIG', 'KINEGRAPH_HOME', 'KINEGRAPH_OFFLINE', 'KINEGRAPH_DEV']);

/** The values of a configuration file; keys that do not exist are among them, for the check to find. @throws ConfigError */
export function fileValues(file: string, text: string): ConfigValue[] {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const { fault, duplicates } = scanJson(json, MAX_DEPTH, 1);
  if (fault !== undefined) {
    const { line, column } = new TextLines(json).positionOf(fault.offset);
    const message = `This is not JSON: in line ${line}, column ${column} ${fault.reason}.`;
    throw new ConfigError({ problems: [{ place: file, message }] });
  }
  const [twice] = duplicates;
  if (twice !== undefined) {
    const message = `The key ${JSON.stringify(twice.key)} stands there twice.`;
    throw new ConfigError({
      problems: [{ place: `${file} at ${twice.pointer}`, message, mend: 'Remove one of them.' }],
    });
  }
  return leavesOf(JSON.parse(json), [], { kind: 'file', file });
}

/** The values that the environment gives, and what looks like a mistyped variable. */
export function environmentValues(env: Readonly<Record<string, string | undefined>>): {
  readonly values: ConfigValue[];
  readonly warnings: string[];
} {
  const values = CONFIG_KEYS.flatMap(({ path, variable, schema }): ConfigValue[] => {
    const text = env[variable];
    if (text === undefined || text === '') return []; // an empty variable is how many tools unset one
    return [{ path, value: readText(schema, text), origin: { kind: 'environment', variable } }];
  });
  const names = CONFIG_KEYS.map(({ variable }) => variable);
  const warnings = Object.keys(env).flatMap((name) => {
    if (!name.startsWith('KINEGRAPH_') || OTHER_VARIABLES.has(name) || names.includes(name)) return [];
    const rest = nearestName(
      name.slice('KINEGRAPH_'.length),
      names.map((known) => known.slice('KINEGRAPH_'.length)),
    );
    return rest === undefined
      ? []
      : [`There is no setting ${name}; it is passed over. Did you mean KINEGRAPH_${rest}?`];
  });
  return { values, warnings };
}

/** The value of `--set limits.runs=4`. @throws ConfigError */
export function setValue(assignment: string): ConfigValue {
  const equals = assignment.indexOf('=');
  const name = equals === -1 ? assignment : assignment.slice(0, equals);
  const key = CONFIG_KEY_BY_NAME.get(name);
  const place = `--set ${name}`;
  if (equals === -1 || key === undefined) {
    const nearest = nearestName(name, CONFIG_KEY_BY_NAME.keys());
    const message =
      key === undefined
        ? `There is no setting ${JSON.stringify(name)}.`
        : `A value is missing; allowed: ${name}=VALUE.`;
    const mend = key === undefined && nearest !== undefined ? { mend: `Did you mean "${nearest}"?` } : {};
    throw new ConfigError({ problems: [{ place, message, ...mend }] });
  }
  return {
    path: key.path,
    value: readText(key.schema, assignment.slice(equals + 1)),
    origin: { kind: 'flag', flag: place },
  };
}

/** Takes a document apart down to settings, and to what is no setting. */
function leavesOf(value: unknown, path: readonly string[], origin: ConfigOrigin): ConfigValue[] {
  const isSection = path.length === 0 || SECTIONS.has(path.join('.'));
  if (!isSection || typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ path, value, origin }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key], origin));
}
