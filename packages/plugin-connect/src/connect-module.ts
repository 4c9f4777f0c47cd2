import { ContainerModule } from '@kinegraph/core/plugin';
import { ConnectSettingsService, type ConnectSettings } from './settings/connect-settings.js';

/** The services of this plugin: what the operator has set up. */
export function connectModule(settings: ConnectSettings): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(ConnectSettingsService).toConstantValue(settings);
  });
}
