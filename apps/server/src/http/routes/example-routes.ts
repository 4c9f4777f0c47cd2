import { inject, injectable } from 'inversify';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { listExampleGraphs } from '../../api/operations/example-operations.js';
import { ExampleGraphs } from '../../examples/example-graphs.js';

/** Graphs to begin with. */
@injectable()
export class ExampleRoutes implements ApiRoutes {
  constructor(@inject(ExampleGraphs) private readonly examples: ExampleGraphs) {}

  operations(): readonly HandledOperation[] {
    return [handled(listExampleGraphs, async () => ({ graphs: [...(await this.examples.list())] }))];
  }
}
