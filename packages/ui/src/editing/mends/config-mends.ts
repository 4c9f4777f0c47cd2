import { contributedSkeletons, nearestName, schemaAt, valueAt } from '@kinegraph/core';
import type { GraphDocument, JsonSchema, PathStep } from '@kinegraph/core';
import { changeNode } from '../node-edits.js';
import { MOST_CHOICES, stepsOf, withValueAt } from './mend.js';
import type { Mend, MendContext, Mender } from './mend.js';

/** A place in the configuration of a node. */
interface ConfigPlace {
  readonly node: string;
  readonly path: readonly PathStep[];
  readonly schema: JsonSchema;
  readonly met: unknown;
}

function placeOf({ problem, document, catalog }: MendContext): ConfigPlace | undefined {
  const [, name = '', , ...steps] = stepsOf(problem.pointer);
  const node = document.nodes[name];
  const schema = node === undefined ? undefined : catalog.get(node.type)?.configSchema;
  if (node === undefined || schema === undefined || steps.length === 0) return undefined;
  // A number in a pointer is the place in a list where there is a list.
  let value: unknown = node.config;
  const path = steps.map((step): PathStep => {
    const isPlace = Array.isArray(value);
    const key = isPlace ? Number(step) : step;
    value = valueAt(value, [key]);
    return key;
  });
  return { node: name, path, schema, met: value };
}

function withConfig(document: GraphDocument, { node, path }: ConfigPlace, value: unknown): GraphDocument {
  const config = withValueAt(document.nodes[node]?.config ?? {}, path, value) as Record<string, unknown>;
  return changeNode(document, node, { config: Object.keys(config).length === 0 ? undefined : config });
}

const keyOf = ({ path }: ConfigPlace): string => String(path.at(-1) ?? '');

function setTo(document: GraphDocument, place: ConfigPlace, value: unknown): Mend {
  return {
    action: 'set-value',
    values: { key: keyOf(place), value: JSON.stringify(value) },
    apply: () => withConfig(document, place, value),
  };
}

/** The value that is nearest to what was met and allowed; undefined where that is not clear. */
function nearestValue(met: unknown, schema: JsonSchema): unknown {
  if ('const' in schema) return schema['const'];
  const choices: readonly unknown[] = Array.isArray(schema['enum']) ? schema['enum'] : [];
  if (choices.length > 0) {
    const texts = choices.filter((choice) => typeof choice === 'string');
    const near = typeof met === 'string' ? nearestName(met, texts) : undefined;
    return near ?? choices.find((choice) => String(choice) === String(met));
  }
  const type = schema['type'];
  if (type === 'boolean') return met === 'true' ? true : met === 'false' ? false : undefined;
  if (type === 'string') return typeof met === 'number' ? String(met) : undefined;
  if (type !== 'integer' && type !== 'number') return undefined;
  const number = typeof met === 'number' ? met : typeof met === 'string' && met.trim() !== '' ? Number(met) : NaN;
  return Number.isFinite(number) ? clamped(number, schema, type === 'integer') : undefined;
}

function clamped(number: number, schema: JsonSchema, isWhole: boolean): number | undefined {
  const bound = (key: string): number | undefined => (typeof schema[key] === 'number' ? schema[key] : undefined);
  const [min, max] = [bound('minimum'), bound('maximum')];
  const [above, below] = [bound('exclusiveMinimum'), bound('exclusiveMaximum')];
  let nearest = isWhole ? Math.round(number) : number;
  if (max !== undefined) nearest = Math.min(nearest, max);
  if (min !== undefined) nearest = Math.max(nearest, min);
  // Nobody can say which number just inside an open bound was meant; of whole ones there is a next.
  if (above !== undefined && nearest <= above) return isWhole ? Math.floor(above) + 1 : undefined;
  if (below !== undefined && nearest >= below) return isWhole ? Math.ceil(below) - 1 : undefined;
  return nearest;
}

/** Into its range, to the nearest choice, or back to its default. */
export const mendsOfValue: Mender = (context) => {
  const { document } = context;
  const place = placeOf(context);
  const schema = place && schemaAt(place.schema, place.path);
  if (place === undefined || schema === undefined) return [];
  const nearest = nearestValue(place.met, schema);
  const choices = nearest === undefined ? choicesOf(schema) : [nearest];
  const hasDefault = 'default' in schema;
  return [
    ...choices.map((choice) => setTo(document, place, choice)),
    ...(hasDefault || isOptional(place)
      ? [
          {
            action: 'remove-key' as const,
            values: { key: keyOf(place), value: hasDefault ? JSON.stringify(schema['default']) : '' },
            apply: () => withConfig(document, place, undefined),
          },
        ]
      : []),
  ];
};

/** A few that can be named one by one. */
function choicesOf(schema: JsonSchema): readonly unknown[] {
  const choices: readonly unknown[] = Array.isArray(schema['enum']) ? schema['enum'] : [];
  return choices.length <= MOST_CHOICES ? choices : [];
}

function isOptional({ schema, path }: ConfigPlace): boolean {
  const last = path.at(-1);
  const owner = schemaAt(schema, path.slice(0, -1));
  if (typeof last !== 'string' || owner === undefined) return false;
  const required: unknown = owner['required'];
  return schemaAt(schema, path) !== undefined && !(Array.isArray(required) && required.includes(last));
}

/** A value that is wanted and not there: its default, the only one, or one of a few. */
export const mendsOfMissingKey: Mender = (context) => {
  const place = placeOf(context);
  const schema = place && schemaAt(place.schema, place.path);
  if (place === undefined || schema === undefined) return [];
  const values: readonly unknown[] =
    'default' in schema
      ? [schema['default']]
      : 'const' in schema
        ? [schema['const']]
        : schema['type'] === 'boolean'
          ? [true, false]
          : choicesOf(schema);
  return values.map((value) => setTo(context.document, place, value));
};

/** A key that there is none of: by the name that was probably meant, or out with it. */
export const mendsOfUnknownKey: Mender = (context) => {
  const { document } = context;
  const place = placeOf(context);
  if (place === undefined) return [];
  const key = keyOf(place);
  const owner = schemaAt(place.schema, place.path.slice(0, -1));
  const properties = owner?.['properties'];
  const known = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  const siblings = valueAt(document.nodes[place.node]?.config, place.path.slice(0, -1));
  const free = known.filter((name) => valueAt(siblings, [name]) === undefined);
  const near = nearestName(key, free);
  const renamed = near === undefined ? undefined : [...place.path.slice(0, -1), near];
  return [
    ...(near === undefined || renamed === undefined
      ? []
      : [
          {
            action: 'rename-key' as const,
            values: { key, to: near },
            apply: () => withConfig(withConfig(document, place, undefined), { ...place, path: renamed }, place.met),
          },
        ]),
    { action: 'remove-key', values: { key, value: '' }, apply: () => withConfig(document, place, undefined) },
  ];
};

/** A skeleton that nobody defines: the one that was probably meant, or the type's own. */
export const mendsOfUnknownSkeleton: Mender = (context) => {
  const { document, catalog } = context;
  const place = placeOf(context);
  const schema = place && schemaAt(place.schema, place.path);
  if (place === undefined || schema === undefined) return [];
  const known = [...contributedSkeletons(catalog), ...(document.skeletons ?? [])].map(({ id }) => id);
  const near = typeof place.met === 'string' ? nearestName(place.met, known) : undefined;
  const own = schema['default'];
  const others = typeof own === 'string' && known.includes(own) && own !== near ? [own] : [];
  return [...(near === undefined ? [] : [near]), ...others].map((id) => setTo(document, place, id));
};
