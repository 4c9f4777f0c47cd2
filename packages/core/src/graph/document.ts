import { z } from 'zod';
import { SkeletonDefinition } from './skeleton-definition.js';

/** The version of the format that this code reads and writes. */
export const GRAPH_FORMAT = 1;

/** Names of nodes and ports: a lower-case letter, then letters, digits and dashes. */
export const NAME_PATTERN = /^[a-z][a-zA-Z0-9-]*$/;

/** Longest name of a node or a port, in characters. */
export const MAX_NAME_LENGTH = 64;

/** Most skeletons of a graph. */
export const MAX_GRAPH_SKELETONS = 64;

const Name = z.string().regex(NAME_PATTERN).max(MAX_NAME_LENGTH);
const Endpoint = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9-]*\.[a-z][a-zA-Z0-9-]*$/)
  .max(2 * MAX_NAME_LENGTH + 1)
  .meta({ description: 'A port of a node: "node.port".' });

/** One node of a graph document. */
export const GraphNode = z
  .strictObject({
    type: z.string().min(1).max(128).meta({ description: 'The node type, for example "mediapipe.hands".' }),
    typeVersion: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'The version of the node type the configuration was written for.' }),
    title: z.string().optional().meta({ description: 'What people call this node.' }),
    config: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'Values by name; what is left out has its default.' }),
    concurrency: z
      .int()
      .min(1)
      .max(64)
      .optional()
      .meta({ description: 'Instances that work side by side, order kept. Stateless types only. Default: 1.' }),
    sync: z
      .enum(['timestamp', 'latest'])
      .optional()
      .meta({ description: 'How several inputs are joined. Default: timestamp.' }),
  })
  .meta({ description: 'One node.' });
export type GraphNode = z.infer<typeof GraphNode>;

/** The graph document, `*.kinegraph.json`: one definition gives the type, the JSON Schema and the validation. */
export const GraphDocument = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'Where editors find the JSON Schema of this format.' }),
    kinegraph: z.literal(GRAPH_FORMAT).meta({ description: 'Version of this format.' }),
    title: z.string().optional().meta({ description: 'A short name for people.' }),
    description: z.string().optional().meta({ description: 'What the graph is for, in a sentence or two.' }),
    plugins: z
      .record(z.string().min(1).max(214), z.string().max(256))
      .optional()
      .meta({ description: 'Packages the graph needs, each with a version range.' }),
    skeletons: z
      .array(SkeletonDefinition)
      .max(MAX_GRAPH_SKELETONS)
      .optional()
      .meta({ description: 'Landmark sets that the graph brings along, besides those of core and plugins.' }),
    nodes: z.record(Name, GraphNode).meta({ description: 'The nodes by name.' }),
    wires: z.array(z.tuple([Endpoint, Endpoint])).meta({ description: 'Pairs [from an output, to an input].' }),
    layout: z
      .record(Name, z.strictObject({ x: z.number(), y: z.number() }))
      .optional()
      .meta({ description: 'Where the studio draws each node. Has no meaning for a run.' }),
  })
  .meta({ title: 'Kinegraph graph document' });
export type GraphDocument = z.infer<typeof GraphDocument>;
