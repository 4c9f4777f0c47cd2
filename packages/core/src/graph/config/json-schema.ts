import type { JsonSchema } from '../node-type.js';
import type { PathStep } from '../text/json-pointer.js';
import { listWords, showValue } from '../text/show-value.js';

/** A value as a schema, where it is one. */
export function asSchema(value: unknown): JsonSchema | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : undefined;
}

/** A value as a list of schemas; empty where it is none. */
export function asSchemas(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.map(asSchema).filter((schema) => schema !== undefined) : [];
}

/** Follows `$ref` to a definition in the same schema; a chain of references ends somewhere or is no schema. */
function dereference(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let current = schema;
  for (let hops = 0; hops < 16; hops += 1) {
    const reference = current['$ref'];
    if (typeof reference !== 'string') return current;
    if (reference === '#') return root;
    const [, list, name] = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(reference) ?? [];
    const target = list === undefined || name === undefined ? undefined : asSchema(asSchema(root[list])?.[name]);
    if (target === undefined) return {};
    current = target;
  }
  return {};
}

/** The schema of what is at a path; undefined where the schema says nothing of it. */
export function schemaAt(root: JsonSchema, path: readonly PathStep[]): JsonSchema | undefined {
  let current: JsonSchema | undefined = dereference(root, root);
  for (const step of path) {
    current = current === undefined ? undefined : inner(current, step, root);
    if (current === undefined) return undefined;
  }
  return current;
}

function inner(schema: JsonSchema, step: PathStep, root: JsonSchema): JsonSchema | undefined {
  const properties = asSchema(schema['properties']);
  const own =
    properties !== undefined && Object.hasOwn(properties, step)
      ? asSchema(properties[step])
      : typeof step === 'number'
        ? (asSchemas(schema['prefixItems'])[step] ?? asSchema(schema['items']))
        : asSchema(schema['additionalProperties']);
  if (own !== undefined) return dereference(own, root);
  for (const branch of branchesOf(schema)) {
    const found = inner(dereference(branch, root), step, root);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The alternatives of a schema. */
export function branchesOf(schema: JsonSchema): JsonSchema[] {
  return [...asSchemas(schema['anyOf']), ...asSchemas(schema['oneOf']), ...asSchemas(schema['allOf'])];
}

/** The keys that an object of this schema may have; undefined where any key is allowed. */
export function keysOf(schema: JsonSchema | undefined): string[] | undefined {
  const properties = asSchema(schema?.['properties']);
  return properties === undefined ? undefined : Object.keys(properties);
}

/** What a schema allows, in words that follow "allowed:" - `a whole number from 1 to 4`. */
export function describeAllowed(schema: JsonSchema, root: JsonSchema = schema): string {
  const known = dereference(schema, root);
  if ('const' in known) return showValue(known['const']);
  const choices: unknown = known['enum'];
  if (Array.isArray(choices)) return listWords(choices.map(showValue), 'or');
  const branches = branchesOf(known).map((branch) => describeAllowed(branch, root));
  if (branches.length > 0)
    return listWords([...new Set(branches)], asSchemas(known['allOf']).length > 0 ? 'and' : 'or');
  const { type } = known;
  if (Array.isArray(type)) {
    return listWords(
      type.map((each: unknown) => describeType(String(each), known, root)),
      'or',
    );
  }
  return typeof type === 'string' ? describeType(type, known, root) : 'any value';
}

function describeType(type: string, schema: JsonSchema, root: JsonSchema): string {
  switch (type) {
    case 'integer':
      return `a whole number${numberRange(schema)}`;
    case 'number':
      return `a number${numberRange(schema)}`;
    case 'string':
      return describeText(schema);
    case 'boolean':
      return 'true or false';
    case 'array':
      return describeList(schema, root);
    case 'object': {
      const keys = keysOf(schema);
      return keys === undefined || keys.length === 0 ? 'an object' : `an object with the keys ${listWords(keys)}`;
    }
    default:
      return type; // null
  }
}

function numberOf(schema: JsonSchema, keyword: string): number | undefined {
  const value = schema[keyword];
  // The bounds of whole numbers that a double can hold are no limit anybody set.
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}

function numberRange(schema: JsonSchema): string {
  const [min, max] = [numberOf(schema, 'minimum'), numberOf(schema, 'maximum')];
  const [above, below] = [numberOf(schema, 'exclusiveMinimum'), numberOf(schema, 'exclusiveMaximum')];
  const multiple = numberOf(schema, 'multipleOf');
  const steps = multiple === undefined || multiple === 1 ? '' : ` in steps of ${multiple}`;
  if (min !== undefined && max !== undefined && above === undefined && below === undefined) {
    return ` from ${min} to ${max}${steps}`;
  }
  const parts = [
    above === undefined ? (min === undefined ? '' : `at least ${min}`) : `above ${above}`,
    below === undefined ? (max === undefined ? '' : `at most ${max}`) : `below ${below}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? steps : ` ${parts.join(' and ')}${steps}`;
}

/** " of 1 to 5 characters", " of at least 2 items"; empty without bounds. */
function countRange(noun: string, min: number | undefined, max: number | undefined): string {
  const plural = (count: number): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
  if (min !== undefined && max !== undefined)
    return min === max ? ` of ${plural(min)}` : ` of ${min} to ${plural(max)}`;
  if (min !== undefined && min > 0) return ` of at least ${plural(min)}`;
  return max === undefined ? '' : ` of at most ${plural(max)}`;
}

function describeText(schema: JsonSchema): string {
  const { format, pattern } = schema;
  const length = countRange('character', numberOf(schema, 'minLength'), numberOf(schema, 'maxLength'));
  const kind = typeof format === 'string' ? `a text in the format "${format}"` : 'a text';
  const fitting = typeof pattern === 'string' ? ` that fits the pattern ${pattern}` : '';
  return `${kind}${length}${fitting}${suchAs(schema['examples'])}`;
}

/** A format or a pattern says little to people; examples say it. */
function suchAs(examples: unknown): string {
  return Array.isArray(examples) && examples.length > 0 ? `, such as ${listWords(examples.map(showValue), 'or')}` : '';
}

function describeList(schema: JsonSchema, root: JsonSchema): string {
  const places = asSchemas(schema['prefixItems']);
  if (places.length > 0) return `a list of ${listWords(places.map((place) => describeAllowed(place, root)))}`;
  const items = asSchema(schema['items']);
  const length = countRange('item', numberOf(schema, 'minItems'), numberOf(schema, 'maxItems'));
  if (items === undefined) return `a list${length}`;
  // A list of lists is told no deeper: nobody reads such a sentence.
  return `a list${length}, each ${items['type'] === 'array' ? 'a list' : describeAllowed(items, root)}`;
}
