import { z } from 'zod';
import { errorMessage } from '../../base/index.js';
import type { JsonSchema } from '../node-type.js';
import { graphProblem } from '../problem.js';
import type { GraphProblemCode, Problem } from '../problem.js';
import { sameJson } from '../same-json.js';
import { jsonPointer } from '../text/json-pointer.js';
import { schemaFaults } from './schema-faults.js';
import type { SchemaFault } from './schema-faults.js';

/** A configuration with its defaults filled in, or what is wrong with it. */
export interface ResolvedConfig {
  /** Undefined where there are problems. Belongs to the caller: no part of it is shared with schema or configuration. */
  readonly value?: Record<string, unknown>;
  /** Pointers start at the configuration: `/numHands`. */
  readonly problems: readonly Problem[];
}

const CODES: Readonly<Record<SchemaFault['kind'], GraphProblemCode>> = {
  invalid: 'GRAPH_CONFIG_INVALID',
  missing: 'GRAPH_CONFIG_KEY_MISSING',
  'unknown-key': 'GRAPH_CONFIG_KEY_UNKNOWN',
  'invalid-key': 'GRAPH_CONFIG_INVALID',
};

/** Schemas are plain data that lives as long as its descriptor; each is made ready once. */
const compiledSchemas = new WeakMap<JsonSchema, z.ZodType>();

/**
 * The zod type that checks what a JSON Schema says. No code is generated from text, so it works in pages that forbid that.
 *
 * @throws Error, with zod's own message, where the schema is none or uses what zod cannot read (`not`, `if`).
 */
export function compileConfigSchema(schema: JsonSchema): z.ZodType {
  const known = compiledSchemas.get(schema);
  if (known !== undefined) return known;
  const compiled = z.fromJSONSchema(schema);
  compiledSchemas.set(schema, compiled);
  return compiled;
}

/** A default inside a default needs a round for each level; no schema for people nests deeper. */
const MOST_DEFAULT_ROUNDS = 8;

/**
 * Checks a configuration against the JSON Schema of its node type and fills in the defaults, without the plugin's code.
 *
 * @param config - As in the document; left out means `{}`.
 */
export function resolveConfig(schema: JsonSchema, config: unknown): ResolvedConfig {
  let type: z.ZodType;
  try {
    type = compileConfigSchema(schema);
  } catch (error) {
    return { problems: [unusableSchema(error)] };
  }
  const given = config ?? {};
  const first = type.safeParse(given);
  if (!first.success) {
    return { problems: schemaFaults(schema, given, first.error.issues, 'The configuration').map(toProblem) };
  }
  if (typeof first.data !== 'object' || first.data === null || Array.isArray(first.data)) {
    return { problems: [unusableSchema(new Error('it does not describe an object'))] };
  }
  return { value: structuredClone(fillNestedDefaults(type, first.data as Record<string, unknown>)), problems: [] };
}

/** A default that is an object is put in as it stands (`{}`); another round fills in what is left out inside it. */
function fillNestedDefaults(type: z.ZodType, filled: Record<string, unknown>): Record<string, unknown> {
  let value = filled;
  for (let round = 0; round < MOST_DEFAULT_ROUNDS; round += 1) {
    const next = type.safeParse(value);
    if (!next.success || sameJson(next.data, value)) return value;
    value = next.data as Record<string, unknown>;
  }
  return value;
}

function toProblem({ kind, path, message, mend }: SchemaFault): Problem {
  return graphProblem(CODES[kind], { pointer: jsonPointer(path), message, mend });
}

function unusableSchema(error: unknown): Problem {
  return graphProblem('GRAPH_CONFIG_SCHEMA_UNUSABLE', {
    pointer: '',
    message: `The configuration cannot be checked, because the JSON Schema of the node type cannot be used: ${errorMessage(error)}.`,
    mend: 'Tell the author of the plugin.',
  });
}
