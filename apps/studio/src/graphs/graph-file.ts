import { formatGraph, parseGraph } from '@kinegraph/core';
import type { GraphDocument, Problem } from '@kinegraph/core';

/** How the file of a graph ends. */
const ENDING = '.kinegraph.json';
/** As the server has ids of graphs. */
const ID_MAX = 64;

/** Offers a graph as a file, in its canonical text. */
export function download(id: string, document: GraphDocument): void {
  const url = URL.createObjectURL(new Blob([formatGraph(document)], { type: 'application/json' }));
  const link = globalThis.document.createElement('a');
  link.href = url;
  link.download = `${id}${ENDING}`;
  link.click();
  URL.revokeObjectURL(url);
}

/** What a file has in it: a graph, or why it is none. */
export interface ReadFile {
  /** An id after the name of the file. */
  readonly id: string;
  readonly document: GraphDocument | undefined;
  readonly problems: readonly Problem[];
}

/** Reads the file of a graph. */
export async function readGraphFile(file: File): Promise<ReadFile> {
  const { document, problems } = parseGraph(await file.text());
  return { id: idOf(file.name), document, problems };
}

/** A name as an id: lower-case letters, digits and dashes. */
export function idOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/(\.kinegraph)?\.json$/, '')
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, ID_MAX)
    .replace(/-+$/, '');
  return plain === '' ? 'graph' : plain;
}

/** An id that no graph has yet: the wish, or the wish and a number. */
export function freeId(wish: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wish)) return wish;
  for (let number = 2; ; number += 1) {
    const suffix = `-${number}`;
    const id = `${wish.slice(0, ID_MAX - suffix.length)}${suffix}`;
    if (!taken.has(id)) return id;
  }
}
