import { formatGraph, parseGraph } from '@kinegraph/core';
import type { GraphDocument, Problem } from '@kinegraph/core';
import { GraphInvalidError } from './graph-errors.js';

/** A document with its canonical text. */
export interface GraphText {
  readonly document: GraphDocument;
  readonly text: string;
}

/** Reads a document, or its text, and writes it canonically; or all that keeps it from that. */
export function readGraphText(input: unknown): GraphText | { readonly problems: readonly Problem[] } {
  const { document, problems } = parseGraph(input);
  return document === undefined ? { problems } : { document, text: formatGraph(document) };
}

/** As `readGraphText`. @param what - Begins the sentence: `The document`. @throws GraphInvalidError */
export function graphTextOf(graph: string, what: string, input: unknown): GraphText {
  const read = readGraphText(input);
  if ('problems' in read) throw new GraphInvalidError({ graph, what, problems: read.problems });
  return read;
}
