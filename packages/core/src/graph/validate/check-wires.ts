import { portTypesFit } from '../port-types.js';
import { graphProblem } from '../problem.js';
import type { GraphProblemCode, Problem, ProblemFacts } from '../problem.js';
import { jsonPointer } from '../text/json-pointer.js';
import { listNames } from '../text/show-value.js';
import { formatEndpoint, wireName } from '../wiring.js';
import type { PlacedWire } from '../wiring.js';
import type { ValidationContext } from './context.js';

/** Each wire by itself and beside the others: its ends, its direction, its types, who else is on its input. */
export function checkWires(context: ValidationContext): Problem[] {
  const firstOf = new Map<string, PlacedWire>();
  const inputTakenBy = new Map<string, PlacedWire>();
  return context.wires.flatMap((wire) => {
    const first = firstOf.get(wireName(wire));
    if (first !== undefined) return [duplicate(wire, first)];
    firstOf.set(wireName(wire), wire);
    if (context.isTurned(wire)) return [turnedAround(wire)];
    const problems = [...checkEnd(context, wire, 'from'), ...checkEnd(context, wire, 'to')];
    if (problems.length > 0) return problems;
    const input = formatEndpoint(wire.to);
    const other = inputTakenBy.get(input);
    if (other !== undefined) return [inputTaken(wire, other)];
    inputTakenBy.set(input, wire);
    return checkTypes(context, wire);
  });
}

function problemOf(
  code: GraphProblemCode,
  wire: PlacedWire,
  step: 0 | 1 | undefined,
  facts: Omit<ProblemFacts, 'pointer' | 'wire'>,
): Problem {
  const pointer = jsonPointer(step === undefined ? ['wires', wire.index] : ['wires', wire.index, step]);
  return graphProblem(code, { ...facts, pointer, wire: wireName(wire) });
}

function duplicate(wire: PlacedWire, first: PlacedWire): Problem {
  return problemOf('GRAPH_WIRE_DUPLICATE', wire, undefined, {
    message: `The wire from "${formatEndpoint(wire.from)}" to "${formatEndpoint(wire.to)}" is there twice, at places ${first.index} and ${wire.index} of "wires".`,
    mend: 'Remove one of them.',
  });
}

function inputTaken(wire: PlacedWire, other: PlacedWire): Problem {
  return problemOf('GRAPH_INPUT_TAKEN', wire, 1, {
    node: wire.to.node,
    message: `Input "${formatEndpoint(wire.to)}" has two wires, from "${formatEndpoint(other.from)}" and from "${formatEndpoint(wire.from)}"; an input takes one.`,
    mend: 'Remove one of them.',
  });
}

function turnedAround(wire: PlacedWire): Problem {
  return problemOf('GRAPH_WIRE_DIRECTION', wire, undefined, {
    message: `The wire leads from the input "${formatEndpoint(wire.from)}" to the output "${formatEndpoint(wire.to)}"; wires lead from an output to an input.`,
    mend: `Turn it around: ["${formatEndpoint(wire.to)}", "${formatEndpoint(wire.from)}"].`,
  });
}

function checkEnd(context: ValidationContext, wire: PlacedWire, end: 'from' | 'to'): Problem[] {
  const [step, side, opposite] =
    end === 'from' ? ([0, 'outputs', 'inputs'] as const) : ([1, 'inputs', 'outputs'] as const);
  const { node, port } = wire[end];
  if (context.node(node) === undefined) {
    return [
      problemOf('GRAPH_UNKNOWN_NODE', wire, step, {
        message: `The wire ${end === 'from' ? 'starts' : 'ends'} at "${formatEndpoint(wire[end])}", but the graph has no node "${node}".`,
        mend: context.suggest(node, context.wiring.nodeNames) ?? `Add the node "${node}", or remove the wire.`,
      }),
    ];
  }
  const ports = context.ports(node, side);
  if (ports === undefined || ports.includes(port)) return [];
  const [one, other] = end === 'from' ? ['output', 'input'] : ['input', 'output'];
  if (context.ports(node, opposite)?.includes(port) === true) {
    return [
      problemOf('GRAPH_WIRE_DIRECTION', wire, step, {
        node,
        message: `The wire ${end === 'from' ? 'starts' : 'ends'} at "${formatEndpoint(wire[end])}", which is an ${other}; wires lead from an output to an input.`,
        mend: `${ports.length === 0 ? `Node "${node}" has no ${one}s: wire another node.` : `Use an ${one} of "${node}": ${listNames(ports, 'or')}.`}`,
      }),
    ];
  }
  return [
    problemOf('GRAPH_UNKNOWN_PORT', wire, step, {
      node,
      message: `Node "${node}" (${context.node(node)?.node.type ?? ''}) has no ${one} "${port}"; ${ports.length === 0 ? `it has no ${one}s` : `its ${one}s are ${listNames(ports)}`}.`,
      mend:
        context.suggest(port, ports) ?? (ports.length === 0 ? 'Remove the wire.' : `Use ${listNames(ports, 'or')}.`),
    }),
  ];
}

function checkTypes(context: ValidationContext, wire: PlacedWire): Problem[] {
  const input = context.portsOf(wire.to.node)?.inputs[wire.to.port]?.type;
  const output = context.portTypes.output(wire.from.node, wire.from.port);
  if (input === undefined || portTypesFit(output, input)) return [];
  return [
    problemOf('GRAPH_PORT_TYPES_DIFFER', wire, undefined, {
      node: wire.to.node,
      message: `Output "${formatEndpoint(wire.from)}" gives "${output}", but input "${formatEndpoint(wire.to)}" takes "${input}".`,
      mend: `Wire an output that gives "${input}", or put a node between them that makes "${input}" of "${output}".`,
    }),
  ];
}
