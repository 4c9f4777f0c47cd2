import type { InputPort, JsonSchema, NodeTypeDescriptor, OutputPort } from './node-type.js';
import { bindConfigKeys, configKeysOf } from './port-types.js';

/** The ports of one node: those of its type, with what its configuration decides about them. */
export interface NodePorts {
  readonly inputs: Readonly<Record<string, InputPort>>;
  readonly outputs: Readonly<Record<string, OutputPort>>;
}

/**
 * The ports of a node: `landmarks/{skeleton}` becomes `landmarks/coco-17` where its configuration has that.
 * @param config - as written or with its defaults; the schema's default stands in for a key that is left out.
 */
export function nodePorts(
  { inputs, outputs, configSchema }: Pick<NodeTypeDescriptor, 'inputs' | 'outputs' | 'configSchema'>,
  config: Readonly<Record<string, unknown>> | undefined,
): NodePorts {
  const bound = <P extends InputPort | OutputPort>(ports: Readonly<Record<string, P>>): Readonly<Record<string, P>> => {
    if (Object.values(ports).every(({ type }) => configKeysOf(type).length === 0)) return ports;
    return Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [
        name,
        { ...port, type: bindConfigKeys(port.type, (key) => configValue(configSchema, config, key)) },
      ]),
    );
  };
  return { inputs: bound(inputs), outputs: bound(outputs) };
}

/** The value of a key: as configured, else the default of its schema; undefined where there is neither. */
export function configValue(
  schema: JsonSchema,
  config: Readonly<Record<string, unknown>> | undefined,
  key: string,
): unknown {
  if (config !== undefined && Object.hasOwn(config, key)) return config[key];
  return propertySchema(schema, key)?.['default'];
}

/** The schema of one key of a configuration; undefined where there is no such key. */
export function propertySchema(schema: JsonSchema, key: string): JsonSchema | undefined {
  const properties: unknown = schema['properties'];
  if (typeof properties !== 'object' || properties === null || !Object.hasOwn(properties, key)) return undefined;
  const property: unknown = Reflect.get(properties, key);
  return typeof property === 'object' && property !== null ? (property as JsonSchema) : undefined;
}
