import { CORE_PLUGIN, nodeConfigSchema } from '../graph/index.js';
import type { NodeTypeDescriptor } from '../graph/index.js';
import type { NodeClass } from '../kinds/index.js';
import { builtInNodes } from '../nodes/index.js';
import type { BuiltInNode } from '../nodes/index.js';
import { coreSkeletons } from '../vision/index.js';
import { CORE_VERSION } from './core-version.js';
import type { ResolvedPlugin } from './plugin-source.js';

/** The core as a plugin that is always active: its classes are at hand, nothing of it is loaded. */
export interface BuiltInPlugin {
  readonly plugin: ResolvedPlugin;
  readonly classes: ReadonlyMap<string, NodeClass>;
}

/** The core's own node types and skeletons in the form of a plugin. */
export function builtInPlugin(nodes: readonly BuiltInNode[] = builtInNodes): BuiltInPlugin {
  return {
    plugin: {
      name: CORE_PLUGIN,
      version: CORE_VERSION,
      engineRange: CORE_VERSION,
      folderUrl: 'kinegraph:core/', // the core names no files
      activationEvents: [],
      nodeTypes: nodes.map(toDescriptor),
      portTypes: [],
      models: [],
      skeletons: coreSkeletons,
      graphs: [],
      places: { nodes: [], portTypes: [], models: [], skeletons: [], graphs: [] },
      problems: [],
    },
    classes: new Map(nodes.map(({ type, nodeClass }) => [type, nodeClass])),
  };
}

function toDescriptor(node: BuiltInNode): NodeTypeDescriptor {
  return {
    type: node.type,
    typeVersion: node.typeVersion,
    kind: node.kind,
    title: node.title,
    description: node.description,
    plugin: CORE_PLUGIN,
    runsIn: 'main',
    stateless: node.stateless ?? false,
    live: node.live ?? false,
    ...(node.takes === undefined ? {} : { takes: node.takes }),
    inputs: node.inputs,
    outputs: node.outputs,
    configSchema: nodeConfigSchema(node.config),
    liveConfig: node.liveConfig,
  };
}
