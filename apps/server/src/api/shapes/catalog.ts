import { INLET_KINDS, NODE_KINDS } from '@kinegraph/core';
import { z } from 'zod';
import { Problem } from './problem.js';

const InputPort = z.object({
  type: z.string().meta({ description: 'A port type, or a pattern that fits several.' }),
  optional: z.boolean().optional(),
  description: z.string().optional(),
});
const OutputPort = z.object({ type: z.string(), description: z.string().optional() });

export const NodeType = z
  .object({
    type: z.string(),
    typeVersion: z.int(),
    kind: z.enum(NODE_KINDS),
    title: z.string(),
    description: z.string().optional(),
    plugin: z.string().meta({ description: 'The package that contributes it.' }),
    runsIn: z.enum(['main', 'worker']),
    native: z.boolean().optional(),
    stateless: z.boolean(),
    live: z.boolean().meta({ description: 'Sources only: frames come whether or not anybody is ready for them.' }),
    takes: z.enum(INLET_KINDS).optional().meta({ description: 'Live sources only: what clients may send to it.' }),
    inputs: z.record(z.string(), InputPort),
    outputs: z.record(z.string(), OutputPort),
    configSchema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of its configuration.' }),
    liveConfig: z.array(z.string()).meta({ description: 'Keys that change without a restart of the node.' }),
    docs: z.string().optional().meta({ description: 'Markdown.' }),
  })
  .meta({ id: 'NodeType', description: 'What graphs can be made of.' });

export const PluginInfo = z
  .object({
    name: z.string(),
    version: z.string().optional(),
    state: z.enum(['listed', 'active', 'failed', 'refused']),
    nodes: z.array(z.string()).meta({ description: 'The node types that it contributes.' }),
    problems: z.array(Problem.extend({ plugin: z.string() })),
    error: z.string().optional(),
    activationMs: z.number().optional().meta({ description: 'How long its activation took; of one that is active.' }),
  })
  .meta({ id: 'Plugin', description: 'A plugin that this server was told to load.' });

export const Skeleton = z
  .object({
    id: z.string().meta({ description: 'The port type is `landmarks/<id>`.' }),
    title: z.string(),
    points: z.array(z.string()).meta({ description: 'Names, in the order of the landmarks.' }),
    connections: z
      .array(z.tuple([z.int(), z.int()]))
      .meta({ description: 'Pairs of indices of points, drawn as bones.' }),
    plugin: z.string().optional().meta({ description: "The package that contributes it; a graph's own have none." }),
  })
  .meta({ id: 'Skeleton', description: 'Names and connections of a set of landmarks.' });
