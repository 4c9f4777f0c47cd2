import { describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { errorMessage } from '../base/index.js';
import { nodeConfigSchema, sameJson, schemaText } from '../graph/index.js';
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
export function describePluginContract(options: PluginContractOptions): void {
  describe('plugin contract', () => {
    for (const [title, check] of Object.entries(PLUGIN_CONTRACT)) {
      it(title, async () => expect(await check(await openPackage(options))).toEqual([]));
    }
  });
}

/** What is wrong with a plugin, as sentences by the rule that it breaks. Rules that are kept are left out. */
export async function pluginContractFaults(options: PluginContractOptions): Promise<Record<string, string[]>> {
  const opened = await openPackage(options);
  const faults: Record<string, string[]> = {};
  for (const [title, check] of Object.entries(PLUGIN_CONTRACT)) {
    const found = await check(opened);
    if (found.length > 0) faults[title] = found;
  }
  return faults;
}

interface OpenedPackage {
  readonly files: PluginFiles;
  readonly source: PluginSource;
  readonly schemas: PluginContractOptions['schemas'];
}

async function openPackage({ folder, module, schemas }: PluginContractOptions): Promise<OpenedPackage> {
  const files = await folderFiles(folder);
  const plugin = await resolvePlugin(JSON.parse((await files.readText('./package.json')) ?? 'null'), files);
  if (module === undefined) return { files, source: pluginSourceOf(plugin), schemas };
  const load = async (): Promise<PluginModule> => (typeof module === 'function' ? await module() : module);
  return { files, source: { plugin, load }, schemas };
}

function aHost(): PluginHost {
  return new PluginHost({ platform: testPlatform(), builtIn: builtInPlugin() });
}

/** The rules by their titles; each answers what breaks it. */
const PLUGIN_CONTRACT: Readonly<Record<string, (opened: OpenedPackage) => Promise<string[]>>> = {
  'has a manifest that a host accepts': ({ source }) =>
    Promise.resolve(
      aHost()
        .add(source)
        .problems.map(({ message, mend }) => `${message} ${mend ?? ''}`),
    ),

  'has written JSON Schemas in step with its zod schemas': async ({ files, schemas }) => {
    const faults: string[] = [];
    for (const [name, schema] of Object.entries(schemas)) {
      if ((await files.readText(`./schemas/${name}`)) === schemaText(schema)) continue;
      faults.push(`schemas/${name} is out of step with its zod schema; build the package and commit the file.`);
    }
    return faults;
  },

  'takes every configuration schema from a zod schema': ({ source, schemas }) => {
    const known = Object.values(schemas).map((schema) => nodeConfigSchema(schema));
    const strangers = source.plugin.nodeTypes.filter(
      ({ configSchema }) =>
        configKeys(configSchema).length > 0 && !known.some((schema) => sameJson(schema, configSchema)),
    );
    return Promise.resolve(
      strangers.map(({ type }) => `The schema of node type "${type}" comes from none of the given zod schemas.`),
    );
  },

  'has a page for every node type that tells of each configuration key': ({ source }) =>
    Promise.resolve(source.plugin.nodeTypes.flatMap(undocumented)),

  'registers exactly what its manifest lists, and ends cleanly': async ({ source }) => {
    const host = aHost();
    if (!host.add(source).accepted) return ['The host refuses it.'];
    try {
      await host.activate(source.plugin.name);
      await host.deactivate();
      return [];
    } catch (error) {
      return [errorMessage(error)];
    }
  },
};

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

/** What the page of a node type leaves out, as sentences. */
function undocumented({ type, docs, configSchema }: NodeTypeDescriptor): string[] {
  if (docs === undefined) return [`Node type "${type}" has no page; add "docs" to its entry in the manifest.`];
  return configKeys(configSchema)
    .filter((key) => !docs.includes(`\`${key}\``))
    .map((key) => `The page of node type "${type}" does not tell of \`${key}\`.`);
}
