import { serviceId } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { getServer, getSettings } from '../../api/operations/server-operations.js';
import { packageVersion } from '../../package-version.js';

/** The settings as they may be shown, and where each comes from. */
export interface ServerSettings {
  readonly config: unknown;
  readonly from: Readonly<Record<string, string>>;
}
export const ServerSettings = serviceId<ServerSettings>('server.ServerSettings');

/** What this server is, and what it was told. */
@injectable()
export class SettingsRoutes implements ApiRoutes {
  readonly #startedAt = new Date().toISOString();

  constructor(@inject(ServerSettings) private readonly settings: ServerSettings) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(getServer, () => ({
        version: packageVersion(),
        startedAt: this.#startedAt,
        node: process.version,
        platform: `${process.platform}-${process.arch}`,
      })),
      handled(getSettings, () => ({ config: this.settings.config, from: { ...this.settings.from } })),
    ];
  }
}
