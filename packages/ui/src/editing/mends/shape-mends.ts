import { parseEndpoint } from '@kinegraph/core';
import type { GraphDocument, NodeTypeDescriptor } from '@kinegraph/core';
import { addNode } from '../node-edits.js';
import type { Place } from '../node-edits.js';
import { connect } from '../wire-edits.js';
import { openInputs } from './fitting.js';
import { MOST_CHOICES } from './mend.js';
import type { Mend, MendContext, Mender } from './mend.js';
import { removal } from './node-mends.js';
import { fittingWires, wiresOnward } from './wire-mends.js';

/** Room beside a node. */
const BESIDE = 240;

/** From the outputs that fit; where there is none, the node can only go. */
export const mendsOfOpenInput: Mender = (context) => {
  const { check, problem } = context;
  const { node, port } = problem;
  if (node === undefined) return [];
  const ports = port === undefined ? Object.keys(check.ports(node)?.inputs ?? {}) : [port];
  const wires = ports.flatMap((each) => fittingWires(context, { node, port: each })).slice(0, MOST_CHOICES);
  return wires.length > 0 ? wires : removal(context);
};

/** What comes from a client's camera is a source that needs nothing else. */
const FIRST_SOURCES = ['core.source.frames', 'media.source.camera'] as const;

/** A source, wired to an input that waits for what it gives. */
export const mendsOfNoSource: Mender = (context) => {
  const { document, catalog } = context;
  const first = FIRST_SOURCES.map((type) => catalog.get(type)).find((type) => type !== undefined);
  if (first === undefined) return [];
  const left = Math.min(0, ...Object.values(document.layout ?? {}).map(({ x }) => x));
  const top = Math.min(0, ...Object.values(document.layout ?? {}).map(({ y }) => y));
  return [
    {
      action: 'add-node',
      values: { type: first.title },
      apply: () => wiredTo(context, first, { x: left - BESIDE, y: top }),
    },
  ];
};

function wiredTo({ document, check }: MendContext, source: NodeTypeDescriptor, place: Place): GraphDocument {
  const { document: added, name } = addNode(document, { type: source.type }, place);
  for (const { to, isOptional } of openInputs(document, check)) {
    const port = isOptional ? undefined : check.fittingPort({ ...to, side: 'input' }, source.type);
    if (port !== undefined) return connect(added, { from: { node: name, port }, to });
  }
  return added;
}

/** On to an input that waits, into a new sink, or out with it. */
export const mendsOfDeadEnd: Mender = (context) => {
  const { document, catalog, check, problem } = context;
  const { node } = problem;
  if (node === undefined) return [];
  const wired = new Set(document.wires.map(([output]) => output));
  const loose = Object.keys(check.ports(node)?.outputs ?? {}).filter((port) => !wired.has(`${node}.${port}`));
  // What it leads to leads nowhere: that is the place to mend.
  if (loose.length === 0 && document.wires.some(([output]) => output.startsWith(`${node}.`))) return [];
  const onward = loose
    .flatMap((port) => wiresOnward(context, { node, port }))
    .filter((mend) => leadsToSink(context, mend))
    .slice(0, MOST_CHOICES - 1);
  const sink = SINKS.map((type) => catalog.get(type)).find((type) => type !== undefined);
  const at = document.layout?.[node];
  const sinks = loose.flatMap((port): readonly Mend[] => {
    const input = sink && check.fittingPort({ node, port, side: 'output' }, sink.type);
    if (sink === undefined || input === undefined) return [];
    return [
      {
        action: 'add-node',
        values: { type: sink.title },
        apply: () => {
          const place = { x: (at?.x ?? 0) + BESIDE, y: at?.y ?? 0 };
          const { document: added, name } = addNode(document, { type: sink.type }, place);
          return connect(added, { from: { node, port }, to: { node: name, port: input } });
        },
      },
    ];
  });
  return [...onward, ...sinks.slice(0, 1), ...removal(context)];
};

const SINKS = ['core.sink.results', 'core.sink.ndjson', 'core.sink.null'] as const;

/** True where the node that is wired to is a sink: others may lead nowhere themselves. */
function leadsToSink({ document, catalog }: MendContext, { values }: Mend): boolean {
  const { node } = parseEndpoint(values['to'] ?? '');
  return catalog.get(document.nodes[node]?.type ?? '')?.kind === 'sink';
}
