import { propertySchema } from '@kinegraph/core';
import type { NodeTypeDescriptor } from '@kinegraph/core';
import { sliderRange } from './slider.js';
import type { SliderRange } from './slider.js';

/** One value of a configuration as a form shows it. */
export interface ConfigField {
  readonly key: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly control: FieldControl;
  /** What counts where nothing is set; undefined: there is none. */
  readonly fallback: unknown;
  readonly isRequired: boolean;
  /** A run takes it over without a restart of the node. */
  readonly isLive: boolean;
}

/** How a value is entered. */
export type FieldControl =
  | { readonly is: 'switch' }
  | { readonly is: 'choice'; readonly of: readonly (string | number)[] }
  | {
      readonly is: 'number';
      /** Where it is bounded on both sides. */
      readonly range: SliderRange | undefined;
      readonly isWhole: boolean;
    }
  | { readonly is: 'text' }
  | ListControl
  /** What no other control enters: lists and objects, as JSON. */
  | { readonly is: 'json' };

/** How a value is entered that has several. */
export type ListControl =
  | { readonly is: 'texts' }
  /** Several of them, in an order. */
  | { readonly is: 'choices'; readonly of: readonly (string | number)[] }
  /** So many numbers, or so many. */
  | { readonly is: 'numbers'; readonly lengths: readonly number[] }
  /** Numbers, or lists of them, by names. */
  | { readonly is: 'map' };

/** The fields of a node type, in the order of its schema. */
export function configFields(descriptor: NodeTypeDescriptor): readonly ConfigField[] {
  const { configSchema, liveConfig } = descriptor;
  const properties: unknown = configSchema['properties'];
  if (typeof properties !== 'object' || properties === null) return [];
  const required: unknown = configSchema['required'];
  return Object.keys(properties).flatMap((key): ConfigField[] => {
    const schema = propertySchema(configSchema, key);
    if (schema === undefined) return [];
    return [
      {
        key,
        title: text(schema['title']) ?? words(key),
        description: text(schema['description']),
        control: controlOf(schema),
        fallback: schema['default'],
        isRequired: Array.isArray(required) && required.includes(key) && schema['default'] === undefined,
        isLive: liveConfig.includes(key),
      },
    ];
  });
}

function controlOf(schema: Readonly<Record<string, unknown>>): FieldControl {
  const choices = schema['enum'];
  if (Array.isArray(choices) && choices.every((one) => typeof one === 'string' || typeof one === 'number'))
    return { is: 'choice', of: choices };
  switch (schema['type']) {
    case 'boolean':
      return { is: 'switch' };
    case 'integer':
    case 'number':
      return {
        is: 'number',
        range: sliderRange(schema),
        isWhole: schema['type'] === 'integer',
      };
    case 'string':
      return { is: 'text' };
    default:
      return listControlOf(schema) ?? { is: 'json' };
  }
}

type Schema = Readonly<Record<string, unknown>>;

function listControlOf(schema: Schema): ListControl | undefined {
  const lengths = tupleLengths(schema);
  if (lengths !== undefined) return { is: 'numbers', lengths };
  const items = schemaAt(schema, 'items');
  if (schema['type'] === 'array' && items !== undefined) {
    const of = controlOf(items);
    if (of.is === 'text') return { is: 'texts' };
    if (of.is === 'choice') return { is: 'choices', of: of.of };
  }
  const values = schema['type'] === 'object' ? schemaAt(schema, 'additionalProperties') : undefined;
  const hasOwn = schema['properties'] !== undefined;
  if (values !== undefined && !hasOwn && variants(values).every(isNumberOrNumbers)) return { is: 'map' };
  return undefined;
}

/** How long the tuples of numbers are that fit; undefined where others fit as well. */
function tupleLengths(schema: Schema): readonly number[] | undefined {
  const lengths = variants(schema).map((variant) => {
    const { prefixItems } = variant;
    const isClosed =
      variant['items'] === false || variant['maxItems'] === (prefixItems as unknown[] | undefined)?.length;
    if (!Array.isArray(prefixItems) || !isClosed) return undefined;
    return prefixItems.every((item) => isSchema(item) && isNumber(item)) ? prefixItems.length : undefined;
  });
  return lengths.every((length) => length !== undefined) ? lengths : undefined;
}

function variants(schema: Schema): readonly Schema[] {
  const union: unknown = schema['anyOf'];
  return Array.isArray(union) && union.length > 0 && union.every(isSchema) ? union : [schema];
}

function isNumberOrNumbers(schema: Schema): boolean {
  if (isNumber(schema)) return true;
  const items = schemaAt(schema, 'items');
  return schema['type'] === 'array' && items !== undefined && isNumber(items);
}

function isNumber({ type }: Schema): boolean {
  return type === 'number' || type === 'integer';
}

function schemaAt(schema: Schema, key: string): Schema | undefined {
  const found = schema[key];
  return isSchema(found) ? found : undefined;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** `minTrackingConfidence` as people write it. */
function words(key: string): string {
  const spaced = key.replaceAll(
    /([a-z0-9])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
