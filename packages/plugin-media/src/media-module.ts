import { ContainerModule } from 'inversify';
import { DecoderDrivers, InstalledDecoderDrivers } from './drivers.js';

/** The services of this plugin. */
export const mediaModule = new ContainerModule(({ bind }) => {
  bind(DecoderDrivers).to(InstalledDecoderDrivers).inSingletonScope();
});
