import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorMessage, parseGraph, propertySchema, validateGraph } from '@kinegraph/core';
import type {
  Contributed,
  ContributedGraph,
  GraphDocument,
  ModelStatus,
  NodeTypeCatalog,
  Problem,
} from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { ClipFolders } from '../clips/clip-folders.js';
import type { Clip } from '../clips/clip-folders.js';
import { graphIdOf } from '../deployments/starter-graphs.js';
import { wantedModels } from '../models/wanted-models.js';
import { NodeHost } from '../runs/node-host.js';

/** A model that an example needs. */
export interface ExampleModel {
  readonly id: string;
  readonly title?: string;
  readonly license: string;
  readonly bytes: number;
  readonly isThere: boolean;
  /** Why it is not. */
  readonly reason?: string;
}

/** A graph that a plugin contributes, as this server can run it. */
export interface ExampleGraph {
  /** A name for the graph that is made of it. */
  readonly id: string;
  readonly plugin: string;
  readonly title: string;
  readonly description?: string;
  /** What is to be seen when it runs. */
  readonly expect?: string;
  /** The clip that it is meant for; without a path where no folder that graphs may read has it. */
  readonly clip?: { readonly name: string; readonly path?: string };
  readonly models: readonly ExampleModel[];
  /** What keeps it from running here besides. */
  readonly problems: readonly Problem[];
  /** Plays its clip from where that is, over and over, at its own speed. Absent where its file cannot be read. */
  readonly graph?: GraphDocument;
}

/** The graphs that plugins contribute, made ready to be kept and run by this server. */
@injectable()
export class ExampleGraphs {
  constructor(
    @inject(NodeHost) private readonly platform: NodeHost,
    @inject(ClipFolders) private readonly folders: ClipFolders,
  ) {}

  /** In the order of the plugins. */
  async list(): Promise<readonly ExampleGraph[]> {
    const { contributions } = this.platform.host;
    const [{ clips }, models] = await Promise.all([this.folders.list(), this.platform.models.list()]);
    const known = new Map(models.map((model) => [model.id, model]));
    return await Promise.all(contributions.graphs().map(async (graph) => await this.#example(graph, clips, known)));
  }

  async #example(
    { plugin, title, expect, clip, file, url }: Contributed<ContributedGraph>,
    clips: readonly Clip[],
    known: ReadonlyMap<string, ModelStatus>,
  ): Promise<ExampleGraph> {
    const { catalog } = this.platform.host;
    const place = clip === undefined ? undefined : clips.find((one) => path.posix.basename(posix(one.path)) === clip);
    const { document, problems } = await readExample(url);
    const graph = document && withClip(document, clip, place?.path, catalog);
    return {
      ...{ id: graphIdOf(file), plugin, title },
      ...(document?.description === undefined ? {} : { description: document.description }),
      ...(expect === undefined ? {} : { expect }),
      ...(clip === undefined ? {} : { clip: { name: clip, ...(place === undefined ? {} : { path: place.path }) } }),
      models: document === undefined ? [] : modelsOf(document, catalog, known),
      problems: document === undefined ? problems : [...problems, ...validateGraph(document, catalog)],
      ...(graph === undefined ? {} : { graph }),
    };
  }
}

/** It was JSON when its plugin was loaded; files may change. */
async function readExample(url: string): Promise<ReturnType<typeof parseGraph>> {
  try {
    return parseGraph(await readFile(fileURLToPath(url), 'utf8'));
  } catch (error) {
    const message = `The file of the example cannot be read: ${errorMessage(error)}`;
    return { problems: [{ code: 'PLUGIN_FILE_MISSING', severity: 'error', message, pointer: '' }] };
  }
}

/** Sources that play the clip, from wherever it is; what has ended would show nothing. */
function withClip(
  document: GraphDocument,
  clip: string | undefined,
  place: string | undefined,
  catalog: NodeTypeCatalog,
): GraphDocument {
  const nodes = Object.entries(document.nodes).map(([name, node]) => {
    const descriptor = catalog.get(node.type);
    const { path: played } = node.config ?? {};
    if (descriptor?.kind !== 'source' || typeof played !== 'string' || clip === undefined) return [name, node];
    if (path.posix.basename(posix(played)) !== clip) return [name, node];
    const has = (key: string): boolean => propertySchema(descriptor.configSchema, key) !== undefined;
    const config = {
      ...node.config,
      ...(place === undefined ? {} : { path: place }),
      ...(has('loop') ? { loop: true } : {}),
      ...(has('pace') ? { pace: 'realtime' } : {}),
    };
    return [name, { ...node, config }];
  });
  return { ...document, nodes: Object.fromEntries(nodes) as GraphDocument['nodes'] };
}

function modelsOf(
  document: GraphDocument,
  catalog: NodeTypeCatalog,
  known: ReadonlyMap<string, ModelStatus>,
): readonly ExampleModel[] {
  const found = new Map<string, ExampleModel>();
  for (const { name, short } of wantedModels(document, catalog)) {
    const model = known.get(short) ?? known.get(name);
    if (model === undefined) continue; // a file, or an address
    const { id, title, license, bytes, state, reason } = model;
    const isThere = state === 'ready' || state === 'buildable';
    found.set(id, {
      ...{ id, license, bytes, isThere },
      ...(title === undefined ? {} : { title }),
      ...(isThere || reason === undefined ? {} : { reason }),
    });
  }
  return [...found.values()];
}

function posix(name: string): string {
  return name.replaceAll('\\', '/');
}
