import { z } from 'zod';
import { Author } from '../../store/author.js';
import { Figure, Histogram, NodeFigures } from './figures.js';
import { GraphInput } from './graph.js';
import { GraphId, Revision } from './graphs.js';
import { Fault } from './problem.js';

const MOST_GRAPHS = 8;
const MOST_SECONDS = 600;
const MOST_REPEATS = 20;

/** How graphs are measured. */
export const BenchmarkConditions = z.strictObject({
  seconds: z
    .number()
    .min(0.5)
    .max(MOST_SECONDS)
    .default(10)
    .meta({ description: 'Each run ends after these, or when its sources end.' }),
  repeat: z
    .int()
    .min(1)
    .max(MOST_REPEATS)
    .default(1)
    .meta({ description: "Runs of each graph, in turn (A B A B): a machine that grows warm is no graph's fault." }),
  pace: z
    .enum(['realtime', 'as-fast-as-possible'])
    .optional()
    .meta({ description: 'How sources bring their frames. Left out: as each graph says.' }),
  input: z.string().min(1).max(4096).optional().meta({
    description:
      'A clip, a folder of pictures or a recording of the workspace, which the one source of each graph reads instead: so a graph that lives on a camera can be measured, too.',
  }),
});

/** What is to be measured. */
export const BenchmarkRequest = BenchmarkConditions.extend({
  graphs: z
    .array(
      z.union([
        z.strictObject({ id: GraphId, revision: Revision.optional().meta({ description: 'Left out: the newest.' }) }),
        z.strictObject({ graph: GraphInput, title: z.string().min(1).max(200).optional() }),
      ]),
    )
    .min(1)
    .max(MOST_GRAPHS)
    .meta({ description: 'Graphs that this server keeps, and graphs that are sent along.' }),
});

const Measurement = z
  .object({
    result: z.enum(['completed', 'stopped', 'failed']),
    measuredMs: z.number(),
    openMs: z.number().meta({ description: 'For the nodes to open.' }),
    firstResultMs: z.number().optional().meta({ description: 'Until the first result, from the same moment.' }),
    results: z.int().meta({ description: 'At the sink that got most.' }),
    perSecond: Figure,
    cpuMs: z.number(),
    cpuCores: Figure.meta({ description: 'In use on average, of the process that measured.' }),
    cpuMsPerResult: Figure,
    peakRssBytes: z.number(),
    peakHeapBytes: z.number(),
    sinks: z.array(z.object({ node: z.string(), results: z.int(), perSecond: Figure, ageMs: Histogram })),
    dropped: z.record(z.string(), z.int()).meta({ description: 'By cause.' }),
    nodes: z.array(NodeFigures),
    busy: z
      .record(z.string(), Figure)
      .meta({ description: 'By node: the share of the time that it worked, sources left out.' }),
    accuracy: z
      .looseObject({ meanErrorPercent: Figure, foundShare: Figure })
      .optional()
      .meta({ description: 'Where the clip comes with the truth about its hand.' }),
  })
  .meta({ id: 'Measurement', description: 'One run of a graph in figures.' });

const BenchmarkedGraph = z.object({
  title: z.string(),
  graph: GraphId.optional().meta({ description: 'Its id, where this server keeps it.' }),
  revision: Revision.optional(),
  sha256: z.string().meta({ description: 'Of the text as it was measured, before `input` and `pace`.' }),
});

const Info = z.object({
  id: z.int(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']).meta({
    description: '`interrupted`: the server was cut off meanwhile.',
  }),
  at: z.iso.datetime().meta({ description: 'When it began.' }),
  by: Author,
  graphs: z.array(BenchmarkedGraph),
});

/** A benchmark as lists have it. */
export const BenchmarkSummary = Info.meta({ id: 'BenchmarkSummary', description: 'A benchmark, without its figures.' });

/** Of a benchmark that is being measured. */
export const BenchmarkProgress = z
  .object({
    graph: z.int().meta({ description: 'Which of the graphs is measured, from 0.' }),
    run: z.int().meta({ description: 'Which run of it, from 1.' }),
    done: z.int().meta({ description: 'Runs that are measured.' }),
    of: z.int(),
  })
  .meta({ id: 'BenchmarkProgress', description: 'How far a benchmark is.' });

/** What came of a benchmark, as it is kept. */
export const BenchmarkResult = z.object({
  machine: z
    .object({
      cpu: z.string(),
      cores: z.int(),
      memoryBytes: z.number(),
      platform: z.string(),
      node: z.string(),
      kinegraph: z.string(),
      loadAverage: z
        .number()
        .meta({ description: 'Over the minute before it began; 0 where the system does not tell.' }),
    })
    .meta({ description: 'What it was measured on.' }),
  alongside: z.int().meta({ description: 'Graphs that ran on the server at its begin: their load is in the figures.' }),
  measured: z.array(z.array(Measurement)).meta({ description: 'Of each graph its runs, in the order of `graphs`.' }),
  error: Fault.optional().meta({ description: 'Why it failed; what was measured before is there.' }),
});

/** A benchmark with its figures. */
export const Benchmark = Info.extend({
  conditions: BenchmarkConditions,
  progress: BenchmarkProgress.optional().meta({ description: 'Of one that runs.' }),
  ...BenchmarkResult.partial().shape,
}).meta({ id: 'Benchmark', description: 'A benchmark with its figures; null where there is none to tell.' });
