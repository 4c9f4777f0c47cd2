import type { GraphDocument } from '../document.js';
import type { NodeTypeCatalog } from '../node-type.js';
import { MAX_GRAPH_PROBLEMS } from '../problem.js';
import type { Problem } from '../problem.js';
import { checkNodes } from './check-nodes.js';
import { checkPlugins } from './check-plugins.js';
import { checkShape } from './check-shape.js';
import { checkSkeletons } from './check-skeletons.js';
import { checkWires } from './check-wires.js';
import { ValidationContext } from './context.js';

/**
 * Everything that is wrong with a graph or worth knowing about it: the same answer for studio, server and command line,
 * and without any code of plugins. Pure; the order is always the same (plugins, skeletons, nodes, wires, the whole; each
 * in the document's order), at most `MAX_GRAPH_PROBLEMS`.
 *
 * @param document - As `parseGraph` gives it.
 */
export function validateGraph(document: GraphDocument, catalog: NodeTypeCatalog): Problem[] {
  const context = new ValidationContext(document, catalog);
  const checks = [checkPlugins, checkSkeletons, checkNodes, checkWires, checkShape];
  return checks.flatMap((check) => check(context)).slice(0, MAX_GRAPH_PROBLEMS);
}
