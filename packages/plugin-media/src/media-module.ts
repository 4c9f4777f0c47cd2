import { SystemClock } from '@kinegraph/core/plugin';
import { Recorders } from '@kinegraph/recording/node';
import { ContainerModule } from 'inversify';
import { DecoderDrivers, InstalledDecoderDrivers } from './drivers.js';
import { RecorderService } from './recorders.js';

/** The services of this plugin. */
export const mediaModule = new ContainerModule(({ bind }) => {
  bind(DecoderDrivers).to(InstalledDecoderDrivers).inSingletonScope();
  bind(RecorderService).toConstantValue(new Recorders(new SystemClock())); // disks are as fast as they are
});
