import type { z } from 'zod';
import type { JsonSchema } from '../node-type.js';
import { MAX_GRAPH_PROBLEMS } from '../problem.js';
import { nearestName } from '../text/nearest-name.js';
import { fieldName, valueAt } from '../text/json-pointer.js';
import type { PathStep } from '../text/json-pointer.js';
import { listNames, showValue } from '../text/show-value.js';
import { branchesOf, describeAllowed, keysOf, schemaAt } from './json-schema.js';

/** One way in which a value does not fit a schema. */
export interface SchemaFault {
  readonly kind: 'invalid' | 'missing' | 'unknown-key' | 'invalid-key';
  /** Leads to the value, or to where it should be. */
  readonly path: readonly PathStep[];
  readonly message: string;
  readonly mend?: string;
}

type Issue = z.core.$ZodIssue;

/**
 * What zod found, as sentences that tell the value met and what the JSON Schema allows. One fault for each place, at most
 * `MAX_GRAPH_PROBLEMS`.
 *
 * @param whole - What a value without a name is called: `The configuration`.
 */
export function schemaFaults(
  schema: JsonSchema,
  value: unknown,
  issues: readonly Issue[],
  whole: string,
): SchemaFault[] {
  const faults = new Map<string, SchemaFault>();
  const context: FaultContext = { schema, value, whole };
  for (const issue of issues) {
    if (faults.size >= MAX_GRAPH_PROBLEMS) break;
    for (const fault of issueFaults(context, issue, [])) {
      const place = JSON.stringify(fault.path);
      if (!faults.has(place)) faults.set(place, fault);
    }
  }
  return [...faults.values()];
}

interface FaultContext {
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly whole: string;
}

function issueFaults(context: FaultContext, issue: Issue, base: readonly PathStep[]): SchemaFault[] {
  const path = [...base, ...issue.path.filter((step): step is PathStep => typeof step !== 'symbol')];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, MAX_GRAPH_PROBLEMS).map((key) => unknownKey(context, path, key));
    case 'invalid_key':
      return [
        {
          kind: 'invalid-key',
          path,
          message: `${JSON.stringify(String(path.at(-1) ?? ''))} cannot be a key of ${named(context, path.slice(0, -1))}.`,
          mend: 'Rename it.',
        },
      ];
    case 'invalid_union':
      return unionFaults(context, issue, path);
    default:
      return [wrongValue(context, path)];
  }
}

/**
 * Where the value clearly follows one alternative (its constants fit), the faults inside that one are told; else what
 * all of them allow.
 */
function unionFaults(
  context: FaultContext,
  issue: z.core.$ZodIssueInvalidUnion,
  path: readonly PathStep[],
): SchemaFault[] {
  const followed = issue.errors.filter((branch) => branch.every((inner) => isInside(inner)));
  const [only] = followed;
  if (followed.length === 1 && only !== undefined) return only.flatMap((inner) => issueFaults(context, inner, path));
  return [wrongValue(context, path)];
}

/** False for a fault of the whole value, or of a constant in it that tells the alternatives apart. */
function isInside(issue: Issue): boolean {
  if (issue.code === 'unrecognized_keys') return true;
  return issue.path.length > 0 && !(issue.code === 'invalid_value' && issue.values.length === 1);
}

function wrongValue(context: FaultContext, path: readonly PathStep[]): SchemaFault {
  const met = valueAt(context.value, path);
  const expected = schemaAt(context.schema, path);
  const allowed = expected === undefined ? '' : describeAllowed(expected, context.schema);
  if (met === undefined) {
    const only = expected !== undefined && 'const' in expected ? `: ${showValue(expected['const'])}` : '';
    return {
      kind: 'missing',
      path,
      message: `${named(context, path)} is missing${allowed === '' ? '' : `; allowed: ${allowed}`}.`,
      mend: `Add ${path.length === 0 ? 'it' : named(context, path)}${only}.`,
    };
  }
  const nearest =
    typeof met === 'string' && expected !== undefined ? nearestName(met, textChoices(expected)) : undefined;
  return {
    kind: 'invalid',
    path,
    message: `${named(context, path)} is ${showValue(met)}${allowed === '' ? ', which does not fit' : `; allowed: ${allowed}`}.`,
    ...(nearest === undefined ? {} : { mend: `Did you mean "${nearest}"?` }),
  };
}

function unknownKey(context: FaultContext, path: readonly PathStep[], key: string): SchemaFault {
  const keys = allowedKeys(context, path);
  const nearest = nearestName(key, keys);
  const place = path.length === 0 ? '' : ` in ${named(context, path)}`;
  return {
    kind: 'unknown-key',
    path: [...path, key],
    message: `There is no key ${JSON.stringify(key)}${place}; ${keys.length === 0 ? 'no keys are allowed' : `the keys are ${listNames(keys, 'and', 40)}`}.`,
    mend: nearest === undefined ? `Remove ${JSON.stringify(key)}.` : `Did you mean "${nearest}"?`,
  };
}

function allowedKeys(context: FaultContext, path: readonly PathStep[]): string[] {
  const schema = schemaAt(context.schema, path);
  if (schema === undefined) return [];
  return keysOf(schema) ?? [...new Set(branchesOf(schema).flatMap((branch) => keysOf(branch) ?? []))];
}

function textChoices(schema: JsonSchema): string[] {
  const choices: unknown[] = Array.isArray(schema['enum']) ? schema['enum'] : [schema['const']];
  return [...choices.filter((choice) => typeof choice === 'string'), ...branchesOf(schema).flatMap(textChoices)];
}

function named(context: FaultContext, path: readonly PathStep[]): string {
  return path.length === 0 ? context.whole : `"${fieldName(path)}"`;
}
