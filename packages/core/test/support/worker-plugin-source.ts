import { CORE_VERSION } from '@kinegraph/core';
import type { NodeTypeDescriptor, PluginSource, ResolvedPlugin } from '@kinegraph/core';
import { Clock, Frame, FramePool, NodeConfig, inject, injectable } from '@kinegraph/core/plugin';
import type { FrameMemory, FrameSource, PluginModule } from '@kinegraph/core/plugin';

const entryUrl = new URL('./worker-plugin.mjs', import.meta.url).href;
const frame = { frame: { type: 'frame' } } as const;
const any = { out: { type: 'any' } } as const;

/** Memory of every frame that `test.pooled` has made, the oldest first. The tests empty it. */
export const madeMemory: FrameMemory[] = [];

/** 640x480 RGBA frames from the pool, as many as the configuration says, each all zeroes. */
@injectable()
class PooledSource implements FrameSource {
  #sequence = 0;
  constructor(
    @inject(NodeConfig) private readonly config: { readonly count: number },
    @inject(FramePool) private readonly pool: FramePool,
    @inject(Clock) private readonly clock: Clock,
  ) {}
  read(): Frame | undefined {
    if (this.#sequence === this.config.count) return undefined;
    const sequence = this.#sequence;
    this.#sequence += 1;
    const memory = this.pool.acquire(640 * 480 * 4);
    memory.bytes.fill(0, 0, 16);
    madeMemory.push(memory);
    const info = { sequence, timestampMs: sequence, capturedAtMs: this.clock.nowMs() };
    return new Frame({ ...info, width: 640, height: 480, format: 'rgba8' }, memory);
  }
}

type Ports = Pick<NodeTypeDescriptor, 'inputs' | 'outputs'> & Partial<Pick<NodeTypeDescriptor, 'liveConfig'>>;

function aType(plugin: string, type: string, kind: NodeTypeDescriptor['kind'], ports: Ports): NodeTypeDescriptor {
  return {
    type,
    kind,
    typeVersion: 1,
    title: type,
    plugin,
    runsIn: plugin === WORKERS ? 'worker' : 'main',
    stateless: false,
    live: false,
    configSchema: { type: 'object' },
    liveConfig: [],
    ...ports,
  };
}

function aPlugin(name: string, nodeTypes: readonly NodeTypeDescriptor[], entry: string | undefined): ResolvedPlugin {
  return {
    name,
    version: '1.0.0',
    engineRange: `^${CORE_VERSION}`,
    folderUrl: new URL('./', import.meta.url).href,
    ...(entry === undefined ? {} : { entryUrl: entry }),
    activationEvents: [],
    nodeTypes,
    portTypes: [],
    models: [],
    skeletons: [],
    graphs: [],
    places: { nodes: [], portTypes: [], models: [], skeletons: [], graphs: [] },
    problems: [],
  };
}

const SOURCES = 'test-sources';
const WORKERS = 'test-workers';
const STALLED = 'test-stalled';

/**
 * A source of pooled frames on the main thread, the nodes of `worker-plugin.mjs` in real workers, and a sink whose code is
 * there only once `stalled` settles.
 */
export function pluginsWithWorkers(stalled: Promise<void> = Promise.resolve()): readonly PluginSource[] {
  const window = { window: { type: 'window<frame>' } } as const;
  return [
    {
      plugin: aPlugin(SOURCES, [aType(SOURCES, 'test.pooled', 'source', { inputs: {}, outputs: frame })], undefined),
      load: () =>
        Promise.resolve({
          activate: (context) => {
            context.nodes.register('test.pooled', PooledSource);
          },
        }),
    },
    {
      plugin: aPlugin(
        WORKERS,
        [
          aType(WORKERS, 'test.marker', 'extractor', { inputs: frame, outputs: frame }),
          aType(WORKERS, 'test.doubler', 'extractor', {
            inputs: frame,
            outputs: { left: frame.frame, right: frame.frame },
          }),
          aType(WORKERS, 'test.keeper', 'extractor', { inputs: frame, outputs: any }),
          aType(WORKERS, 'test.stubborn', 'extractor', { inputs: frame, outputs: any, liveConfig: ['gain'] }),
          aType(WORKERS, 'test.listener', 'extractor', { inputs: frame, outputs: any }),
          aType(WORKERS, 'test.skeletons', 'extractor', { inputs: frame, outputs: any }),
          aType(WORKERS, 'test.window-reader', 'classifier', { inputs: window, outputs: any }),
        ],
        entryUrl,
      ),
      load: async () => (await import(entryUrl)) as PluginModule,
    },
    {
      plugin: aPlugin(STALLED, [aType(STALLED, 'test.stalled', 'sink', { inputs: frame, outputs: {} })], undefined),
      load: () => stalled.then(() => ({ activate: () => {} })),
    },
  ];
}
