import { WriterLogger } from '@kinegraph/core';
import type { LineWriterFactory } from '@kinegraph/core';
import { NodeLineWriterFactory, addPlugins, createNodeHost } from '@kinegraph/core/node';
import type { NodeHost } from '@kinegraph/core/node';
import { BUNDLED_PLUGINS } from './bundled-plugins.js';
import type { Console } from './cli/console.js';
import { logTo } from './output/log-lines.js';
import { NdjsonPrinter, NoPrinter, TablePrinter } from './output/result-printers.js';

export interface OpenPlatformOptions {
  /** Further plugins: package names, or folders. */
  readonly plugins: readonly string[];
  readonly debug: boolean;
  readonly console: Console;
  /** How results that go to standard output are printed; `none`: not at all. */
  readonly format?: 'ndjson' | 'table' | 'none';
}

/** Builds the platform and adds the plugins. A plugin that is refused is told about; the others load. */
export async function openPlatform(options: OpenPlatformOptions): Promise<NodeHost> {
  const { console } = options;
  const platform = createNodeHost(
    {},
    { logger: new WriterLogger(logTo(console, options.debug)), lineWriters: lineWritersFor(options) },
  );
  const results = [
    ...(await addPlugins(platform.host, BUNDLED_PLUGINS, { from: import.meta.dirname })),
    ...(await addPlugins(platform.host, options.plugins, { from: process.cwd() })),
  ];
  for (const { problems } of results) {
    for (const { plugin, message, mend } of problems)
      console.tell(`Plugin "${plugin}" is left out: ${message} ${mend}`);
  }
  return platform;
}

/** Results for "-" go through the console, so that they and the status line do not write over each other. */
function lineWritersFor(options: OpenPlatformOptions): LineWriterFactory {
  const files = new NodeLineWriterFactory();
  return {
    open: async (target, rotation) => {
      if (target !== '-') return await files.open(target, rotation);
      if (options.format === 'none') return new NoPrinter();
      return options.format === 'table' ? new TablePrinter(options.console) : new NdjsonPrinter(options.console);
    },
  };
}
