import { CONFIG_KEYS } from './config-keys.js';
import type { LoadedConfig } from './load-config.js';
import { originText } from './config-origin.js';
import type { JsonSchema } from '@kinegraph/core';

/** What stands in the place of a secret. */
export const HIDDEN = '(hidden)';

/**
 * The configuration as `--print-config` shows it: every value with its default filled in, secrets hidden, and beside it
 * where each comes from.
 */
export function describeConfig({ config, origins }: LoadedConfig): {
  readonly config: unknown;
  readonly from: Readonly<Record<string, string>>;
} {
  let shown: unknown = config;
  const from: Record<string, string> = {};
  for (const { name, path, schema } of CONFIG_KEYS) {
    shown = replaceAt(shown, path, (value) => withoutSecrets(value, schema));
    const origin = origins.get(name) ?? { kind: 'default' };
    from[name] = originText(origin, path);
  }
  return { config: shown, from };
}

function replaceAt(whole: unknown, path: readonly string[], change: (value: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(whole);
  if (!isObject(whole) || !(step in whole)) return whole;
  return { ...whole, [step]: replaceAt(whole[step], rest, change) };
}

/** The values inside of what its schema marks as secret are hidden, the keys stay. */
function withoutSecrets(value: unknown, schema: JsonSchema): unknown {
  if (schema['secret'] === true) return hidden(value);
  if (Array.isArray(value)) {
    const items = isObject(schema['items']) ? schema['items'] : {};
    return value.map((item: unknown) => withoutSecrets(item, items));
  }
  if (!isObject(value)) return value;
  const properties = propertiesOf(schema);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const known = properties[key];
      return [key, isObject(known) ? withoutSecrets(inner, known) : inner];
    }),
  );
}

/** Also those of all alternatives: a value that is secret in one is shown in none. */
function propertiesOf(schema: JsonSchema): Record<string, unknown> {
  const branches = Array.isArray(schema['anyOf']) ? (schema['anyOf'] as readonly unknown[]) : [];
  return Object.assign(
    {},
    ...branches.map((branch) => (isObject(branch) ? propertiesOf(branch) : {})),
    isObject(schema['properties']) ? schema['properties'] : {},
  ) as Record<string, unknown>;
}

function hidden(value: unknown): unknown {
  if (!isObject(value)) return HIDDEN;
  return Object.fromEntries(Object.keys(value).map((key) => [key, HIDDEN]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
