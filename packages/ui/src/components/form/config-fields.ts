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
  /** What no other control enters: lists and objects, as JSON. */
  | { readonly is: 'json' };

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
      return { is: 'json' };
  }
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
