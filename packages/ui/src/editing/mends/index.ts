import type { GraphDocument, GraphProblemCode, NodeTypeCatalog, Problem } from '@kinegraph/core';
import { ConnectionCheck } from '../connection-check.js';
import { mendsOfMissingKey, mendsOfUnknownKey, mendsOfUnknownSkeleton, mendsOfValue } from './config-mends.js';
import type { Mend, Mender } from './mend.js';
import {
  mendsOfConcurrency,
  mendsOfGroup,
  mendsOfLayout,
  mendsOfMissingPlugin,
  mendsOfNewerType,
  mendsOfRange,
  mendsOfSkeleton,
  mendsOfUnknownType,
} from './node-mends.js';
import { mendsOfDeadEnd, mendsOfNoSource, mendsOfOpenInput } from './shape-mends.js';
import {
  mendsByRemoval,
  mendsOfDirection,
  mendsOfTakenInput,
  mendsOfTypes,
  mendsOfUnbuffered,
  mendsOfUnknownNode,
  mendsOfUnknownPort,
} from './wire-mends.js';

export type { Mend, MendAction } from './mend.js';

/** Takes a person's mind: there is no telling what was meant. */
const byHand: Mender = () => [];

/** Every code of a problem with a graph has its answer here. */
const MENDERS: Readonly<Record<GraphProblemCode, Mender>> = {
  // A text that could not be read is no document yet: nothing is open that could be mended by a step.
  GRAPH_TOO_LARGE: byHand,
  GRAPH_NOT_JSON: byHand,
  GRAPH_DUPLICATE_KEY: byHand,
  GRAPH_TOO_DEEP: byHand,
  GRAPH_FORMAT_NEWER: byHand,
  GRAPH_FIELD_MISSING: byHand,
  GRAPH_FIELD_UNKNOWN: byHand,
  GRAPH_FIELD_INVALID: byHand,
  GRAPH_NAME_INVALID: byHand,
  GRAPH_PLUGIN_MISSING: mendsOfMissingPlugin,
  GRAPH_PLUGIN_RANGE_INVALID: mendsOfRange,
  GRAPH_PLUGIN_VERSION: mendsOfRange,
  GRAPH_UNKNOWN_NODE_TYPE: mendsOfUnknownType,
  GRAPH_NODE_TYPE_NEWER: mendsOfNewerType,
  GRAPH_CONCURRENCY_NOT_STATELESS: mendsOfConcurrency,
  GRAPH_CONFIG_INVALID: mendsOfValue,
  GRAPH_CONFIG_KEY_MISSING: mendsOfMissingKey,
  GRAPH_CONFIG_KEY_UNKNOWN: mendsOfUnknownKey,
  GRAPH_CONFIG_SCHEMA_UNUSABLE: byHand, // a fault of the plugin
  GRAPH_SKELETON_INVALID: mendsOfSkeleton,
  GRAPH_SKELETON_DUPLICATE: mendsOfSkeleton,
  GRAPH_SKELETON_UNKNOWN: mendsOfUnknownSkeleton,
  GRAPH_UNKNOWN_NODE: mendsOfUnknownNode,
  GRAPH_UNKNOWN_PORT: mendsOfUnknownPort,
  GRAPH_WIRE_DIRECTION: mendsOfDirection,
  GRAPH_WIRE_DUPLICATE: mendsByRemoval,
  GRAPH_INPUT_TAKEN: mendsOfTakenInput,
  GRAPH_PORT_TYPES_DIFFER: mendsOfTypes,
  GRAPH_INPUT_UNCONNECTED: mendsOfOpenInput,
  GRAPH_CYCLE: mendsByRemoval,
  GRAPH_EMPTY: byHand, // what it is to do, nobody has said yet
  GRAPH_NO_SOURCE: mendsOfNoSource,
  GRAPH_LIVE_SOURCE_UNBUFFERED: mendsOfUnbuffered,
  GRAPH_NODE_LEADS_NOWHERE: mendsOfDeadEnd,
  GRAPH_LAYOUT_UNKNOWN_NODE: mendsOfLayout,
  GRAPH_GROUP_UNKNOWN_NODE: mendsOfGroup,
  GRAPH_GROUP_NODE_TAKEN: mendsOfGroup,
};

/**
 * What can be done about a problem without asking further: steps after which it is gone, the best first. None where it takes
 * a person's mind. Pure.
 * @param problem - of this document, as `validateGraph` has told it.
 */
export function mendsOf(
  problem: Problem,
  document: GraphDocument,
  catalog: NodeTypeCatalog,
  check = new ConnectionCheck(document, catalog),
): readonly Mend[] {
  const { code } = problem;
  return Object.hasOwn(MENDERS, code) ? MENDERS[code as GraphProblemCode]({ problem, document, catalog, check }) : [];
}
