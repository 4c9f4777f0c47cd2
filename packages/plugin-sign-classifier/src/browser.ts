/** The plugin's entry for a page. */
import type { PluginContext } from '@kinegraph/core/plugin';

/** Registers the nodes. */
export function activate(_context: PluginContext): void {}
