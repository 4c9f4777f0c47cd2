import { z } from 'zod';
import { INLET_KINDS, NODE_KINDS } from '../../kinds/index.js';
import { MAX_MODEL_BYTES } from '../models/max-model-bytes.js';

/** Names of node types and models: lower case, in two parts or more, for example `mediapipe.hands`. */
const NAMESPACED_NAME = /^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/;
/** A file inside the package: starts with `./` and never climbs out of it. */
const PACKAGE_PATH = /^\.\/(?!(?:[^\\]*\/)?\.\.(?:\/|$))[^\\:]+$/;
const ENTRY_PATH = /^(?:\.\/)?(?!\/)(?!(?:[^\\]*\/)?\.\.(?:\/|$))[^\\:]+$/;
const PORT_NAME = /^[a-z][a-zA-Z0-9-]*$/;

// The sentence parts given as `error` follow "<field> is <value>, but"; the parser of manifests puts them together.
const PackagePath = z.string().regex(PACKAGE_PATH, {
  error: 'it must be a path inside the package that starts with "./" and has no ".." in it',
});
const EntryPath = z
  .string()
  .regex(ENTRY_PATH, { error: 'it must be a path inside the package, for example "./dist/node.js"' });
const NamespacedName = z.string().regex(NAMESPACED_NAME, {
  error: 'it must be lower case with a namespace, for example "acme.blur"',
});
const Sentence = z.string().min(1);

const Port = {
  type: z.string().min(1).meta({
    description:
      'A port type: "frame", "landmarks/hand-21", "landmarks/{skeleton}" with the value of a key of the configuration, "window<frame>", "any", ...',
  }),
  description: Sentence.optional(),
};
const PortName = z.string().regex(PORT_NAME, {
  error: 'names of ports start with a lower-case letter and go on with letters, digits and dashes',
});

/** A node type as a manifest lists it. */
export const NodeContribution = z.strictObject({
  type: NamespacedName.meta({ description: 'The node type that graphs name, for example "mediapipe.hands".' }),
  typeVersion: z
    .int()
    .min(1)
    .default(1)
    .meta({ description: 'Raised when a configuration of the old version no longer fits.' }),
  kind: z.enum(NODE_KINDS).meta({ description: 'What the node is; tells which method the runtime calls.' }),
  title: Sentence,
  description: Sentence.optional().meta({ description: 'One sentence for the palette.' }),
  runsIn: z.enum(['main', 'worker']).default('main').meta({ description: 'The thread that instances live in.' }),
  native: z.boolean().default(false).meta({
    description:
      'True where the class calls into native code (a .node addon): a worker of it that hangs is then left to itself, since ending it would abort the process.',
  }),
  stateless: z
    .boolean()
    .default(false)
    .meta({ description: 'True where several instances may work on packets side by side.' }),
  live: z.boolean().default(false).meta({ description: 'Sources only: frames come whether or not anybody is ready.' }),
  takes: z
    .enum(INLET_KINDS)
    .optional()
    .meta({ description: 'Live sources only: what clients of a server may send to it, which comes by its Inlets.' }),
  inputs: z.record(PortName, z.strictObject({ ...Port, optional: z.boolean().default(false) })).default({}),
  outputs: z.record(PortName, z.strictObject(Port)).default({}),
  config: PackagePath.optional().meta({ description: 'The JSON Schema of its configuration. Left out: it has none.' }),
  liveConfig: z
    .array(z.string())
    .default([])
    .meta({ description: 'Configuration keys that are taken over without a restart.' }),
  docs: PackagePath.optional().meta({ description: 'A Markdown page for people.' }),
});
export type NodeContribution = z.infer<typeof NodeContribution>;

/** A port type that is not among the core's own. */
export const PortTypeContribution = z.strictObject({
  type: z.string().min(1).meta({ description: 'Its name, for example "acme.heat-map".' }),
  title: Sentence,
  description: Sentence.optional(),
});
export type PortTypeContribution = z.infer<typeof PortTypeContribution>;

/** A model file, or how to get one. The sha256 and the size are those of the resulting bytes. */
export const ModelContribution = z.strictObject({
  id: NamespacedName.meta({ description: 'What nodes ask the ModelStore for, for example "mediapipe.hands.full".' }),
  title: Sentence.optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, { error: 'it must be a SHA-256 sum: 64 lower-case hexadecimal digits' }),
  bytes: z.int().min(1).max(MAX_MODEL_BYTES),
  license: z.string().min(1).meta({ description: 'An SPDX expression, for example "Apache-2.0".' }),
  from: z.string().min(1).meta({
    description:
      'Where the bytes are: "npm:<package>/<path>", "file:./<path>", "https://..." (each with "#bytes=<offset>+<length>" for a part of the file), or "build:<builder>".',
  }),
  pulledOnly: z.boolean().optional().meta({
    description:
      'With "https://": true where no run may download it by itself, for example since its licence binds who uses it; "kinegraph models pull" with its id does.',
  }),
  parts: z
    .array(z.string())
    .optional()
    .meta({ description: 'With "build:": ids of the models that the builder may read, in order.' }),
});
export type ModelContribution = z.infer<typeof ModelContribution>;

/** A graph that comes with the plugin as an example. */
export const GraphContribution = z.strictObject({
  file: PackagePath,
  title: Sentence,
  clip: Sentence.optional().meta({ description: 'The recording it is meant for.' }),
  expect: Sentence.optional().meta({ description: 'What to see when it runs.' }),
});
export type GraphContribution = z.infer<typeof GraphContribution>;

/** What a plugin brings. */
export const Contributions = z.strictObject({
  nodes: z.array(NodeContribution).default([]),
  portTypes: z.array(PortTypeContribution).default([]),
  models: z.array(ModelContribution).default([]),
  skeletons: z.array(PackagePath).default([]).meta({ description: 'JSON files, each with one skeleton.' }),
  graphs: z.array(GraphContribution).default([]),
});
export type Contributions = z.infer<typeof Contributions>;

/** The parts of a `package.json` that make it a plugin; all other keys of a package.json are npm's business. */
export const PluginManifest = z
  .object({
    name: z.string().min(1),
    version: z.string().min(1),
    description: z.string().optional(),
    engines: z.looseObject({
      kinegraph: z
        .string()
        .min(1)
        .meta({ description: 'The range of core versions it works with, for example "^0.1.0".' }),
    }),
    main: EntryPath.optional().meta({ description: "The server's entry module, which exports activate(context)." }),
    browser: EntryPath.optional().meta({ description: "The studio's entry module, where there is one." }),
    activationEvents: z
      .array(z.string())
      .optional()
      .meta({ description: 'Not needed: "onNode:<type>" and "onModel:<id>" follow from what is contributed.' }),
    contributes: Contributions,
  })
  .meta({ title: 'Kinegraph plugin manifest (the parts of package.json)' });
export type PluginManifest = z.infer<typeof PluginManifest>;
