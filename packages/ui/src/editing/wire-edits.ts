import { formatEndpoint, parseEndpoint } from '@kinegraph/core';
import type { GraphDocument, GraphNode, PortAddress } from '@kinegraph/core';
import { addNode } from './node-edits.js';
import type { Place } from './node-edits.js';

/** From an output to an input. */
export interface WireEndsToLay {
  readonly from: PortAddress;
  readonly to: PortAddress;
}

/** Lays a wire. An input has one: that which was there makes way. */
export function connect(document: GraphDocument, { from, to }: WireEndsToLay): GraphDocument {
  const [output, input] = [formatEndpoint(from), formatEndpoint(to)];
  if (document.wires.some(([a, b]) => a === output && b === input)) return document;
  return { ...document, wires: [...document.wires.filter(([, end]) => end !== input), [output, input]] };
}

/** Takes a wire out. */
export function disconnect(document: GraphDocument, { from, to }: WireEndsToLay): GraphDocument {
  const [output, input] = [formatEndpoint(from), formatEndpoint(to)];
  return { ...document, wires: document.wires.filter(([a, b]) => a !== output || b !== input) };
}

/** The ports of a node by which it is laid into a wire. */
export interface Splice {
  readonly node: string;
  readonly input: string;
  readonly output: string;
}

/** Lays a node of the document into a wire: what came straight comes through it. */
export function spliceNode(
  document: GraphDocument,
  wire: WireEndsToLay,
  { node, input, output }: Splice,
): GraphDocument {
  const without = disconnect(document, wire);
  const entered = connect(without, { from: wire.from, to: { node, port: input } });
  return connect(entered, { from: { node, port: output }, to: wire.to });
}

/** Adds a node on a wire. @returns the document, and the name that the node has got */
export function insertOnWire(
  document: GraphDocument,
  wire: WireEndsToLay,
  added: { readonly node: GraphNode; readonly place: Place; readonly input: string; readonly output: string },
): { readonly document: GraphDocument; readonly name: string } {
  const { document: withNode, name } = addNode(document, added.node, added.place);
  const splice = { node: name, input: added.input, output: added.output };
  return { name, document: spliceNode(withNode, wire, splice) };
}

/** Ends of a wire as a document has them. */
export function endsOf([output, input]: GraphDocument['wires'][number]): WireEndsToLay {
  return { from: parseEndpoint(output), to: parseEndpoint(input) };
}
