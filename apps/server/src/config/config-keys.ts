import { nodeConfigSchema } from '@kinegraph/core';
import type { JsonSchema } from '@kinegraph/core';
import { ServerConfig } from './server-config.js';

/** One setting of the configuration: what a file, a variable or a flag gives as one value. */
export interface ConfigKey {
  /** `limits.runs` */
  readonly name: string;
  readonly path: readonly string[];
  /** `KINEGRAPH_LIMITS_RUNS` */
  readonly variable: string;
  readonly schema: JsonSchema;
}

/** The JSON Schema of the configuration. */
export const CONFIG_SCHEMA: JsonSchema = nodeConfigSchema(ServerConfig);

/** All settings, in the order of the schema. */
export const CONFIG_KEYS: readonly ConfigKey[] = keysOf(CONFIG_SCHEMA, []).filter(({ name }) => name !== '$schema');

/** By name. */
export const CONFIG_KEY_BY_NAME: ReadonlyMap<string, ConfigKey> = new Map(CONFIG_KEYS.map((key) => [key.name, key]));

/** The variable of the environment for a setting. */
export function variableOf(path: readonly string[]): string {
  const words = path.map((step) => step.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase());
  return `KINEGRAPH_${words.join('_')}`;
}

function keysOf(schema: JsonSchema, path: readonly string[]): ConfigKey[] {
  const { properties } = schema;
  if (!isSchema(properties)) return [{ name: path.join('.'), path, variable: variableOf(path), schema }];
  return Object.entries(properties).flatMap(([key, inner]) => (isSchema(inner) ? keysOf(inner, [...path, key]) : []));
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
