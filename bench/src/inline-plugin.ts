import type { NodeClass, NodeTypeDescriptor, PluginSource } from '@kinegraph/core';

/** A node type for one benchmark, with its class at hand. */
export interface InlineNode extends Pick<NodeTypeDescriptor, 'type' | 'kind' | 'inputs' | 'outputs'> {
  readonly nodeClass: NodeClass;
  readonly live?: boolean;
  readonly stateless?: boolean;
  readonly runsIn?: NodeTypeDescriptor['runsIn'];
}

export interface InlinePluginOptions {
  /** Default: `@kinegraph/bench`. */
  readonly name?: string;
  /** The module that workers load; it exports `activate`. Needed only where nodes run in workers. */
  readonly entryUrl?: string;
}

/** A plugin that is not a package: its nodes are classes of this program. */
export function inlinePlugin(nodes: readonly InlineNode[], options: InlinePluginOptions = {}): PluginSource {
  const { name = '@kinegraph/bench', entryUrl } = options;
  return {
    plugin: {
      name,
      version: '0.0.0',
      engineRange: '*',
      folderUrl: new URL('../', import.meta.url).href,
      ...(entryUrl === undefined ? {} : { entryUrl }),
      activationEvents: [],
      nodeTypes: nodes.map(({ nodeClass: _, live = false, stateless = false, runsIn = 'main', ...node }) => ({
        ...node,
        typeVersion: 1,
        title: node.type,
        plugin: name,
        runsIn,
        stateless,
        live,
        configSchema: { type: 'object' },
        liveConfig: [],
      })),
      portTypes: [],
      models: [],
      skeletons: [],
      graphs: [],
      places: { nodes: [], portTypes: [], models: [], skeletons: [], graphs: [] },
      problems: [],
    },
    load: async () => ({
      activate: (context) => {
        for (const { type, nodeClass } of nodes) context.nodes.register(type, nodeClass);
      },
    }),
  };
}

const frameIn = { frame: { type: 'frame' } } as const;
const frameOut = { frame: { type: 'frame' } } as const;

/** A source of frames. */
export function inlineSource(type: string, nodeClass: NodeClass, live = false): InlineNode {
  return { type, kind: 'source', inputs: {}, outputs: frameOut, nodeClass, live };
}

/** An extractor whose answer may be anything. */
export function inlineExtractor(type: string, nodeClass: NodeClass): InlineNode {
  return { type, kind: 'extractor', inputs: frameIn, outputs: { out: { type: 'any' } }, nodeClass, stateless: true };
}
