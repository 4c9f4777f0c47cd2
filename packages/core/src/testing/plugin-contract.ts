import { describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { schemaText } from '../graph/index.js';
import type { NodeTypeDescriptor } from '../graph/index.js';
import { PluginHost, builtInPlugin, pluginSourceOf, resolvePlugin } from '../plugins/index.js';
import type { PluginFiles, PluginModule, PluginSource } from '../plugins/index.js';
import { testPlatform } from './memory-plugin.js';

/** What `describePluginContract` tests. */
export interface PluginContractOptions {
  /** Folder of the built package, as a path or a file URL. */
  readonly folder: string | URL;
  /** The entry module, or how to get it. Left out: the one that `main` names. */
  readonly module?: PluginModule | (() => Promise<PluginModule>);
  /** The zod schemas by file name, as `src/schemas.ts` exports them for kinegraph-write-schemas. */
  readonly schemas: Readonly<Record<string, z.ZodType>>;
}

/**
 * The tests that every plugin should pass: the manifest is valid, the written JSON Schemas are in step with the zod
 * schemas, every node type has a page that tells of each configuration key, activation registers exactly what the
 * manifest lists, and the end is clean.
 */
export function describePluginContract({ folder, module, schemas }: PluginContractOptions): void {
  const load = async (): Promise<PluginSource> => {
    const files = await folderFiles(folder);
    const plugin = await resolvePlugin(JSON.parse((await files.readText('./package.json')) ?? ''), files);
    if (module === undefined) return pluginSourceOf(plugin);
    return { plugin, load: async () => (typeof module === 'function' ? await module() : module) };
  };

  describe('plugin contract', () => {
    it('has a manifest without faults', async () => {
      const { plugin } = await load();
      expect(plugin.problems.map(({ message, mend }) => `${message} ${mend ?? ''}`)).toEqual([]);
      const host = new PluginHost({ platform: testPlatform(), builtIn: builtInPlugin() });
      expect(host.add({ plugin, load: () => Promise.resolve({ activate: () => {} }) }).problems).toEqual([]);
    });

    it('has written JSON Schemas in step with its zod schemas', async () => {
      const files = await folderFiles(folder);
      for (const [name, schema] of Object.entries(schemas)) {
        const written = await files.readText(`./schemas/${name}`);
        expect(written, `schemas/${name} is out of step; build the package and commit the file`).toBe(
          schemaText(schema),
        );
      }
    });

    it('takes every configuration schema from a zod schema', async () => {
      const { plugin } = await load();
      const texts = new Set(Object.values(schemas).map((schema) => schemaText(schema)));
      for (const { type, configSchema } of plugin.nodeTypes) {
        if (!hasKeys(configSchema)) continue;
        const text = `${JSON.stringify(configSchema, undefined, 2)}\n`;
        expect(texts.has(text), `the schema of node type "${type}" comes from none of the given zod schemas`).toBe(
          true,
        );
      }
    });

    it('has a page for every node type that tells of each configuration key', async () => {
      const { plugin } = await load();
      expect(plugin.nodeTypes.flatMap(undocumented)).toEqual([]);
    });

    it('registers exactly what its manifest lists, and ends cleanly', async () => {
      const source = await load();
      const host = new PluginHost({ platform: testPlatform(), builtIn: builtInPlugin() });
      host.add(source);
      await host.activate(source.plugin.name); // fails for anything unlisted or left out
      for (const { type } of source.plugin.nodeTypes)
        expect((await host.nodeClass(type)).nodeClass).toBeTypeOf('function');
      await host.deactivate(); // fails for anything that cannot be released
    });
  });
}

/** What of Node's modules the suite needs. */
interface NodeFiles {
  readFile(file: URL, encoding: 'utf8'): Promise<string>;
  pathToFileURL(path: string): URL;
}

/**
 * The files of a folder. Plugins are tested on Node, but the test kit serves pages too and must not import from Node:
 * so the test runner is asked for the modules when the suite runs.
 */
async function folderFiles(folder: string | URL): Promise<PluginFiles> {
  const { readFile } = await vi.importActual<Pick<NodeFiles, 'readFile'>>('node:fs/promises');
  const { pathToFileURL } = await vi.importActual<Pick<NodeFiles, 'pathToFileURL'>>('node:url');
  const url = typeof folder === 'string' && !folder.startsWith('file:') ? pathToFileURL(folder) : new URL(folder);
  const folderUrl = url.href.endsWith('/') ? url.href : `${url.href}/`;
  const readText = async (path: string): Promise<string | undefined> => {
    try {
      return await readFile(new URL(path.replace(/[%?#]/g, encodeURIComponent), folderUrl), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  };
  return { folderUrl, readText, exists: async (path) => (await readText(path)) !== undefined };
}

function configKeys(schema: NodeTypeDescriptor['configSchema']): string[] {
  return Object.keys((schema['properties'] as object | undefined) ?? {});
}

function hasKeys(schema: NodeTypeDescriptor['configSchema']): boolean {
  return configKeys(schema).length > 0;
}

/** What the page of a node type leaves out, as sentences. */
function undocumented({ type, docs, configSchema }: NodeTypeDescriptor): string[] {
  if (docs === undefined) return [`Node type "${type}" has no page; add "docs" to its entry in the manifest.`];
  return configKeys(configSchema)
    .filter((key) => !docs.includes(`\`${key}\``))
    .map((key) => `The page of node type "${type}" does not tell of \`${key}\`.`);
}
