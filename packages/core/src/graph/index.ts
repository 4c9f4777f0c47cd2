export { GraphDocument, GraphNode, NAME_PATTERN } from './document.js';
export type { InputPort, JsonSchema, NodeTypeCatalog, NodeTypeDescriptor, OutputPort } from './node-type.js';
export type { Problem } from './problem.js';
export type { PortAddress, ResolvedGraph, ResolvedNode, ResolvedWire } from './resolved-graph.js';
