import { z } from 'zod';
import { operation } from '../operation.js';
import { GraphId } from '../shapes/graphs.js';
import { GraphShape } from '../shapes/graph.js';
import { Problem } from '../shapes/problem.js';

const ExampleModel = z.object({
  id: z.string(),
  title: z.string().optional(),
  license: z.string(),
  bytes: z.int(),
  isThere: z.boolean().meta({ description: 'It can be used without a download.' }),
  reason: z.string().optional().meta({ description: 'Why it is not there, as a sentence.' }),
});

const ExampleGraph = z
  .object({
    id: GraphId.meta({ description: 'A name for the graph that is made of it; two plugins may mean the same.' }),
    plugin: z.string().meta({ description: 'The package that contributes it.' }),
    title: z.string(),
    description: z.string().optional(),
    expect: z.string().optional().meta({ description: 'What is to be seen when it runs.' }),
    clip: z
      .object({
        name: z.string(),
        path: z.string().optional().meta({ description: 'Absent where no folder that graphs may read has it.' }),
      })
      .optional()
      .meta({ description: 'The clip that it is meant for.' }),
    models: z.array(ExampleModel).meta({ description: 'Those that its nodes name.' }),
    problems: z.array(Problem).meta({ description: 'What is wrong with it here.' }),
    graph: GraphShape.optional().meta({
      description:
        'Ready to be kept: it plays its clip from where that is, over and over. Absent where its file cannot be read.',
    }),
  })
  .meta({ id: 'ExampleGraph', description: 'A graph that a plugin contributes.' });

export const listExampleGraphs = operation({
  id: 'listExampleGraphs',
  method: 'get',
  path: '/api/v1/example-graphs',
  scope: 'view',
  tag: 'Catalogue',
  summary: 'The graphs that plugins contribute, with what each needs and whether that is there.',
  answer: { status: 200, description: 'By plugin.', schema: z.object({ graphs: z.array(ExampleGraph) }) },
  errors: [],
});
