import { formatEndpoint, parseEndpoint } from '@kinegraph/core';
import type { GraphDocument, NodeTypeCatalog } from '@kinegraph/core';

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
 * configuration. A wire whose port the new type has not goes to its only port, or is taken out where there are several.
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
  return { ...document, nodes: { ...document.nodes, [name]: switched }, wires };
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
