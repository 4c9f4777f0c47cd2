import { INLET_KINDS } from '@kinegraph/core';
import { z } from 'zod';
import { RUN_HEALTHS } from '../../runs/run-vitals.js';
import { Figure, RunFigures, RunStates } from './figures.js';
import { GraphShape } from './graph.js';
import { Fault, Problem } from './problem.js';

/** The id of a run, which is also that of the graph it was deployed from. */
export const RunId = z
  .string()
  .regex(/^[A-Za-z0-9][\w-]{0,63}$/)
  .meta({ description: 'Letters, digits, "_" and "-", 64 at most.', examples: ['kitchen', 'line-2'] });

const RunSource = z.object({
  node: z.string(),
  type: z.string(),
  takes: z.enum(INLET_KINDS).optional().meta({ description: 'Of a source that clients send to: what it takes.' }),
  connection: z.unknown().optional().meta({ description: 'Of a source that tells how it is connected.' }),
});

const RunVitals = z
  .object({
    health: z.enum(RUN_HEALTHS).meta({
      description:
        '`troubled`: a source is away or a worker restarts, and the run goes on; `failed`: a node is out, or the run.',
    }),
    perSecond: Figure.meta({
      description: 'Results a second at the sink that gets the most, over the last five seconds.',
    }),
    ageP95Ms: Figure.meta({ description: 'Of the sink whose results are the oldest.' }),
    dropped: z.int().meta({ description: 'Packets that were let go, at all nodes.' }),
    failed: z.int().meta({ description: 'Packets on which a node failed.' }),
  })
  .meta({ id: 'RunVitals', description: 'How a run is, in five figures.' });

/** A run as lists of runs have it. */
export const RunSummary = z
  .object({
    id: z.string(),
    title: z.string(),
    state: RunStates,
    paused: z.boolean().meta({ description: 'Its sources are held.' }),
    exact: z.boolean().optional().meta({ description: 'True where its buffers drop nothing.' }),
    warnings: z.array(Problem).optional().meta({ description: 'Of an exact run: what keeps it from being so.' }),
    result: z.enum(['completed', 'stopped', 'failed']).optional().meta({ description: 'Of a run that has ended.' }),
    error: Fault.optional().meta({ description: 'Why it failed.' }),
    startedAt: z.iso.datetime(),
    vitals: RunVitals,
    sources: z.array(RunSource),
    sinks: z.array(z.object({ node: z.string(), type: z.string() })),
  })
  .meta({ id: 'RunSummary', description: 'A graph that runs, or has run.' });
export type RunSummary = z.infer<typeof RunSummary>;

/** A run with its graph and the figures of each node. */
export const RunDetail = RunSummary.extend({
  graph: GraphShape,
  figures: RunFigures,
}).meta({ id: 'RunDetail', description: 'A run with its graph and the figures of each node.' });

/** What was done to go over to another graph. */
export const AppliedGraph = z
  .object({
    added: z.array(z.string()),
    removed: z.array(z.string()),
    restarted: z.array(z.string()).meta({ description: 'Nodes that run on new instances.' }),
    takenOver: z.array(z.string()).meta({ description: 'Nodes that took another configuration over and went on.' }),
    rewired: z.array(z.string()).meta({ description: 'Nodes that went on and are fed by other wires now.' }),
  })
  .meta({ id: 'AppliedGraph', description: 'What was done to go over to another graph.' });
