import { CONNECTION_STATES, NODE_STATES, RUN_STATES } from '@kinegraph/core';
import { z } from 'zod';
import { Fault } from './problem.js';

/** A figure. JSON has no NaN: what cannot be told is null. */
export const Figure = z.number().nullable();

export const Histogram = z
  .object({
    count: z.int(),
    mean: Figure,
    min: Figure,
    max: Figure,
    p50: Figure,
    p95: Figure,
    p99: Figure,
    sum: Figure,
    upTo: z.array(z.number()).optional(),
  })
  .meta({ id: 'Histogram', description: 'Of milliseconds; null where nothing was observed.' });

const NodeFault = Fault.extend({
  atMs: z.number().meta({ description: 'On the clock of the run.' }),
  ageMs: z.number(),
}).meta({ id: 'NodeFault', description: 'The last thing that went wrong at a node.' });

export const NodeFigures = z
  .object({
    name: z.string(),
    type: z.string(),
    state: z.enum(NODE_STATES),
    stateAgeMs: z.number(),
    in: z.int().meta({ description: 'Packets with a value that came in.' }),
    out: z.int().meta({ description: 'Packets with a value that went out, counted at each port.' }),
    skipped: z.int().meta({ description: 'Timestamps for which there was nothing.' }),
    failed: z.int(),
    dropped: z.record(z.string(), z.int()).meta({ description: 'By cause.' }),
    perSecond: Figure.meta({ description: 'Results a second over the last five seconds.' }),
    waitMs: Histogram,
    workMs: Histogram,
    handOverMs: Histogram,
    ageMs: Histogram.optional().meta({ description: 'Sinks only: age of what arrives.' }),
    lastFault: NodeFault.optional(),
    trouble: NodeFault.optional().meta({ description: 'What last took its worker down.' }),
    connection: z
      .object({
        state: z.enum(CONNECTION_STATES),
        ageMs: z.number(),
        lastError: NodeFault.optional(),
      })
      .optional()
      .meta({ description: 'Only sources and sinks that tell.' }),
    counters: z
      .record(z.string(), z.number())
      .optional()
      .meta({ description: 'What the node counts by itself, by name.' }),
    gauges: z
      .record(z.string(), z.number())
      .optional()
      .meta({ description: 'Numbers that the node tells by itself, by name.' }),
  })
  .meta({ id: 'NodeFigures', description: 'The figures of one node at one moment.' });

export const RunStates = z.enum(RUN_STATES);

export const RunFigures = z
  .object({
    runId: z.string(),
    state: RunStates,
    elapsedMs: z.number().meta({ description: 'Since the sources began.' }),
    nodes: z.array(NodeFigures),
    ageMs: z.record(z.string(), Histogram).meta({ description: 'Age of what arrived, by sink.' }),
  })
  .meta({ id: 'RunFigures', description: 'The figures of a run at one moment.' });
