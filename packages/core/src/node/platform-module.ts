import { resolve } from 'node:path';
import process from 'node:process';
import { ContainerModule } from 'inversify';
import { Clock, Logger, SystemClock, silentLogger, toErrorRecord } from '../base/index.js';
import {
  EncodedFrameCache,
  Inlets,
  ImageCodec,
  ImageEncoder,
  LineWriterFactory,
  NetworkAccess,
  unrestrictedNetwork,
} from '../kinds/index.js';
import { OpenInlets } from '../nodes/index.js';
import { NewestFramesCache, PathResolverFactory, ProcessMeter, WorkerLauncher } from '../runtime/index.js';
import {
  ArenaFramePool,
  DEFAULT_FRAME_POOL_BYTES,
  FramePool,
  FrameTracker,
  FrameTrackerService,
  FramesUnclosedError,
  PixelKernel,
  SharedArena,
  SlotFramePool,
  WasmPixelKernel,
  createPixelKernel,
} from '../vision/index.js';
import { ConfinedPaths } from './access/confined-paths.js';
import { NetworkAllowList } from './access/network-allow-list.js';
import { NodeImageCodec } from './image-codec.js';
import { NodeImageEncoder } from './image-encoder.js';
import { NodeLineWriterFactory } from './line-writer.js';
import type { NodePlatformOptions } from './platform-options.js';
import { NodeProcessMeter } from './process-meter.js';
import { NodeWorkerLauncher } from './worker-launcher.js';

/** What an embedding program may put in the place of the default services. */
export interface NodePlatformServices {
  readonly logger?: Logger;
  readonly lineWriters?: LineWriterFactory;
  /** Default: what the option `networkAllow` says, which nodes in workers are given always. */
  readonly network?: NetworkAccess;
  /** In a worker: the arena of the main thread, whose frames it borrows. */
  readonly arena?: SharedArena;
}

/** The services of the outermost container on Node, but for the models, which need the plugins first. */
export function nodePlatformModule(options: NodePlatformOptions, services: NodePlatformServices): ContainerModule {
  return new ContainerModule(({ bind }) => {
    const limitBytes = options.framePoolBytes ?? DEFAULT_FRAME_POOL_BYTES;
    const arena = services.arena ?? SharedArena.create(limitBytes);
    // Frames that a worker makes may outlive it, so they are no part of the arena, which takes back what a worker held.
    const slots =
      arena === undefined || services.arena !== undefined
        ? new SlotFramePool(limitBytes)
        : new ArenaFramePool(arena, limitBytes);
    const tracker = (options.development ?? process.env['KINEGRAPH_DEV'] === '1') ? new FrameTracker() : undefined;
    const pool = tracker?.pool(slots) ?? slots;
    const kernel = createPixelKernel(arena);
    bind(Clock).toConstantValue(new SystemClock());
    bind(Logger).toConstantValue(services.logger ?? silentLogger);
    bind(FramePool).toConstantValue(pool);
    if (tracker !== undefined) {
      tracker.onLost = (frame) => {
        const error = new FramesUnclosedError({ frames: [frame] });
        (services.logger ?? silentLogger).warn(error.message, { error: toErrorRecord(error) });
      };
      bind(FrameTrackerService).toConstantValue(tracker);
    }
    bind(PixelKernel).toConstantValue(kernel);
    // Codec and encoder reduce in the calling thread, where only the fast kernel is worth it.
    const fast = kernel instanceof WasmPixelKernel ? { kernel } : {};
    const codec = new NodeImageCodec(pool, fast);
    const encoder = new NodeImageEncoder({ codec, pool, ...fast });
    bind(ImageCodec).toConstantValue(codec);
    bind(ImageEncoder).toConstantValue(encoder);
    bind(EncodedFrameCache).toConstantValue(new NewestFramesCache(encoder));
    bind(Inlets).toConstantValue(new OpenInlets());
    bind(LineWriterFactory).toConstantValue(services.lineWriters ?? new NodeLineWriterFactory());
    const { files, networkAllow } = options;
    const network = networkAllow === undefined ? unrestrictedNetwork : new NetworkAllowList(networkAllow);
    bind(NetworkAccess).toConstantValue(services.network ?? network);
    bind(PathResolverFactory).toConstantValue((baseFolder) =>
      files === undefined
        ? { resolve: (path) => resolve(baseFolder, path) }
        : new ConfinedPaths(resolve(baseFolder), files),
    );
    bind(ProcessMeter).toConstantValue(new NodeProcessMeter());
    bind(WorkerLauncher).toConstantValue(new NodeWorkerLauncher(options, arena));
  });
}
