export { CORE_PLUGIN, DuplicateNodeTypeError, StaticNodeTypeCatalog } from './catalog.js';
export { nodeConfigSchema, schemaText } from './config/config-schema.js';
export { describeAllowed, schemaAt } from './config/json-schema.js';
export { compileConfigSchema, resolveConfig } from './config/resolve-config.js';
export type { ResolvedConfig } from './config/resolve-config.js';
export { schemaFaults } from './config/schema-faults.js';
export type { SchemaFault } from './config/schema-faults.js';
export { diffGraphs } from './diff.js';
export type { GraphDiff, NodeChange, WireEnds } from './diff.js';
export {
  COMMENT_SIZES,
  GRAPH_FORMAT,
  GraphComment,
  GraphDocument,
  GraphGroup,
  GraphNode,
  MAX_COMMENT_LENGTH,
  MAX_GROUP_TITLE_LENGTH,
  MAX_NAME_LENGTH,
  NAME_PATTERN,
} from './document.js';
export { formatGraph } from './format.js';
export { nodePorts, propertySchema } from './node-ports.js';
export type { NodePorts } from './node-ports.js';
export type { InputPort, JsonSchema, NodeTypeCatalog, NodeTypeDescriptor, OutputPort } from './node-type.js';
export {
  MAX_GRAPH_ANNOTATIONS,
  MAX_GRAPH_CHARACTERS,
  MAX_GRAPH_DEPTH,
  MAX_GRAPH_NODES,
  MAX_GRAPH_WIRES,
  parseGraph,
  withPositions,
} from './parse.js';
export type { ParsedGraph } from './parse.js';
export {
  MAX_WINDOW_NESTING,
  bindConfigKeys,
  commonPortType,
  configKeysOf,
  formatPortType,
  parsePortType,
  portTypesFit,
  resolveOutputType,
} from './port-types.js';
export type { PortType } from './port-types.js';
export { GRAPH_PROBLEM_CODES, MAX_GRAPH_PROBLEMS, graphProblem, hasErrors } from './problem.js';
export type { GraphProblemCode, Problem, ProblemFacts, ProblemSeverity } from './problem.js';
export { GraphInvalidError, portTypesOf, resolveGraph, toDocument, withPortTypes } from './resolve-graph.js';
export { resolvePortTypes } from './resolve-types.js';
export type { ResolvedPortTypes } from './resolve-types.js';
export type { PortAddress, ResolvedGraph, ResolvedNode, ResolvedWire } from './resolved-graph.js';
export { sameJson } from './same-json.js';
export { MAX_SKELETON_POINTS, SkeletonDefinition, SkeletonFile, skeletonFault } from './skeleton-definition.js';
export { contributedSkeletons, skeletonsAtHand } from './skeletons-at-hand.js';
export { fieldName, jsonPointer, valueAt } from './text/json-pointer.js';
export type { PathStep } from './text/json-pointer.js';
export { editDistance, nearestName } from './text/nearest-name.js';
export { TextLines, scanJson } from './text/scan-json.js';
export type { JsonFault, JsonScan } from './text/scan-json.js';
export { countOf, listNames, listWords, showValue } from './text/show-value.js';
export { validateGraph } from './validate/validate-graph.js';
export { Wiring, formatEndpoint, parseEndpoint, placedWires, wireName } from './wiring.js';
