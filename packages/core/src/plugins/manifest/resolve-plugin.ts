import { errorMessage } from '../../base/index.js';
import { SkeletonFile, compileConfigSchema, configKeysOf, showValue, skeletonFault } from '../../graph/index.js';
import type { JsonSchema, NodeTypeDescriptor, PathStep } from '../../graph/index.js';
import type { Skeleton } from '../../vision/index.js';
import { withFullStop } from '../errors.js';
import type { ResolvedPlugin } from '../plugin-source.js';
import type { NodeContribution } from './manifest.js';
import { issueProblems } from './issue-sentences.js';
import { parseManifest } from './parse-manifest.js';
import { pluginProblem } from './plugin-problem.js';
import { skeletonKeyFault } from './port-type-fault.js';
import type { PluginProblem } from './plugin-problem.js';

/** How a platform reaches the files of a package. Paths are those of manifests: relative, inside the package. */
export interface PluginFiles {
  /** With a slash at its end. */
  readonly folderUrl: string;
  /** The file as text; undefined when there is none. Rejects where it is there but cannot be read. */
  readText(path: string): Promise<string | undefined>;
  exists(path: string): Promise<boolean>;
}

/** The schema of nodes that have no configuration. */
const NO_CONFIG: JsonSchema = { type: 'object', properties: {}, additionalProperties: false };

/**
 * Reads a manifest with all files that it names. Faults are not thrown but listed in `problems`, all at once.
 *
 * @param fallbackName - What to call the plugin where its package.json has no name.
 */
export async function resolvePlugin(
  packageJson: unknown,
  files: PluginFiles,
  fallbackName?: string,
): Promise<ResolvedPlugin> {
  return new PluginResolver(packageJson, files, fallbackName).resolve();
}

/** Why a value cannot serve as the schema of a configuration; undefined when it can. */
function configSchemaFault(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Reflect.get(value, 'type') !== 'object') {
    return 'it must be a JSON Schema with "type": "object" at its top';
  }
  try {
    compileConfigSchema(value as JsonSchema);
    return undefined;
  } catch (error) {
    return errorMessage(error);
  }
}

class PluginResolver {
  readonly #parsed;
  readonly #problems: PluginProblem[];

  constructor(
    packageJson: unknown,
    private readonly files: PluginFiles,
    fallbackName: string | undefined,
  ) {
    this.#parsed = parseManifest(packageJson, fallbackName);
    this.#problems = [...this.#parsed.problems];
  }

  async resolve(): Promise<ResolvedPlugin> {
    const { manifest, places, activationEvents } = this.#parsed;
    const { nodes, portTypes, models, skeletons, graphs } = manifest.contributes;
    const nodeTypes = await Promise.all(nodes.map((node, index) => this.#nodeType(node, places.nodes[index] ?? index)));
    const loadedSkeletons = await Promise.all(
      skeletons.map((path, index) =>
        this.#skeleton(path, ['contributes', 'skeletons', places.skeletons[index] ?? index]),
      ),
    );
    for (const [index, graph] of graphs.entries()) {
      await this.#json(graph.file, ['contributes', 'graphs', places.graphs[index] ?? index, 'file']);
    }
    if (manifest.main !== undefined && !(await this.files.exists(manifest.main))) {
      this.#report(
        'PLUGIN_NOT_BUILT',
        ['main'],
        `main is "${manifest.main}", but there is no such file.`,
        'Build the package (npm run build), or correct "main".',
      );
    }
    return {
      name: manifest.name,
      version: manifest.version,
      ...(manifest.description === undefined ? {} : { description: manifest.description }),
      engineRange: manifest.engines.kinegraph,
      folderUrl: this.files.folderUrl,
      ...(manifest.main === undefined ? {} : { entryUrl: this.#url(manifest.main) }),
      activationEvents,
      nodeTypes,
      portTypes,
      models,
      skeletons: loadedSkeletons.filter((skeleton) => skeleton !== undefined),
      graphs: graphs.map((graph) => ({ ...graph, url: this.#url(graph.file) })),
      places,
      problems: this.#problems,
    };
  }

  async #nodeType(node: NodeContribution, place: number): Promise<NodeTypeDescriptor> {
    const path = ['contributes', 'nodes', place];
    const configSchema = node.config === undefined ? NO_CONFIG : await this.#configSchema(node, [...path, 'config']);
    const docs = node.docs === undefined ? undefined : await this.#text(node.docs, [...path, 'docs']);
    if (configSchema !== undefined) {
      this.#checkLiveKeys(node, configSchema, [...path, 'liveConfig']);
      this.#checkSkeletonKeys(node, configSchema, path);
    }
    return {
      type: node.type,
      typeVersion: node.typeVersion,
      kind: node.kind,
      title: node.title,
      ...(node.description === undefined ? {} : { description: node.description }),
      plugin: this.#parsed.manifest.name,
      runsIn: node.runsIn,
      native: node.native,
      stateless: node.stateless,
      live: node.live,
      ...(node.takes === undefined ? {} : { takes: node.takes }),
      inputs: Object.fromEntries(
        Object.entries(node.inputs).map(([name, { description, ...port }]) => [
          name,
          { ...port, ...(description === undefined ? {} : { description }) },
        ]),
      ),
      outputs: Object.fromEntries(
        Object.entries(node.outputs).map(([name, { type, description }]) => [
          name,
          { type, ...(description === undefined ? {} : { description }) },
        ]),
      ),
      configSchema: configSchema ?? NO_CONFIG,
      liveConfig: node.liveConfig,
      ...(docs === undefined ? {} : { docs }),
    };
  }

  async #configSchema(node: NodeContribution, path: readonly PathStep[]): Promise<JsonSchema | undefined> {
    const schema = await this.#json(node.config ?? '', path);
    if (schema === undefined) return undefined;
    const fault = configSchemaFault(schema.value);
    if (fault === undefined) return schema.value as JsonSchema;
    this.#report(
      'PLUGIN_FILE_INVALID',
      path,
      `the configuration schema "${node.config}" of node type "${node.type}" cannot be used: ${withFullStop(fault)}`,
      'Write it from the zod schema with kinegraph-write-schemas.',
    );
    return undefined;
  }

  #checkLiveKeys(node: NodeContribution, schema: JsonSchema, path: readonly PathStep[]): void {
    const known = Object.keys((schema['properties'] as object | undefined) ?? {});
    for (const [index, key] of node.liveConfig.entries()) {
      if (known.includes(key)) continue;
      this.#report(
        'PLUGIN_NODE_INVALID',
        [...path, index],
        `liveConfig of node type "${node.type}" has "${key}", which its configuration does not; known are ${known.join(', ') || 'none'}.`,
        `Correct or remove "${key}".`,
      );
    }
  }

  #checkSkeletonKeys(node: NodeContribution, schema: JsonSchema, path: readonly PathStep[]): void {
    for (const side of ['inputs', 'outputs'] as const) {
      for (const [name, { type }] of Object.entries(node[side])) {
        for (const key of configKeysOf(type)) {
          const fault = skeletonKeyFault(key, schema, node.liveConfig);
          if (fault === undefined) continue;
          this.#report(
            'PLUGIN_NODE_INVALID',
            [...path, side, name, 'type'],
            `Port "${name}" of node type "${node.type}" has the port type ${showValue(type)}: ${fault}`,
            'Correct the port type or the configuration.',
          );
        }
      }
    }
  }

  async #skeleton(file: string, path: readonly PathStep[]): Promise<Skeleton | undefined> {
    const read = await this.#json(file, path);
    if (read === undefined) return undefined;
    const parsed = SkeletonFile.safeParse(read.value);
    const fault = parsed.success ? skeletonFault(parsed.data) : undefined;
    if (parsed.success && fault === undefined) {
      const { id, title, points, connections } = parsed.data;
      return { id, title, points, connections };
    }
    const first = parsed.success ? undefined : parsed.error.issues[0];
    const sentence =
      first === undefined
        ? `${fault ?? 'it does not fit'}.`
        : (issueProblems('', read.value, first, '')[0]?.message.slice('Plugin "": '.length) ?? first.message);
    this.#report(
      'PLUGIN_FILE_INVALID',
      path,
      `the skeleton file "${file}" does not fit: ${sentence}`,
      `Correct "${file}".`,
    );
    return undefined;
  }

  async #json(file: string, path: readonly PathStep[]): Promise<{ readonly value: unknown } | undefined> {
    const text = await this.#text(file, path);
    if (text === undefined) return undefined;
    try {
      return { value: JSON.parse(text) as unknown };
    } catch (error) {
      this.#report(
        'PLUGIN_FILE_INVALID',
        path,
        `the file "${file}" is not JSON: ${withFullStop(errorMessage(error))}`,
        `Correct "${file}".`,
      );
      return undefined;
    }
  }

  async #text(file: string, path: readonly PathStep[]): Promise<string | undefined> {
    try {
      const text = await this.files.readText(file);
      if (text === undefined) {
        this.#report(
          'PLUGIN_FILE_MISSING',
          path,
          `the manifest names the file ${showValue(file)}, but there is no such file in the package.`,
          'Add the file (a build may have to write it first), or correct its path.',
        );
      }
      return text;
    } catch (error) {
      this.#report(
        'PLUGIN_FILE_MISSING',
        path,
        `the file ${showValue(file)} cannot be read: ${withFullStop(errorMessage(error))}`,
        'Check the file and its rights.',
      );
      return undefined;
    }
  }

  #url(path: string): string {
    return new URL(path.replace(/[%?#]/g, encodeURIComponent), this.files.folderUrl).href;
  }

  #report(code: string, path: readonly PathStep[], message: string, mend: string): void {
    this.#problems.push(pluginProblem(this.#parsed.manifest.name, code, path, message, mend));
  }
}
