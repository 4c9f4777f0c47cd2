import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GraphDocument, NodeTypeCatalog } from '@kinegraph/core';
import { UsageError } from './cli/usage-error.js';

/** Source types by what they read, for `--input`. */
const FILE_SOURCE = 'media.source.file';
const IMAGES_SOURCE = 'media.source.images';
/** What all node types call the model they run: a file, the id of a listed one, or a URL. */
const MODEL_KEY = 'model';
const IMAGE_SUFFIX = /\.(jpe?g|png|webp|gif|tiff?|avif|bmp)$/i;

/**
 * Points the graph's one source to another file. A folder or picture in the place of a video (or the other way round)
 * changes the source's type as well; what is configured stays where the new type knows it.
 * @throws UsageError when it is not clear which node is meant.
 */
export function applyInput(document: GraphDocument, input: string, catalog: NodeTypeCatalog): void {
  const sources = Object.entries(document.nodes).filter(([, node]) => {
    const descriptor = catalog.get(node.type);
    return descriptor?.kind === 'source' && hasKey(descriptor.configSchema, 'path');
  });
  const [entry] = sources;
  if (entry === undefined || sources.length > 1) {
    const found =
      sources.length === 0
        ? 'no source with a "path"'
        : `${sources.length} of them (${sources.map(([name]) => name).join(', ')})`;
    throw new UsageError(
      `--input needs a graph with one source that reads a file, and this one has ${found}. Use --set NODE.path=${input} instead.`,
    );
  }
  const [name, node] = entry;
  const type = sourceTypeFor(input, node.type);
  const known = catalog.get(type)?.configSchema ?? {};
  const config = Object.fromEntries(Object.entries(node.config ?? {}).filter(([key]) => hasKey(known, key)));
  document.nodes[name] = { ...node, type, config: { ...config, path: resolve(input) } };
}

/**
 * Writes `node.key=value` settings into the document. The value is read as JSON where it is JSON, else as text. A model that
 * is a file from where the command is run is that file, as `--input` is: paths in a document begin at its own folder.
 * @throws UsageError
 */
export function applySettings(document: GraphDocument, settings: readonly string[]): void {
  for (const setting of settings) {
    const { name, key, text } = readSetting(setting);
    const node = document.nodes[name];
    if (node === undefined) {
      throw new UsageError(
        `--set names the node "${name}", which the graph does not have. Its nodes: ${Object.keys(document.nodes).join(', ')}.`,
      );
    }
    if (key === 'concurrency') node.concurrency = Number(text);
    else {
      const value = key === MODEL_KEY && isFile(text) ? resolve(text) : readValue(text);
      node.config = withKey(node.config ?? {}, key.split('.'), value);
    }
  }
}

function isFile(text: string): boolean {
  return statSync(text, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * Those of the settings whose node the graph has: of several graphs each takes its own.
 * @throws UsageError
 */
export function settingsFor(document: GraphDocument, settings: readonly string[]): readonly string[] {
  return settings.filter((setting) => Object.hasOwn(document.nodes, readSetting(setting).name));
}

/** @throws UsageError */
function readSetting(setting: string): { readonly name: string; readonly key: string; readonly text: string } {
  const [whole, name = '', key = '', text = ''] = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(setting) ?? [];
  if (whole === undefined)
    throw new UsageError(`--set is "${setting}"; it must look like node.key=value, for example hands.numHands=1.`);
  return { name, key, text };
}

function sourceTypeFor(input: string, current: string): string {
  if (current !== FILE_SOURCE && current !== IMAGES_SOURCE) return current;
  const isFolder = statSync(input, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder || IMAGE_SUFFIX.test(input) ? IMAGES_SOURCE : FILE_SOURCE;
}

function hasKey(schema: Readonly<Record<string, unknown>>, key: string): boolean {
  const properties = schema['properties'];
  return typeof properties === 'object' && properties !== null && key in properties;
}

function withKey(
  config: Readonly<Record<string, unknown>>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return { ...config, [key]: value };
  const inner = config[key];
  return {
    ...config,
    [key]: withKey(typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {}, rest, value),
  };
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
