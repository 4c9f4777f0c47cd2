import { inject, injectable } from 'inversify';
import type { GraphDocument, Problem } from '@kinegraph/core';
import type { Caller } from '../../access/index.js';
import { withoutCredentials } from '../../answers/without-credentials.js';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import {
  deleteGraph,
  deployGraph,
  getGraph,
  getRevision,
  listEvents,
  listGraphs,
  listRevisions,
  nameRevision,
  putGraph,
  restoreRevision,
  validateGraph,
} from '../../api/operations/graph-operations.js';
import { authorOf } from '../../audit/author-of.js';
import { AuditLog } from '../../audit/audit-log.js';
import { Deployments } from '../../deployments/deployments.js';
import { GraphLibrary } from '../../graphs/index.js';
import type { GraphChange, StoredRevision } from '../../graphs/index.js';
import { RunService } from '../../runs/run-service.js';

/** The graphs that the server keeps: read, saved, restored, deployed. */
@injectable()
export class GraphRoutes implements ApiRoutes {
  constructor(
    @inject(GraphLibrary) private readonly graphs: GraphLibrary,
    @inject(Deployments) private readonly deployments: Deployments,
    @inject(RunService) private readonly runs: RunService,
    @inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(listGraphs, () => {
        const deployed = this.deployments.revisions();
        const graphs = this.graphs.list().map((graph) => {
          const revision = deployed.get(graph.id);
          return { ...graph, ...(revision === undefined ? {} : { deployed: revision }) };
        });
        return { graphs };
      }),
      handled(getGraph, ({ params: { graph } }) => this.#kept(graph)),
      handled(putGraph, ({ params: { graph }, body: { graph: document, revision, name }, caller }) => {
        const called = name === undefined ? {} : { name };
        this.graphs.put(graph, document, { ...changeOf(caller, revision), ...called });
        return this.#kept(graph);
      }),
      handled(deleteGraph, ({ params: { graph }, query: { revision }, caller }) => {
        this.graphs.delete(graph, changeOf(caller, revision));
      }),
      handled(listRevisions, ({ params: { graph } }) => ({ revisions: this.graphs.history(graph) })),
      handled(getRevision, ({ params: { graph, revision } }) =>
        this.#answer(this.graphs.revision(graph, revision), []),
      ),
      handled(restoreRevision, ({ params: { graph, revision }, body, caller }) => {
        this.graphs.restore(graph, revision, changeOf(caller, body.revision));
        return this.#kept(graph);
      }),
      handled(nameRevision, ({ params: { graph, revision }, body: { name }, caller }) =>
        this.graphs.name(graph, revision, name ?? undefined, { by: authorOf(caller), from: caller.address }),
      ),
      handled(deployGraph, async ({ params: { graph }, body: { revision }, caller }) => {
        const { live, ...deployed } = await this.deployments.deploy(graph, revision, authorOf(caller));
        return { ...deployed, run: withoutCredentials(live.summary()) };
      }),
      handled(validateGraph, ({ body: { graph } }) => ({ problems: this.#problemsOf(graph) })),
      handled(listEvents, ({ query: { before, limit, run } }) => ({
        events: this.audit.list({
          limit,
          ...(before === undefined ? {} : { before }),
          ...(run === undefined ? {} : { targets: [`runs/${run}`, `graphs/${run}`] }),
        }),
      })),
    ];
  }

  #kept(id: string) {
    const graph = this.graphs.get(id);
    return this.#answer(graph, graph.problems);
  }

  #answer({ id, revision, name, savedAt, savedBy, document }: StoredRevision, ofFile: readonly Problem[]) {
    const called = name === undefined ? {} : { name };
    const problems = [...ofFile, ...this.#problemsOf(document)];
    return { id, revision, ...called, savedAt, savedBy, graph: document, problems };
  }

  #problemsOf(graph: GraphDocument | Readonly<Record<string, unknown>>): readonly Problem[] {
    return withoutCredentials(this.runs.validate(graph).problems);
  }
}

function changeOf(caller: Caller, revision: number): GraphChange {
  return { revision, by: authorOf(caller), from: caller.address };
}
