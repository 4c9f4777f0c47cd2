import { parsePortType, propertySchema } from '../../graph/index.js';
import type { JsonSchema } from '../../graph/index.js';

/** Where a port type is written, for what may stand there. */
export interface PortTypePlace {
  readonly side: 'input' | 'output';
  /** The input ports of the node type. */
  readonly inputs: readonly string[];
}

/**
 * What is wrong with a key that `landmarks/{key}` takes its skeleton from, as a sentence; undefined when it is good. The
 * type must be known without the plugin's code, and stay as it is while the node runs.
 */
export function skeletonKeyFault(key: string, schema: JsonSchema, liveConfig: readonly string[]): string | undefined {
  const property = propertySchema(schema, key);
  if (property === undefined) {
    const known = Object.keys((schema['properties'] as object | undefined) ?? {});
    return `its configuration has no key "${key}"; known are ${known.join(', ') || 'none'}.`;
  }
  if (property['type'] !== 'string') return `"${key}" of its configuration must be a text, the id of a skeleton.`;
  const required: unknown = schema['required'];
  if (property['default'] === undefined && !(Array.isArray(required) && required.includes(key)))
    return `"${key}" of its configuration may be left out and has no default, so the type would not be known.`;
  if (liveConfig.includes(key)) return `"${key}" is in liveConfig, but another port type needs another instance.`;
  return undefined;
}

/** What is wrong with the port type of a port, as a sentence; undefined when it is good. */
export function portTypeFault(text: string, { side, inputs }: PortTypePlace): string | undefined {
  const type = parsePortType(text);
  if (type === undefined) {
    return 'that is no port type; examples are "frame", "landmarks/hand-21", "landmarks/*", "window<frame>" and "any".';
  }
  if (type.base.is === 'input') {
    if (side === 'input') return 'only outputs can take over the type of an input.';
    if (!inputs.includes(type.base.port)) {
      return `there is no input "${type.base.port}"; this node type has ${inputs.join(', ') || 'none'}.`;
    }
  }
  return undefined;
}
