/** The plugin's entry for the server. */
import type { PluginContext } from '@kinegraph/core/plugin';

/** Registers the nodes. */
export function activate(_context: PluginContext): void {}
