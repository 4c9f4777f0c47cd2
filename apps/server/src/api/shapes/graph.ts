import { GraphDocument } from '@kinegraph/core';
import { z } from 'zod';

/** A document from outside: `parseGraph` says all that is wrong about it, each fault at its place. */
export const GraphInput = z
  .record(z.string(), z.unknown())
  .meta({ description: 'A graph document (docs/graph-format.md), of the schema GraphDocument.' });

/** A document as this server answers it. */
export const GraphShape = GraphDocument.meta({
  id: 'GraphDocument',
  description: 'A graph: nodes, their configuration, wires (docs/graph-format.md).',
});
