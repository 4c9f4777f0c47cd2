import type { z } from 'zod';
import { fieldName, nearestName, showValue, valueAt } from '../../graph/index.js';
import type { PathStep } from '../../graph/index.js';
import {
  Contributions,
  GraphContribution,
  ModelContribution,
  NodeContribution,
  PortTypeContribution,
} from './manifest.js';
import { pluginProblem } from './plugin-problem.js';
import type { PluginProblem } from './plugin-problem.js';

const ENTRY_SHAPES: Readonly<Record<string, { readonly shape: object }>> = {
  nodes: NodeContribution,
  portTypes: PortTypeContribution,
  models: ModelContribution,
  graphs: GraphContribution,
};

/** The keys that an object of the manifest may have, by where it is. */
function allowedKeys(path: readonly PathStep[]): readonly string[] {
  const [, list, , ports] = path;
  if (list === undefined) return Object.keys(Contributions.shape);
  if (ports === 'inputs') return ['type', 'description', 'optional'];
  if (ports === 'outputs') return ['type', 'description'];
  return Object.keys(ENTRY_SHAPES[list]?.shape ?? {});
}

const PLAIN_TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** "a text", "an object" for the type names of zod. */
function plainType(expected: string): string {
  return PLAIN_TYPES[expected] ?? expected;
}

/** What zod found at one place, as sentences that name plugin, field and mend. */
export function issueProblems(
  plugin: string,
  packageJson: unknown,
  issue: z.core.$ZodIssue,
  code: string,
): PluginProblem[] {
  const path = issue.path.filter((step): step is PathStep => typeof step !== 'symbol');
  const field = fieldName(path) || 'package.json';
  const value = valueAt(packageJson, path);
  const at = (message: string, mend: string): PluginProblem[] => [pluginProblem(plugin, code, path, message, mend)];

  switch (issue.code) {
    case 'invalid_type':
      return value === undefined
        ? at(`${field} is missing; it must be ${plainType(issue.expected)}.`, `Add ${field} to package.json.`)
        : at(
            `${field} is ${showValue(value)}, but it must be ${plainType(issue.expected)}.`,
            `Correct ${field} in package.json.`,
          );
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const allowed = allowedKeys(path);
        const nearest = nearestName(key, allowed);
        return pluginProblem(
          plugin,
          code,
          [...path, key],
          `${field} has the unknown key "${key}"; allowed are ${allowed.join(', ')}.`,
          nearest === undefined ? `Remove "${key}".` : `Write "${nearest}", or remove it.`,
        );
      });
    case 'invalid_value': {
      const allowed = issue.values.map(String).join(', ');
      return value === undefined
        ? at(`${field} is missing; allowed are ${allowed}.`, `Add ${field} to package.json.`)
        : at(`${field} is ${showValue(value)}; allowed are ${allowed}.`, `Use one of the allowed values for ${field}.`);
    }
    case 'too_small':
      return at(
        `${field} is ${showValue(value)}, but ${issue.origin === 'string' || issue.origin === 'array' ? 'it must not be empty' : `it must be ${String(issue.minimum)} or more`}.`,
        `Correct ${field} in package.json.`,
      );
    case 'invalid_key':
      return at(
        `${field} is a name that does not fit: ${issue.issues[0]?.message ?? issue.message}.`,
        `Rename ${field}.`,
      );
    default: // the schema's own sentence part
      return at(`${field} is ${showValue(value)}, but ${issue.message}.`, `Correct ${field} in package.json.`);
  }
}
