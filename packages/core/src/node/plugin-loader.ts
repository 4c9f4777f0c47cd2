import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { errorMessage } from '../base/index.js';
import { PluginLoadError, pluginProblem, pluginSourceOf, resolvePlugin } from '../plugins/index.js';
import type { AddResult, PluginFiles, PluginHost, PluginSource } from '../plugins/index.js';
import { findPackageFolder } from './model-store/package-files.js';

/** Where to look for a plugin. */
export interface LoadPluginOptions {
  /** Folder that paths are relative to and from which packages are looked up, as Node does. */
  readonly from: string;
}

/**
 * Reads a plugin's manifest with all files that it names; runs none of its code. Faults of the manifest are not thrown:
 * the host refuses the source with all of them at once.
 *
 * @param nameOrPath - A package name, or the path of a package's folder (absolute, or starting with `.`), or its file URL.
 * @throws PluginLoadError where there is no package, or it is no plugin.
 */
export async function loadPluginSource(nameOrPath: string, { from }: LoadPluginOptions): Promise<PluginSource> {
  const folder = await findFolder(nameOrPath, from);
  const packageJson = await readPackageJson(nameOrPath, folder);
  if (typeof packageJson !== 'object' || packageJson === null || !('contributes' in packageJson)) {
    throw loadError(nameOrPath, 'PLUGIN_NOT_A_PLUGIN', [
      `the package in ${folder} is no plugin: its package.json has no "contributes".`,
      'Name a Kinegraph plugin, or add "contributes" (see docs/plugins.md).',
    ]);
  }
  return pluginSourceOf(await resolvePlugin(packageJson, packageFiles(folder), nameOrPath));
}

/** Loads plugins and adds them to a host, one after the other; what cannot be loaded is listed as refused, the rest is used. */
export async function addPlugins(
  host: PluginHost,
  namesOrPaths: readonly string[],
  options: LoadPluginOptions,
): Promise<readonly AddResult[]> {
  const results: AddResult[] = [];
  for (const nameOrPath of namesOrPaths) {
    try {
      results.push(host.add(await loadPluginSource(nameOrPath, options)));
    } catch (error) {
      if (!(error instanceof PluginLoadError)) throw error;
      results.push(host.addUnreadable(error.data.problem));
    }
  }
  return results;
}

/** The files of a package's folder, given as a path or a file URL. */
export function packageFiles(packageFolder: string | URL): PluginFiles {
  const folder = typeof packageFolder === 'string' ? packageFolder : fileURLToPath(packageFolder);
  return {
    folderUrl: pathToFileURL(`${path.resolve(folder)}${path.sep}`).href,
    readText: async (file) => {
      try {
        return await readFile(path.join(folder, file), 'utf8');
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    exists: async (file) => {
      try {
        return (await stat(path.join(folder, file))).isFile();
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
  };
}

async function findFolder(nameOrPath: string, from: string): Promise<string> {
  if (/^file:/i.test(nameOrPath)) return existingFolder(nameOrPath, fileURLToPath(nameOrPath));
  if (/^\.{1,2}(?:[\\/]|$)/.test(nameOrPath) || path.isAbsolute(nameOrPath)) {
    return existingFolder(nameOrPath, path.resolve(from, nameOrPath));
  }
  if (!/^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(nameOrPath)) {
    throw loadError(nameOrPath, 'PLUGIN_NAME_INVALID', [
      'that is no package name, and no path of a folder.',
      'Give a package name such as "@kinegraph/plugin-mediapipe", or a path that starts with "./".',
    ]);
  }
  const folder = await findPackageFolder(nameOrPath, from);
  if (folder !== undefined) return folder;
  throw loadError(nameOrPath, 'PLUGIN_NOT_INSTALLED', [
    `the package is not installed; it was looked up from ${path.resolve(from)}.`,
    `Run: npm install ${nameOrPath}`,
  ]);
}

async function existingFolder(nameOrPath: string, folder: string): Promise<string> {
  try {
    if ((await stat(folder)).isDirectory()) return await realpath(folder);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  throw loadError(nameOrPath, 'PLUGIN_NOT_INSTALLED', [
    `there is no folder ${folder}.`,
    'Correct the path of the plugin.',
  ]);
}

async function readPackageJson(nameOrPath: string, folder: string): Promise<unknown> {
  const file = path.join(folder, 'package.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = isMissing(error) ? `there is no ${file}.` : `${file} cannot be read: ${errorMessage(error)}.`;
    throw loadError(
      nameOrPath,
      'PLUGIN_NOT_A_PLUGIN',
      [reason, 'Give the folder that has the package.json of the plugin.'],
      error,
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw loadError(
      nameOrPath,
      'PLUGIN_NOT_JSON',
      [`${file} is not JSON: ${errorMessage(error)}.`, 'Correct the file, or reinstall the package.'],
      error,
    );
  }
}

function loadError(plugin: string, code: string, [message, mend]: [string, string], cause?: unknown): PluginLoadError {
  return new PluginLoadError(
    { problem: pluginProblem(plugin, code, [], message, mend) },
    cause === undefined ? {} : { cause },
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
