import { graphProblem } from '../problem.js';
import type { NodeTypeDescriptor } from '../node-type.js';
import type { Problem } from '../problem.js';
import { jsonPointer } from '../text/json-pointer.js';
import { listNames } from '../text/show-value.js';
import { formatEndpoint, wireName } from '../wiring.js';
import type { ValidationContext } from './context.js';

/** The graph as a whole: inputs left open, cycles, no source, no way to a sink, the layout and the groups. */
export function checkShape(context: ValidationContext): Problem[] {
  return [
    ...checkEmpty(context),
    ...checkOpenInputs(context),
    ...checkCycles(context),
    ...checkLiveSources(context),
    ...checkDeadEnds(context),
    ...checkLayout(context),
    ...checkGroups(context),
  ];
}

function checkEmpty({ nodes }: ValidationContext): Problem[] {
  if (nodes.length === 0) {
    return [
      graphProblem('GRAPH_EMPTY', {
        pointer: '/nodes',
        message: 'The graph has no nodes, so there is nothing to run.',
        mend: 'Add a source, a sink and a wire between them.',
      }),
    ];
  }
  // A node of an unknown type may be the source.
  if (nodes.some(({ descriptor }) => descriptor === undefined || descriptor.kind === 'source')) return [];
  return [
    graphProblem('GRAPH_NO_SOURCE', {
      pointer: '/nodes',
      message: 'The graph has no source, so no packet would ever enter it.',
      mend: 'Add a source, for example "media.source.file".',
    }),
  ];
}

function checkOpenInputs(context: ValidationContext): Problem[] {
  const wiredPorts = new Map<string, Set<string>>(context.nodes.map(({ name }) => [name, new Set()]));
  // A wire from a node that is not there still shows that the input was not forgotten.
  for (const { to } of context.meantWires) wiredPorts.get(to.node)?.add(to.port);
  return context.nodes.flatMap(({ name, descriptor }) =>
    descriptor === undefined ? [] : openInputs(name, descriptor, wiredPorts.get(name) ?? new Set()),
  );
}

function openInputs(name: string, { type, inputs }: NodeTypeDescriptor, wired: ReadonlySet<string>): Problem[] {
  const ports = Object.keys(inputs);
  const open = ports.filter((port) => inputs[port]?.optional !== true && !wired.has(port));
  // Wires to ports that do not exist are told as such; the inputs they were meant for are not told again.
  const misnamed = [...wired].filter((port) => !ports.includes(port));
  if (misnamed.length > 0 && open.length <= misnamed.length) return [];
  // A node whose inputs are all optional still needs one of them to ever have something to do.
  if (ports.length > 0 && wired.size === 0 && open.length === 0) {
    return [
      graphProblem('GRAPH_INPUT_UNCONNECTED', {
        pointer: jsonPointer(['nodes', name]),
        node: name,
        message: `None of the inputs of node "${name}" (${type}) has a wire; it needs at least one.`,
        mend: `Wire an output to one of ${listNames(ports, 'or')}, or remove the node.`,
      }),
    ];
  }
  return open.map((port) =>
    graphProblem('GRAPH_INPUT_UNCONNECTED', {
      pointer: jsonPointer(['nodes', name]),
      node: name,
      port,
      message: `Input "${port}" of node "${name}" (${type}) has no wire; it must have one.`,
      mend: `Wire an output that gives "${inputs[port]?.type ?? 'any'}" to "${formatEndpoint({ node: name, port })}", or remove the node.`,
    }),
  );
}

function checkCycles({ wiring }: ValidationContext): Problem[] {
  return wiring.cycles().map((cycle) => {
    const names = cycle.map(({ from }) => from.node);
    const around = [...names, names[0] ?? ''].map((name) => `"${name}"`).join(' > ');
    const last = cycle.at(-1);
    return graphProblem('GRAPH_CYCLE', {
      pointer: last === undefined ? '/wires' : jsonPointer(['wires', last.index]),
      node: names[0],
      wire: last === undefined ? undefined : wireName(last),
      message: `The wires lead in a circle: ${around}. A graph leads from its sources to its sinks and never back.`,
      mend: 'Remove one of the wires of the circle.',
    });
  });
}

function checkLiveSources(context: ValidationContext): Problem[] {
  return context.meantWires.flatMap((wire) => {
    const source = context.node(wire.from.node)?.descriptor;
    const consumer = context.node(wire.to.node)?.descriptor;
    if (source === undefined || consumer === undefined) return [];
    if (source.kind !== 'source' || !source.live || consumer.kind === 'buffer') return [];
    return [
      graphProblem('GRAPH_LIVE_SOURCE_UNBUFFERED', {
        pointer: jsonPointer(['wires', wire.index]),
        node: wire.from.node,
        wire: wireName(wire),
        message: `The live source "${wire.from.node}" is wired to "${wire.to.node}" (${consumer.type}) without a buffer, so it keeps only its newest frame while "${wire.to.node}" is busy.`,
        mend: `Put a buffer between them, for example "core.buffer.latest", so that its drops can be seen and chosen.`,
      }),
    ];
  });
}

/** Warns of what works for nobody: a node from which no sink is reached. */
function checkDeadEnds({ document, nodes, wiring, meantWires }: ValidationContext): Problem[] {
  // Nodes of unknown types may be sinks, unless something leads on from them; a wire to a node that is not there was
  // meant to lead somewhere.
  const ends = nodes.filter(({ name, descriptor }) =>
    descriptor === undefined ? wiring.outgoing(name).length === 0 : descriptor.kind === 'sink',
  );
  const meantForOthers = meantWires
    .filter(({ to }) => !Object.hasOwn(document.nodes, to.node))
    .map(({ from }) => from.node);
  const useful = wiring.reachableFrom([...ends.map(({ name }) => name), ...meantForOthers], 'upstream');
  return nodes
    .filter(({ name }) => !useful.has(name))
    .map(({ name, node }) =>
      graphProblem('GRAPH_NODE_LEADS_NOWHERE', {
        pointer: jsonPointer(['nodes', name]),
        node: name,
        message: `Node "${name}" (${node.type}) leads nowhere: no sink is reached from it, so its results are lost.`,
        mend: 'Wire it on to a sink, or remove it.',
      }),
    );
}

function checkLayout(context: ValidationContext): Problem[] {
  return Object.keys(context.document.layout ?? {})
    .filter((name) => context.node(name) === undefined)
    .map((name) =>
      graphProblem('GRAPH_LAYOUT_UNKNOWN_NODE', {
        pointer: jsonPointer(['layout', name]),
        message: `The layout places "${name}", but the graph has no node of that name.`,
        mend: `Remove "${name}" from "layout".`,
      }),
    );
}

function checkGroups(context: ValidationContext): Problem[] {
  const groupOf = new Map<string, string>();
  return Object.entries(context.document.groups ?? {}).flatMap(([group, { nodes }]) =>
    nodes.flatMap((name, index): Problem[] => {
      const pointer = jsonPointer(['groups', group, 'nodes', index]);
      if (context.node(name) === undefined) {
        return [
          graphProblem('GRAPH_GROUP_UNKNOWN_NODE', {
            pointer,
            message: `The group "${group}" has "${name}", but the graph has no node of that name.`,
            mend: `Remove "${name}" from the group.`,
          }),
        ];
      }
      const other = groupOf.get(name);
      groupOf.set(name, other ?? group);
      if (other === undefined) return [];
      return [
        graphProblem('GRAPH_GROUP_NODE_TAKEN', {
          pointer,
          node: name,
          message: `The group "${group}" has "${name}", which is in the group "${other}" already; a node is in one group at most.`,
          mend: `Remove "${name}" from one of them.`,
        }),
      ];
    }),
  );
}
