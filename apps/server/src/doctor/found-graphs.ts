import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseGraph } from '@kinegraph/core';
import type { GraphDocument, Problem } from '@kinegraph/core';
import type { ServerConfig } from '../config/index.js';
import { readGraphText } from '../graph-file.js';
import { GraphFiles } from '../graphs/graph-files.js';
import { fileNameOf } from '../graphs/graph-ids.js';
import { graphsFolderOf } from '../store/state-folder.js';
import type { StateFound } from './state-copy.js';

/** A graph that a server knows. */
export interface FoundGraph {
  /** How it is called in sentences: `graphs/kitchen.kinegraph.json`, `deployed graph "kitchen"`. */
  readonly name: string;
  /** Whether the server runs it when it starts; else it is kept only, and may be a draft. */
  readonly runs: boolean;
  /** Folder that its relative paths refer to. */
  readonly folder: string;
  /** Absent where it cannot be read at all. */
  readonly document?: GraphDocument;
  /** What is wrong with its form. */
  readonly problems: readonly Problem[];
  /** Why there is no text. */
  readonly error?: unknown;
}

/** The graphs of the configuration, those that are kept, and those that are deployed. */
export async function findGraphs(config: ServerConfig, state: StateFound): Promise<readonly FoundGraph[]> {
  const { graph, alsoGraphs, gateways, workspace } = config;
  const named = [
    ...(graph === undefined ? [] : [graph]),
    ...alsoGraphs,
    ...[gateways.socketIo, gateways.liveSigns].flatMap((gateway) =>
      gateway.enabled && gateway.graph !== undefined ? [gateway.graph] : [],
    ),
  ];
  const deployments = state.kind === 'read' ? state.deployments : [];
  return [
    ...(await Promise.all([...new Set(named)].map(async (file) => await fromFile(file, workspace)))),
    ...kept(config),
    ...deployments
      .filter((deployment) => deployment.state !== 'stopped')
      .map(({ graph: id, text }) => ({
        ...{ name: `deployed graph "${id}"`, runs: true, folder: workspace },
        ...parseGraph(text),
      })),
  ];
}

async function fromFile(file: string, workspace: string): Promise<FoundGraph> {
  const relative = path.relative(workspace, file);
  const about = { name: relative.startsWith('..') ? file : relative, runs: true, folder: path.dirname(file) };
  try {
    return { ...about, ...parseGraph(await readGraphText(file)) };
  } catch (error) {
    return { ...about, problems: [], error };
  }
}

function kept(config: ServerConfig): readonly FoundGraph[] {
  const folder = graphsFolderOf(config);
  if (!existsSync(folder)) return [];
  const files = new GraphFiles(folder);
  const shown = path.relative(config.workspace, folder);
  return files.ids().map((id) => {
    const name = path.join(shown.startsWith('..') ? folder : shown, fileNameOf(id));
    const about = { name, runs: false, folder: config.workspace };
    try {
      const file = files.look(id);
      if (file.kind === 'odd') return { ...about, problems: [], error: new Error(`${name}: ${file.reason}.`) };
      return file.kind === 'none' ? { ...about, problems: [] } : { ...about, ...parseGraph(file.text()) };
    } catch (error) {
      return { ...about, problems: [], error };
    }
  });
}
