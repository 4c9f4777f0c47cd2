import { resolve } from 'node:path';
import { ContainerModule } from 'inversify';
import { Clock, Logger, SystemClock, silentLogger } from '../base/index.js';
import { EncodedFrameCache, ImageCodec, ImageEncoder, LineWriterFactory } from '../kinds/index.js';
import { NewestFramesCache, PathResolverFactory, ProcessMeter, WorkerLauncher } from '../runtime/index.js';
import { FramePool, SlotFramePool } from '../vision/index.js';
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
}

/** The services of the outermost container on Node, but for the models, which need the plugins first. */
export function nodePlatformModule(options: NodePlatformOptions, services: NodePlatformServices): ContainerModule {
  return new ContainerModule(({ bind }) => {
    const pool = new SlotFramePool(options.framePoolBytes);
    bind(Clock).toConstantValue(new SystemClock());
    bind(Logger).toConstantValue(services.logger ?? silentLogger);
    bind(FramePool).toConstantValue(pool);
    const codec = new NodeImageCodec(pool);
    const encoder = new NodeImageEncoder({ codec, pool });
    bind(ImageCodec).toConstantValue(codec);
    bind(ImageEncoder).toConstantValue(encoder);
    bind(EncodedFrameCache).toConstantValue(new NewestFramesCache(encoder));
    bind(LineWriterFactory).toConstantValue(services.lineWriters ?? new NodeLineWriterFactory());
    bind(PathResolverFactory).toConstantValue((baseFolder) => ({ resolve: (path) => resolve(baseFolder, path) }));
    bind(ProcessMeter).toConstantValue(new NodeProcessMeter());
    bind(WorkerLauncher).toConstantValue(new NodeWorkerLauncher(options));
  });
}
