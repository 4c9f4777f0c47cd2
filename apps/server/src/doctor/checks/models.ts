import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseGraph } from '@kinegraph/core';
import type { ModelStatus, NodeTypeCatalog } from '@kinegraph/core';
import { wantedModels } from '../../models/wanted-models.js';
import type { WantedModel } from '../../models/wanted-models.js';
import { bundledGraph } from '../../serve/server-module.js';
import { readGraphText } from '../../graph-file.js';
import type { ServerCheck } from '../check.js';
import type { ExaminedServer } from '../examined-server.js';
import type { FoundGraph } from '../found-graphs.js';
import { fault, good, warning } from '../finding.js';
import type { Finding } from '../finding.js';

/** Whether the models that graphs need are there, with the right sum. */
export const models: ServerCheck = {
  name: 'models',
  of: 'server',
  limitMs: 60_000,
  async run(server, signal) {
    const platform = await server.platform();
    const wanted = modelsOf(await graphsToRun(server), platform.host.catalog);
    if (wanted.length === 0) return [good('No graph needs a model.')];
    const known = new Map((await platform.models.verify(signal)).map((model) => [model.id, model]));
    const byChoice = new Set(
      platform.host.models.list().flatMap((model) => (model.pulledOnly === true ? [model.id] : [])),
    );
    const isOffline = server.env['KINEGRAPH_OFFLINE'] === '1';
    const findings = new Map<string, Finding | undefined>();
    for (const { name, short, folder, graph } of wanted) {
      const model = known.get(short) ?? known.get(name);
      if (model !== undefined) findings.set(model.id, judge(model, byChoice.has(model.id), isOffline, graph));
      else if (!/^https?:/i.test(name)) findings.set(name, await judgeFile(name, folder, graph));
    }
    const bad = [...findings.values()].filter((finding) => finding !== undefined);
    return bad.length > 0 ? bad : [good(`There: ${[...findings.keys()].sort().join(', ') || 'by address only'}.`)];
  },
};

interface ModelOfGraph extends WantedModel {
  readonly folder: string;
  readonly graph: string;
}

function modelsOf(graphs: readonly FoundGraph[], catalog: NodeTypeCatalog): readonly ModelOfGraph[] {
  // What is wrong with those that are not valid is told by the check of graphs.
  return graphs.flatMap(({ document, folder, name: graph }) =>
    document === undefined ? [] : wantedModels(document, catalog).map((model) => ({ ...model, folder, graph })),
  );
}

function judge(model: ModelStatus, byChoice: boolean, isOffline: boolean, graph: string): Finding | undefined {
  const { id, state, reason = '' } = model;
  const pull = `Run: kinegraph models pull ${id}`;
  switch (state) {
    case 'ready':
    case 'buildable':
      return undefined;
    case 'not-downloaded':
      if (isOffline || byChoice)
        return fault(`${id}, which ${graph} needs, is not there, and no run downloads it.`, pull);
      return warning(`${id}, which ${graph} needs, is not there yet, and is downloaded when it is first used.`, pull);
    case 'corrupt':
      return fault(`${id}, which ${graph} needs, is damaged: ${reason}`, pull);
    case 'missing-package':
      return fault(`${id}, which ${graph} needs, is not there: ${reason}`, 'Install what is missing.');
  }
}

async function judgeFile(name: string, folder: string, graph: string): Promise<Finding | undefined> {
  const file = path.resolve(folder, name);
  try {
    if ((await stat(file)).isFile()) return undefined;
  } catch {
    // told below
  }
  const mend = 'Put the file there, or name a model that "kinegraph models list" knows.';
  return fault(`${graph} needs the model ${name}, and there is no file ${file}.`, mend);
}

/** Those known, and what a server without a graph of its own runs. */
async function graphsToRun(server: ExaminedServer): Promise<readonly FoundGraph[]> {
  const found = await server.graphs();
  if (server.config.graph !== undefined) return found;
  const file = bundledGraph('live');
  const builtIn = { name: 'the built-in graph', runs: true, folder: path.dirname(file) };
  return [...found, { ...builtIn, ...parseGraph(await readGraphText(file)) }];
}
