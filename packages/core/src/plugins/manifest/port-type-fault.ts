import { parsePortType } from '../../graph/index.js';

/** Where a port type is written, for what may stand there. */
export interface PortTypePlace {
  readonly side: 'input' | 'output';
  /** The input ports of the node type. */
  readonly inputs: readonly string[];
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
