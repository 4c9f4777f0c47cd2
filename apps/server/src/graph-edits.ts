import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { KinegraphError } from '@kinegraph/core';
import type { GraphDocument, NodeTypeCatalog, NodeTypeDescriptor } from '@kinegraph/core';
import { recordingOf } from '@kinegraph/recording/node';
import { UsageError } from './cli/usage-error.js';

/** Source types by what they read, for `--input`. */
const FILE_SOURCE = 'media.source.file';
const IMAGES_SOURCE = 'media.source.images';
const RECORDING_SOURCE = 'media.source.recording';
const BY_INPUT: readonly string[] = [FILE_SOURCE, IMAGES_SOURCE, RECORDING_SOURCE];
/** Those that give frames as they came, encoded; all others give pixels. */
const GIVE_ENCODED: readonly string[] = ['core.source.frames', RECORDING_SOURCE];
/** What all node types call the model they run: a file, the id of a listed one, or a URL. */
const MODEL_KEY = 'model';
const IMAGE_SUFFIX = /\.(jpe?g|png|webp|gif|tiff?|avif|bmp)$/i;
const RECORDING_SUFFIX = /\.mcap(?:\.part)?$/i;

/** It is not clear which source of a graph is to read an input. */
export class InputUnclearError extends KinegraphError {
  override readonly name = 'InputUnclearError';
  readonly code = 'GRAPH_INPUT_UNCLEAR';
  constructor(override readonly data: { input: string; sources: readonly string[] }) {
    const { input, sources } = data;
    const found = sources.length === 0 ? 'none' : `${sources.length} of them (${sources.join(', ')})`;
    super(
      `An input (${input}) takes the place of the one source of a graph that gives frames, and this graph has ${found}. Name the file in the graph instead, as "path" of the source that is to read it.`,
    );
  }
}

/**
 * Has the graph's one source of frames read a file, a folder of pictures, or a recording. Where its type reads other
 * things, a camera's for instance, it becomes one that reads this; what is configured stays where the new type knows it.
 * @param input - absolute.
 * @param named - as who asks has named it, for the sentence of the error.
 * @throws InputUnclearError when it is not clear which node is meant.
 */
export function applyInput(document: GraphDocument, input: string, catalog: NodeTypeCatalog, named = input): void {
  const sources = Object.entries(document.nodes).filter(([, node]) => catalog.get(node.type)?.kind === 'source');
  const reading = sources.filter(([, { type }]) => hasKey(catalog.get(type)?.configSchema ?? {}, 'path'));
  const candidates = reading.length > 0 ? reading : sources.filter(([, { type }]) => givesFrames(catalog.get(type)));
  const [entry] = candidates;
  if (entry === undefined || candidates.length > 1)
    throw new InputUnclearError({ input: named, sources: candidates.map(([name]) => name) });
  const [name, node] = entry;
  const isOthers = reading.length > 0 && !BY_INPUT.includes(node.type); // it reads what its plugin knows
  const type = isOthers ? node.type : sourceTypeFor(input);
  const known = catalog.get(type)?.configSchema ?? {};
  const config = Object.fromEntries(Object.entries(node.config ?? {}).filter(([key]) => hasKey(known, key)));
  // What stands behind a source of pixels takes nothing else.
  if (type === RECORDING_SOURCE && !GIVE_ENCODED.includes(node.type)) config['decode'] = true;
  // Their versions are counted apart.
  const { typeVersion: _, ...others } = node;
  document.nodes[name] = { ...(type === node.type ? node : others), type, config: { ...config, path: input } };
}

/** Whether what reads files can take the place: the wires that leave it have to fit. */
function givesFrames(descriptor: NodeTypeDescriptor | undefined): boolean {
  const outputs = Object.entries(descriptor?.outputs ?? {});
  return outputs.length === 1 && outputs.every(([port, { type }]) => port === 'frame' && type === 'frame');
}

/** Has all sources that keep a pace keep this one. */
export function applyPace(document: GraphDocument, pace: string, catalog: NodeTypeCatalog): void {
  for (const node of Object.values(document.nodes)) {
    const properties: unknown = catalog.get(node.type)?.configSchema['properties'];
    if (typeof properties === 'object' && properties !== null && 'pace' in properties)
      node.config = { ...node.config, pace };
  }
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

function sourceTypeFor(input: string): string {
  if (RECORDING_SUFFIX.test(input)) return RECORDING_SOURCE;
  const there = statSync(input, { throwIfNoEntry: false });
  if (there === undefined && isRecording(input)) return RECORDING_SOURCE;
  const isFolder = there?.isDirectory() === true;
  return isFolder || IMAGE_SUFFIX.test(input) ? IMAGES_SOURCE : FILE_SOURCE;
}

/** Whether it is what the names of a recording's parts begin with. */
function isRecording(input: string): boolean {
  const folder = dirname(input);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  const recording = basename(input);
  return readdirSync(folder).some((file) => recordingOf(file) === recording);
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
