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

/** Longest text of a comment, in characters. */
export const MAX_COMMENT_LENGTH = 4_000;
/** Longest title of a group, in characters. */
export const MAX_GROUP_TITLE_LENGTH = 200;
/** Most nodes of a group: as many as a graph may have. */
const MAX_GROUP_NODES = 2_000;
/** Least and greatest width and height of a comment, in units of the canvas. */
export const COMMENT_SIZES = { least: 16, most: 4_000 } as const;

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

const Size = z.number().min(COMMENT_SIZES.least).max(COMMENT_SIZES.most);

/** A text on the canvas. */
export const GraphComment = z
  .strictObject({
    text: z.string().max(MAX_COMMENT_LENGTH).meta({ description: 'What it says.' }),
    ...{ x: z.number(), y: z.number(), width: Size, height: Size },
  })
  .meta({ description: 'A text on the canvas, with its place and size.' });
export type GraphComment = z.infer<typeof GraphComment>;

/** Nodes that belong together. */
export const GraphGroup = z
  .strictObject({
    title: z.string().max(MAX_GROUP_TITLE_LENGTH).meta({ description: 'What people call the group.' }),
    nodes: z.array(Name).max(MAX_GROUP_NODES).meta({ description: 'Names of its nodes, each in one group at most.' }),
  })
  .meta({ description: 'Nodes that are drawn in one frame.' });
export type GraphGroup = z.infer<typeof GraphGroup>;

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
    comments: z
      .record(Name, GraphComment)
      .optional()
      .meta({ description: 'Texts on the canvas of the studio. Have no meaning for a run.' }),
    groups: z
      .record(Name, GraphGroup)
      .optional()
      .meta({ description: 'Nodes that the studio draws in one frame. Have no meaning for a run.' }),
  })
  .meta({ title: 'Kinegraph graph document' });
export type GraphDocument = z.infer<typeof GraphDocument>;
