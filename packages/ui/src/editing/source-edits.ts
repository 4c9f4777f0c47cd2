import { formatEndpoint, parseEndpoint } from '@kinegraph/core';
import type { GraphDocument, NodeTypeCatalog } from '@kinegraph/core';
import { addNode } from './node-edits.js';
import { connect } from './wire-edits.js';

/** Where the pictures of a graph may come from. */
export type SourceChoice =
  /** A camera of whoever looks at the graph: their browser sends it. */
  | { readonly is: 'browser' }
  /** A video file of the server, played over and over. */
  | { readonly is: 'clip'; readonly path: string }
  | { readonly is: 'network'; readonly url: string }
  | { readonly is: 'recording'; readonly path: string };

/** The type of node that each choice is, and what is set of it. */
const TYPES = {
  browser: 'core.source.frames',
  clip: 'media.source.file',
  network: 'media.source.camera',
  recording: 'media.source.recording',
} as const satisfies Readonly<Record<SourceChoice['is'], string>>;

/** These give pictures as they were encoded. */
const ENCODED: ReadonlySet<SourceChoice['is']> = new Set(['browser', 'recording']);
/** Passes on what is decoded already, so it may stay when the source is switched again. */
const DECODE = { type: 'core.transform.decode', port: 'frame' } as const;
/** Where a node goes that is put on a wire: below it. */
const BELOW = 90;

/** Models look at no more; decoded pictures of a whole film cost time and show the same. */
const SHORT_SIDE = 384;

/** The nodes that bring pictures into a graph, in the order of the document. */
export function pictureSources(document: GraphDocument, catalog: NodeTypeCatalog): readonly string[] {
  return Object.entries(document.nodes).flatMap(([name, { type }]) => {
    const descriptor = catalog.get(type);
    const givesFrames = Object.values(descriptor?.outputs ?? {}).some((port) => port.type === 'frame');
    return descriptor?.kind === 'source' && givesFrames ? [name] : [];
  });
}

/** What a source of a type is; undefined where it is none of the choices. */
export function sourceChoiceOf(type: string | undefined): SourceChoice['is'] | undefined {
  return (Object.keys(TYPES) as SourceChoice['is'][]).find((is) => TYPES[is] === type); // keys of it
}

/**
 * Takes pictures from elsewhere: the node keeps its name, its title, its place and its wires, and gets another type and
 * configuration. A wire whose port the new type has not goes to its only port, or is taken out where there are several. Before
 * what needs pixels a source of encoded pictures gets a node that decodes them, where there is none yet.
 */
export function switchSource(
  document: GraphDocument,
  name: string,
  choice: SourceChoice,
  catalog: NodeTypeCatalog,
): GraphDocument {
  const node = document.nodes[name];
  if (node === undefined) return document;
  const type = TYPES[choice.is];
  const { type: _type, config: before, typeVersion: _version, ...others } = node;
  const config = configOf(choice, before?.['shortSide']);
  const ports = Object.keys(catalog.get(type)?.outputs ?? {});
  const [only] = ports.length === 1 ? ports : [];
  const wires = document.wires.flatMap(([output, input]): [string, string][] => {
    const end = parseEndpoint(output);
    if (end.node !== name || ports.includes(end.port) || ports.length === 0) return [[output, input]];
    return only === undefined ? [] : [[formatEndpoint({ node: name, port: only }), input]];
  });
  const switched = { type, ...others, ...(Object.keys(config).length === 0 ? {} : { config }) };
  const after = { ...document, nodes: { ...document.nodes, [name]: switched }, wires };
  return ENCODED.has(choice.is) ? decoded(after, name, catalog) : after;
}

/** Puts a decoder behind each output from which a source's frames reach a node that looks at pixels. Buffers hold them encoded. */
function decoded(document: GraphDocument, source: string, catalog: NodeTypeCatalog): GraphDocument {
  const reached = [source];
  let after = document;
  for (const node of reached) {
    const leaving = document.wires
      .map(([output, input]) => ({ from: parseEndpoint(output), to: parseEndpoint(input) }))
      .filter(({ from }) => from.node === node);
    const kindOf = (name: string): string | undefined => catalog.get(document.nodes[name]?.type ?? '')?.kind;
    for (const { to } of leaving) if (kindOf(to.node) === 'buffer' && !reached.includes(to.node)) reached.push(to.node);
    const needing = leaving.filter(
      ({ to }) =>
        document.nodes[to.node]?.type !== DECODE.type && !['buffer', 'sink', undefined].includes(kindOf(to.node)),
    );
    for (const port of new Set(needing.map(({ from }) => from.port))) {
      const at = document.layout?.[node] ?? { x: 0, y: 0 };
      const added = addNode(after, { type: DECODE.type }, { x: at.x, y: at.y + BELOW });
      const decoder = { node: added.name, port: DECODE.port };
      after = connect(added.document, { from: { node, port }, to: decoder });
      for (const { from, to } of needing) if (from.port === port) after = connect(after, { from: decoder, to });
    }
  }
  return after;
}

function configOf(choice: SourceChoice, shortSide: unknown): Readonly<Record<string, unknown>> {
  const size = { shortSide: typeof shortSide === 'number' ? shortSide : SHORT_SIDE };
  switch (choice.is) {
    case 'browser':
      return {};
    case 'clip':
      return { path: choice.path, loop: true, ...size };
    case 'network':
      return { url: choice.url, ...size };
    case 'recording':
      return { path: choice.path };
  }
}
