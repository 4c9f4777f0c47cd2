import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { KinegraphError, parseGraph, resolveGraph, validateGraph, withPositions } from '@kinegraph/core';
import type { GraphDocument, NodeTypeCatalog, Problem, ResolvedGraph } from '@kinegraph/core';

/** A graph document that cannot be read at all. */
export class GraphFileError extends KinegraphError {
  override readonly name = 'GraphFileError';
  readonly code = 'CLI_GRAPH_FILE';
  constructor(
    override readonly data: { path: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(`The graph ${data.path} cannot be read: ${data.reason}.`, options);
  }
}

export interface GraphFile {
  /** Folder that relative paths in the document refer to. */
  readonly folder: string;
  readonly problems: readonly Problem[];
  /** The graph to run; absent where a problem is an error. */
  readonly graph?: ResolvedGraph;
}

/**
 * Reads and checks a graph document.
 * @param edit - changes the document before it is checked (`--input`, `--set`).
 * @throws GraphFileError when there is no such file; what is wrong with its content comes as problems.
 */
export async function loadGraphFile(
  path: string,
  host: { readonly catalog: NodeTypeCatalog },
  edit?: (document: GraphDocument) => void,
): Promise<GraphFile> {
  const folder = dirname(resolve(path));
  const text = await readGraphText(path);
  const { document, problems } = parseGraph(text);
  if (document === undefined) return { folder, problems: withPositions(problems, text) };
  edit?.(document);
  const all = withPositions([...problems, ...validateGraph(document, host.catalog)], text);
  if (all.some((problem) => problem.severity === 'error')) return { folder, problems: all };
  return { folder, problems: all, graph: resolveGraph(document, host.catalog) };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; check the path',
  EISDIR: 'it is a folder; name a .kinegraph.json file',
  EACCES: 'reading it is not permitted; check its rights',
};

/** The text of a graph document. @throws GraphFileError */
export async function readGraphText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new GraphFileError({ path, reason: REASONS[code] ?? String(cause) }, { cause });
  }
}
