// Written by "npm run generate:client" from apps/server/openapi.json.

export interface paths {
    readonly "/api/v1/login": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Begins a session: the answer sets a cookie that stands for the token. */
        readonly post: operations["login"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/logout": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Ends the session. */
        readonly post: operations["logout"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/node-types": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The node types of all plugins, with ports and configuration. */
        readonly get: operations["listNodeTypes"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/openapi.json": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This description of all that can be asked, as OpenAPI 3.1. */
        readonly get: operations["getOpenApi"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/plugins": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The plugins, their states and what is wrong with them. */
        readonly get: operations["listPlugins"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/runs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What runs, and what should run and does not. */
        readonly get: operations["listRuns"];
        readonly put?: never;
        /** Runs a graph that is sent along, until it ends or the server stops. */
        readonly post: operations["startRun"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/runs/{run}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A run with its graph and the figures of each node. */
        readonly get: operations["getRun"];
        readonly put?: never;
        readonly post?: never;
        /** Ends a run in order and forgets it. */
        readonly delete: operations["stopRun"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/runs/{run}/graph": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Goes over to another graph; only nodes that changed are restarted.
         * @description Where the change cannot be made the run goes on as it was.
         */
        readonly put: operations["applyGraph"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/runs/{run}/nodes/{node}/config": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Gives one key of a node of a run another value.
         * @description Live keys are taken over between two packets; for others the node is restarted, and no packet of another node is lost.
         */
        readonly patch: operations["setConfig"];
        readonly trace?: never;
    };
    readonly "/api/v1/runs/{run}/nodes/{node}/snapshot.jpg": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The newest picture of a node that gives frames.
         * @description Has an ETag; 304 where `If-None-Match` names it.
         */
        readonly get: operations["getSnapshot"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/runs/{run}/nodes/{node}/stream.mjpg": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The pictures of a node as Motion JPEG, as they come. */
        readonly get: operations["streamPictures"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/runs/{run}/pause": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Holds the sources of a run; live ones drop what comes meanwhile. */
        readonly post: operations["pauseRun"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/runs/{run}/results": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Results as Server-Sent Events, as they come (docs/protocol.md). */
        readonly get: operations["streamResults"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/runs/{run}/resume": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Lets the sources of a paused run go again. */
        readonly post: operations["resumeRun"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/runs/{run}/skeletons": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The skeletons of a run's landmarks: the plugins' and those of its graph. */
        readonly get: operations["listRunSkeletons"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/runs/{run}/trace": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What each node does for some seconds, for Perfetto (docs/traces.md). */
        readonly get: operations["recordTrace"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What the caller may do. */
        readonly get: operations["getSession"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/skeletons": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The points and bones of the skeletons. */
        readonly get: operations["listSkeletons"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/healthz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The process answers. */
        readonly get: operations["getHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Figures for Prometheus (docs/metrics.md). */
        readonly get: operations["getMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/readyz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The server takes work. */
        readonly get: operations["getReadiness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What was done to go over to another graph. */
        readonly AppliedGraph: {
            readonly added: readonly string[];
            readonly removed: readonly string[];
            /** @description Nodes that run on new instances. */
            readonly restarted: readonly string[];
            /** @description Nodes that went on and are fed by other wires now. */
            readonly rewired: readonly string[];
            /** @description Nodes that took another configuration over and went on. */
            readonly takenOver: readonly string[];
        };
        /** @description The body of every answer that says no. */
        readonly Error: {
            readonly error: {
                /** @description Stable; docs/errors.md lists them. */
                readonly code: string;
                /** @description What happened, the value met, what is allowed, what to do. */
                readonly message: string;
                /** @description Where a graph is at fault. */
                readonly problems?: readonly components["schemas"]["Problem"][];
            };
        };
        /** @description What went wrong. */
        readonly Fault: {
            /** @description Stable; docs/errors.md lists them. */
            readonly code: string;
            readonly message: string;
        };
        /** @description Of milliseconds; null where nothing was observed. */
        readonly Histogram: {
            readonly count: number;
            readonly max: number | null;
            readonly mean: number | null;
            readonly min: number | null;
            readonly p50: number | null;
            readonly p95: number | null;
            readonly p99: number | null;
            readonly sum: number | null;
            readonly upTo?: readonly number[];
        };
        /** @description The last thing that went wrong at a node. */
        readonly NodeFault: {
            readonly ageMs: number;
            /** @description On the clock of the run. */
            readonly atMs: number;
            /** @description Stable; docs/errors.md lists them. */
            readonly code: string;
            readonly message: string;
        };
        /** @description The figures of one node at one moment. */
        readonly NodeFigures: {
            /** @description Sinks only: age of what arrives. */
            readonly ageMs?: components["schemas"]["Histogram"];
            /** @description Only sources that tell. */
            readonly connection?: {
                readonly ageMs: number;
                readonly lastError?: components["schemas"]["NodeFault"];
                /** @enum {string} */
                readonly state: "waiting" | "live" | "stalled" | "reconnecting" | "refused";
            };
            /** @description By cause. */
            readonly dropped: {
                readonly [key: string]: number;
            };
            readonly failed: number;
            readonly handOverMs: components["schemas"]["Histogram"];
            /** @description Packets with a value that came in. */
            readonly in: number;
            readonly lastFault?: components["schemas"]["NodeFault"];
            readonly name: string;
            /** @description Packets with a value that went out, counted at each port. */
            readonly out: number;
            /** @description Results a second over the last five seconds. */
            readonly perSecond: number | null;
            /** @description Timestamps for which there was nothing. */
            readonly skipped: number;
            /** @enum {string} */
            readonly state: "created" | "opening" | "open" | "restarting" | "quarantined" | "ended" | "failed" | "closed";
            readonly stateAgeMs: number;
            /** @description What last took its worker down. */
            readonly trouble?: components["schemas"]["NodeFault"];
            readonly type: string;
            readonly waitMs: components["schemas"]["Histogram"];
            readonly workMs: components["schemas"]["Histogram"];
        };
        /** @description What graphs can be made of. */
        readonly NodeType: {
            /** @description JSON Schema of its configuration. */
            readonly configSchema: {
                readonly [key: string]: unknown;
            };
            readonly description?: string;
            /** @description Markdown. */
            readonly docs?: string;
            readonly inputs: {
                readonly [key: string]: {
                    readonly description?: string;
                    readonly optional?: boolean;
                    /** @description A port type, or a pattern that fits several. */
                    readonly type: string;
                };
            };
            /** @enum {string} */
            readonly kind: "source" | "buffer" | "transform" | "extractor" | "smoother" | "classifier" | "sink";
            /** @description Sources only: frames come whether or not anybody is ready for them. */
            readonly live: boolean;
            /** @description Keys that change without a restart of the node. */
            readonly liveConfig: readonly string[];
            readonly native?: boolean;
            readonly outputs: {
                readonly [key: string]: {
                    readonly description?: string;
                    readonly type: string;
                };
            };
            /** @description The package that contributes it. */
            readonly plugin: string;
            /** @enum {string} */
            readonly runsIn: "main" | "worker";
            readonly stateless: boolean;
            readonly title: string;
            readonly type: string;
            readonly typeVersion: number;
        };
        /** @description A plugin that this server was told to load. */
        readonly Plugin: {
            readonly error?: string;
            readonly name: string;
            /** @description The node types that it contributes. */
            readonly nodes: readonly string[];
            readonly problems: readonly {
                /** @description Stable, for example `GRAPH_UNKNOWN_NODE_TYPE`. */
                readonly code: string;
                readonly column?: number;
                readonly line?: number;
                /** @description What to do about it, where that is known. */
                readonly mend?: string;
                readonly message: string;
                readonly node?: string;
                readonly plugin: string;
                /** @description JSON pointer to the place in the document. */
                readonly pointer: string;
                /** @enum {string} */
                readonly severity: "error" | "warning";
                /** @description As written: "node.port > node.port". */
                readonly wire?: string;
            }[];
            /** @enum {string} */
            readonly state: "listed" | "active" | "failed" | "refused";
            readonly version?: string;
        };
        /** @description What is wrong with a graph, or worth knowing about it. */
        readonly Problem: {
            /** @description Stable, for example `GRAPH_UNKNOWN_NODE_TYPE`. */
            readonly code: string;
            readonly column?: number;
            readonly line?: number;
            /** @description What to do about it, where that is known. */
            readonly mend?: string;
            readonly message: string;
            readonly node?: string;
            /** @description JSON pointer to the place in the document. */
            readonly pointer: string;
            /** @enum {string} */
            readonly severity: "error" | "warning";
            /** @description As written: "node.port > node.port". */
            readonly wire?: string;
        };
        /** @description A run with its graph and the figures of each node. */
        readonly RunDetail: {
            /** @description Why it failed. */
            readonly error?: components["schemas"]["Fault"];
            readonly figures: components["schemas"]["RunFigures"];
            /** Kinegraph graph document */
            readonly graph: {
                /** @description Where editors find the JSON Schema of this format. */
                readonly $schema?: string;
                /** @description What the graph is for, in a sentence or two. */
                readonly description?: string;
                /**
                 * @description Version of this format.
                 * @constant
                 */
                readonly kinegraph: 1;
                /** @description Where the studio draws each node. Has no meaning for a run. */
                readonly layout?: {
                    readonly [key: string]: {
                        readonly x: number;
                        readonly y: number;
                    };
                };
                /** @description The nodes by name. */
                readonly nodes: {
                    readonly [key: string]: {
                        /** @description Instances that work side by side, order kept. Stateless types only. Default: 1. */
                        readonly concurrency?: number;
                        /** @description Values by name; what is left out has its default. */
                        readonly config?: {
                            readonly [key: string]: unknown;
                        };
                        /**
                         * @description How several inputs are joined. Default: timestamp.
                         * @enum {string}
                         */
                        readonly sync?: "timestamp" | "latest";
                        /** @description What people call this node. */
                        readonly title?: string;
                        /** @description The node type, for example "mediapipe.hands". */
                        readonly type: string;
                        /** @description The version of the node type the configuration was written for. */
                        readonly typeVersion?: number;
                    };
                };
                /** @description Packages the graph needs, each with a version range. */
                readonly plugins?: {
                    readonly [key: string]: string;
                };
                /** @description Landmark sets that the graph brings along, besides those of core and plugins. */
                readonly skeletons?: readonly {
                    /** @description Pairs of indices into "points" to draw as bones. */
                    readonly connections: readonly (readonly [
                        number,
                        number
                    ])[];
                    /** @description The port type of its landmarks is "landmarks/<id>". */
                    readonly id: string;
                    /** @description Names in the order of the landmarks. */
                    readonly points: readonly string[];
                    readonly title: string;
                }[];
                /** @description A short name for people. */
                readonly title?: string;
                /** @description Pairs [from an output, to an input]. */
                readonly wires: readonly (readonly [
                    string,
                    string
                ])[];
            };
            readonly id: string;
            /** @description Its sources are held. */
            readonly paused: boolean;
            /**
             * @description Of a run that has ended.
             * @enum {string}
             */
            readonly result?: "completed" | "stopped" | "failed";
            readonly sinks: readonly {
                readonly node: string;
                readonly type: string;
            }[];
            readonly sources: readonly {
                /** @description Of a source that tells how it is connected. */
                readonly connection?: unknown;
                readonly node: string;
                readonly type: string;
            }[];
            /** Format: date-time */
            readonly startedAt: string;
            /** @enum {string} */
            readonly state: "created" | "opening" | "running" | "stopping" | "ended";
            readonly title: string;
        };
        /** @description The figures of a run at one moment. */
        readonly RunFigures: {
            /** @description Age of what arrived, by sink. */
            readonly ageMs: {
                readonly [key: string]: components["schemas"]["Histogram"];
            };
            /** @description Since the sources began. */
            readonly elapsedMs: number;
            readonly nodes: readonly components["schemas"]["NodeFigures"][];
            readonly runId: string;
            /** @enum {string} */
            readonly state: "created" | "opening" | "running" | "stopping" | "ended";
        };
        /** @description A graph that runs, or has run. */
        readonly RunSummary: {
            /** @description Why it failed. */
            readonly error?: components["schemas"]["Fault"];
            readonly id: string;
            /** @description Its sources are held. */
            readonly paused: boolean;
            /**
             * @description Of a run that has ended.
             * @enum {string}
             */
            readonly result?: "completed" | "stopped" | "failed";
            readonly sinks: readonly {
                readonly node: string;
                readonly type: string;
            }[];
            readonly sources: readonly {
                /** @description Of a source that tells how it is connected. */
                readonly connection?: unknown;
                readonly node: string;
                readonly type: string;
            }[];
            /** Format: date-time */
            readonly startedAt: string;
            /** @enum {string} */
            readonly state: "created" | "opening" | "running" | "stopping" | "ended";
            readonly title: string;
        };
        /** @description Names and connections of a set of landmarks. */
        readonly Skeleton: {
            /** @description Pairs of indices of points, drawn as bones. */
            readonly connections: readonly (readonly [
                number,
                number
            ])[];
            /** @description The port type is `landmarks/<id>`. */
            readonly id: string;
            /** @description Names, in the order of the landmarks. */
            readonly points: readonly string[];
            readonly title: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly login: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly token: string;
                };
            };
        };
        readonly responses: {
            /** @description The session has begun. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED`, `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED`, `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly logout: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It has ended, if there was one. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly listNodeTypes: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By type. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly nodeTypes: readonly components["schemas"]["NodeType"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly getOpenApi: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The document. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: unknown;
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly listPlugins: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The plugins. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly plugins: readonly components["schemas"]["Plugin"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly listRuns: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Runs, those that have ended lately among them; and the graphs that could not be started, with the reason. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly refused: readonly {
                            readonly error: {
                                /** @description Stable; docs/errors.md lists them. */
                                readonly code: string;
                                readonly message: string;
                            } & {
                                readonly [key: string]: unknown;
                            };
                            readonly id: string;
                        }[];
                        readonly runs: readonly components["schemas"]["RunSummary"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly startRun: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description A graph document (docs/graph-format.md), of the schema GraphDocument. */
                    readonly graph: {
                        readonly [key: string]: unknown;
                    };
                    /**
                     * @description Letters, digits, "_" and "-", 64 at most.
                     * @example kitchen
                     * @example line-2
                     */
                    readonly id?: string;
                };
            };
        };
        readonly responses: {
            /** @description It runs. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_EXISTS` */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_REFUSED`, `SERVER_TOO_MANY_NODES`, `RUN_NODE_OPEN` */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED`, `SERVER_TOO_MANY_RUNS` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STOPPING` */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly getRun: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The id of a run. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The run. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunDetail"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly stopRun: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The id of a run. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It has ended. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly applyGraph: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The id of a run. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description A graph document (docs/graph-format.md), of the schema GraphDocument. */
                    readonly graph: {
                        readonly [key: string]: unknown;
                    };
                };
            };
        };
        readonly responses: {
            /** @description What was done. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AppliedGraph"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RUN_NOT_RUNNING`, `RUN_NOT_RESTARTABLE`, `CORE_ABORTED` */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_REFUSED`, `SERVER_TOO_MANY_NODES`, `RUN_NODE_OPEN` */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CORE_TIME_LIMIT` */
            readonly 504: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly setConfig: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The name of a node in its graph. */
                readonly node: string;
                /** @description The id of a run. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly key: string;
                    /** @description Left out: the default. */
                    readonly value?: unknown;
                };
            };
        };
        readonly responses: {
            /** @description It goes on with the value. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description False: the node was restarted. */
                        readonly live: boolean;
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN`, `RUN_NODE_UNKNOWN` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RUN_NOT_RUNNING`, `RUN_NOT_RESTARTABLE`, `CORE_ABORTED` */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RUN_CONFIG_REFUSED`, `RUN_NODE_OPEN` */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CORE_TIME_LIMIT` */
            readonly 504: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly getSnapshot: {
        readonly parameters: {
            readonly query?: {
                readonly overlay?: string;
                readonly quality?: number;
                readonly size?: number;
                readonly token?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description The name of a node that gives frames. */
                readonly node: string;
                /** @description The id of a run. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A JPEG. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_OVERLAY_SINK` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN`, `SERVER_NODE_UNKNOWN`, `SERVER_PICTURE_NONE`, `SERVER_PICTURE_NEVER`, `IMAGE_BROKEN`, `IMAGE_TRUNCATED`, `IMAGE_TOO_LARGE` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly streamPictures: {
        readonly parameters: {
            readonly query?: {
                readonly overlay?: string;
                readonly quality?: number;
                readonly size?: number;
                readonly token?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description The name of a node that gives frames. */
                readonly node: string;
                /** @description The id of a run. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description JPEGs, one part each. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "multipart/x-mixed-replace": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_OVERLAY_SINK` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN`, `SERVER_NODE_UNKNOWN`, `SERVER_PICTURE_NONE`, `SERVER_PICTURE_NEVER`, `IMAGE_BROKEN`, `IMAGE_TRUNCATED`, `IMAGE_TOO_LARGE` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly pauseRun: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The id of a run. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The run, which is paused. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly streamResults: {
        readonly parameters: {
            readonly query?: {
                /** @description For clients that cannot set headers: a token. */
                readonly token?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description The id of a run. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Events until the run ends. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED`, `SERVER_TOO_MANY_CONNECTIONS` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly resumeRun: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The id of a run. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The run, which goes on. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly listRunSkeletons: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The id of a run. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The skeletons. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["Skeleton"][];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly recordTrace: {
        readonly parameters: {
            readonly query?: {
                readonly seconds?: number;
                readonly token?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description The id of a run. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A trace of JSON events. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RUN_RECORDING_REFUSED` */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly getSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Whether the server demands a token, and what the one that was sent allows. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly demandsToken: boolean;
                        readonly scopes: readonly ("view" | "ingest" | "edit" | "deploy" | "admin")[];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED`, `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly listSkeletons: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The skeletons. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["Skeleton"][];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly getHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It does. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @constant */
                        readonly status: "ok";
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly getMetrics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The figures. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_NOT_FOUND` */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly getReadiness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It does. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @constant */
                        readonly status: "ready";
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is starting or stopping. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly reason: string;
                        /** @constant */
                        readonly status: "not ready";
                    };
                };
            };
        };
    };
}
