import type { NodePorts } from './node-ports.js';
import { commonPortType, resolveOutputType } from './port-types.js';
import type { Wiring } from './wiring.js';

/** What leaves the outputs of each node: `type(node, output)`, never with `$`; `any` where it is not known. */
export interface ResolvedPortTypes {
  output(node: string, port: string): string;
}

/**
 * Follows port types along the wires, so that `$in` becomes what arrives: the type behind three buffers is that before
 * them. An input that allows less than what arrives narrows it; where nothing is wired, or a cycle hides what arrives,
 * the input's own type counts.
 * @param portsOf - with the configuration's part in them: see `nodePorts`.
 */
export function resolvePortTypes(wiring: Wiring, portsOf: (node: string) => NodePorts | undefined): ResolvedPortTypes {
  const outputs = new Map<string, Map<string, string>>();
  const typeOf = (node: string, port: string): string => outputs.get(node)?.get(port) ?? 'any';

  const arrivingAt = (node: string, { inputs }: NodePorts, port: string): string | undefined => {
    if (!Object.hasOwn(inputs, port)) return undefined;
    const allowed = inputs[port]?.type ?? 'any';
    const wire = wiring.incoming(node).find(({ to }) => to.port === port);
    if (wire === undefined) return allowed;
    return commonPortType(typeOf(wire.from.node, wire.from.port), allowed) ?? allowed;
  };

  const placed = wiring.topologicalOrder();
  const known = new Set(placed);
  const onCycles = wiring.nodeNames.filter((name) => !known.has(name));
  for (const name of [...placed, ...onCycles]) {
    const ports = portsOf(name);
    if (ports === undefined) continue;
    const resolved = Object.entries(ports.outputs).map(([port, { type }]): [string, string] => [
      port,
      resolveOutputType(type, (input) => arrivingAt(name, ports, input)),
    ]);
    outputs.set(name, new Map(resolved));
  }
  return { output: typeOf };
}
