import { z } from 'zod';
import { BUNDLED_PLUGINS } from '../bundled-plugins.js';
import { Telemetry } from './telemetry-config.js';
import { Cidr, Host, NetworkTarget, Origin, PathText, SECRET } from './config-texts.js';

/** A plugin that the server loads: a package name or a folder, and what its operator sets for it. */
export const PluginChoice = z
  .strictObject({
    package: z.string().min(1).max(500).meta({
      title: 'Package',
      description: 'A package name, or a folder (beginning with "." or "/").',
    }),
    settings: z
      .record(z.string(), z.unknown())
      .default({})
      .meta({ title: 'Settings', description: 'As the plugin documents them.', ...SECRET }),
  })
  .meta({ title: 'Plugin' });
export type PluginChoice = z.infer<typeof PluginChoice>;

const Tls = z.strictObject({
  cert: PathText.meta({ title: 'Certificate', description: 'PEM file with the certificate and its chain.' }),
  key: PathText.meta({ title: 'Private key', description: 'PEM file with the private key of the certificate.' }),
});

const Access = z.strictObject({
  tokensFile: PathText.optional().meta({
    title: 'Tokens file',
    description: 'Keeps the hashes of the tokens. Left out: `tokens.json` in the settings folder of the user.',
  }),
  tokenOnLoopback: z.boolean().default(false).meta({
    title: 'Token on loopback',
    description: 'Demand a token even where the server listens on loopback only.',
  }),
  allowedOrigins: z
    .array(Origin)
    .max(100)
    .default([])
    .meta({ title: 'Allowed origins', description: 'Pages of these origins may use the server, besides its own.' }),
  allowedHosts: z.array(Host).max(100).default([]).meta({
    title: 'Allowed hosts',
    description: 'Names under which the server may be asked for, besides loopback, its `host` and IP addresses.',
  }),
  trustProxy: z.array(Cidr).max(100).default([]).meta({
    title: 'Trusted proxies',
    description: 'Addresses or ranges of reverse proxies whose `X-Forwarded-*` headers are believed.',
  }),
  sessionMinutes: z
    .int()
    .min(1)
    .max(43_200)
    .default(720)
    .meta({ title: 'Session (minutes)', description: 'How long a login lasts.' }),
});

const Limits = z.strictObject({
  messageBytes: z
    .int()
    .min(1024)
    .max(268_435_456)
    .default(8_388_608)
    .meta({ title: 'Message (bytes)', description: 'Largest WebSocket message.' }),
  picturePixels: z
    .int()
    .min(1)
    .max(268_435_456)
    .default(67_108_864)
    .meta({ title: 'Picture (pixels)', description: 'Largest picture, told from its header before decoding.' }),
  jsonBytes: z
    .int()
    .min(1024)
    .max(67_108_864)
    .default(1_048_576)
    .meta({ title: 'JSON (bytes)', description: 'Largest body of a request.' }),
  jsonDepth: z
    .int()
    .min(4)
    .max(64)
    .default(32)
    .meta({ title: 'JSON (levels)', description: 'Deepest nesting of objects and lists in a body.' }),
  connections: z
    .int()
    .min(1)
    .max(65_536)
    .default(512)
    .meta({ title: 'Connections', description: 'WebSockets and streams at once, of all clients.' }),
  connectionsPerClient: z
    .int()
    .min(1)
    .max(65_536)
    .default(32)
    .meta({ title: 'Connections per client', description: 'WebSockets and streams at once from one address.' }),
  runs: z.int().min(1).max(1000).default(16).meta({ title: 'Runs', description: 'Graphs that run at once.' }),
  gatewayRuns: z.int().min(1).max(1000).default(8).meta({
    title: 'Gateway runs',
    description: 'Of these, runs that clients of gateways may have at once.',
  }),
  nodesPerGraph: z
    .int()
    .min(1)
    .max(2000)
    .default(256)
    .meta({ title: 'Nodes per graph', description: 'Most nodes of a graph that a client starts.' }),
  framesPerSecondPerConnection: z
    .number()
    .min(1)
    .max(1000)
    .default(120)
    .meta({ title: 'Frames per second', description: 'Most frames a second that one connection may send.' }),
  loginAttempts: z.int().min(1).max(100).default(5).meta({
    title: 'Login attempts',
    description: 'Wrong tokens that an address may send before it has to wait, longer each time.',
  }),
  notReadingSeconds: z.number().min(1).max(3600).default(30).meta({
    title: 'Not reading (seconds)',
    description: 'A viewer that has not read for so long is closed.',
  }),
});

const Media = z.strictObject({
  folders: z.array(PathText).max(100).default([]).meta({
    title: 'Media folders',
    description: 'Graphs may read files in these folders, besides the workspace.',
  }),
  networkAllow: z.array(NetworkTarget).max(1000).default([]).meta({
    title: 'Allowed networks',
    description: 'Hosts, addresses or ranges that graphs may open connections to. None unless listed.',
  }),
});

const Gateways = z.strictObject({
  socketIo: z
    .strictObject({
      enabled: z.boolean().default(false).meta({ title: 'Enabled', description: 'Serve the Socket.IO front ends.' }),
      path: z
        .string()
        .regex(/^\/[\w./-]*$/)
        .max(200)
        .default('/socket.io')
        .meta({
          title: 'Path',
          description: 'Where these front ends connect.',
        }),
      graph: PathText.optional().meta({ title: 'Graph', description: 'Left out: the one that comes with the server.' }),
    })
    .prefault({})
    .meta({ title: 'Socket.IO' }),
  liveSigns: z
    .strictObject({
      enabled: z.boolean().default(false).meta({ title: 'Enabled', description: 'Serve the live-signs front ends.' }),
      path: z
        .string()
        .regex(/^\/[\w./-]*$/)
        .max(200)
        .default('/ws/live-signs')
        .meta({
          title: 'Path',
          description: 'Where these front ends connect.',
        }),
      graph: PathText.optional().meta({ title: 'Graph', description: 'Left out: the one that comes with the server.' }),
    })
    .prefault({})
    .meta({ title: 'Live signs' }),
});

const Signs = z.strictObject({
  folder: PathText.optional().meta({
    title: 'Folder',
    description: 'Sets of takes and their models. Left out: `signs` in the workspace.',
  }),
  uploadBytes: z
    .int()
    .min(1024)
    .max(1_073_741_824)
    .default(67_108_864)
    .meta({ title: 'Upload (bytes)', description: 'Largest upload of takes.' }),
});

const Graphs = z.strictObject({
  folder: PathText.optional().meta({
    title: 'Folder',
    description: 'The graphs that the server keeps, a file each. Left out: `graphs` in the workspace.',
  }),
});

const Recordings = z.strictObject({
  folder: PathText.optional().meta({
    title: 'Folder',
    description: 'What the API lists, starts and deletes. Left out: `recordings` in the workspace.',
  }),
});

const State = z.strictObject({
  folder: PathText.optional().meta({
    title: 'Folder',
    description: 'Revisions, deployments, benchmarks and events. Left out: `.kinegraph` in the workspace.',
  }),
});

const Logging = z.strictObject({
  level: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('info')
    .meta({ title: 'Level', description: 'What is logged: this and what is graver.' }),
  format: z.enum(['auto', 'json', 'text']).default('auto').meta({
    title: 'Format',
    description: 'auto: text on a terminal, else one JSON object a line.',
  }),
});

const Metrics = z.strictObject({
  enabled: z.boolean().default(true).meta({ title: 'Enabled', description: 'Answer `/metrics` for Prometheus.' }),
});

/** Everything an operator can set, by `kinegraph.config.json`, the environment (`KINEGRAPH_*`) or flags. */
export const ServerConfig = z
  .strictObject({
    $schema: z
      .string()
      .max(1000)
      .optional()
      .meta({ title: 'Schema', description: 'For editors; the server ignores it.' }),
    host: Host.default('127.0.0.1').meta({
      title: 'Host',
      description: 'Address to listen on. Anything but loopback makes the server demand a token.',
    }),
    port: z
      .int()
      .min(0)
      .max(65_535)
      .default(4242)
      .meta({ title: 'Port', description: 'Port to listen on; 0 takes any free one.' }),
    graph: PathText.optional().meta({ title: 'Graph', description: 'A graph document to run from the start.' }),
    alsoGraphs: z.array(PathText).max(100).default([]).meta({
      title: 'Further graphs',
      description: 'Graph documents to run from the start, too, each under the name of its file.',
    }),
    starterGraphs: z.array(PathText).max(20).default([]).meta({
      title: 'Starter graphs',
      description: 'Graph documents that are kept and deployed, each once: where the server never had one of its name.',
    }),
    workspace: PathText.default('.').meta({
      title: 'Workspace',
      description: 'The folder whose files graphs may read, and the only one where they may write.',
    }),
    plugins: z
      .array(z.union([z.string().min(1).max(500), PluginChoice]))
      .max(200)
      .default([...BUNDLED_PLUGINS])
      .meta({
        title: 'Plugins',
        description: 'What this server can do: package names or folders, or objects of `package` and `settings`.',
      }),
    tls: Tls.optional().meta({ title: 'TLS', description: 'Serve https and wss.' }),
    access: Access.prefault({}).meta({ title: 'Access' }),
    limits: Limits.prefault({}).meta({ title: 'Limits' }),
    media: Media.prefault({}).meta({ title: 'Media' }),
    gateways: Gateways.prefault({}).meta({ title: 'Gateways' }),
    signs: Signs.prefault({}).meta({ title: 'Signs' }),
    graphs: Graphs.prefault({}).meta({ title: 'Graphs' }),
    recordings: Recordings.prefault({}).meta({ title: 'Recordings' }),
    state: State.prefault({}).meta({ title: 'State' }),
    logging: Logging.prefault({}).meta({ title: 'Logging' }),
    metrics: Metrics.prefault({}).meta({ title: 'Metrics' }),
    telemetry: Telemetry.prefault({}).meta({ title: 'OpenTelemetry' }),
  })
  .meta({ title: 'Kinegraph server', description: 'The configuration of a Kinegraph server.' });
export type ServerConfig = z.infer<typeof ServerConfig>;
