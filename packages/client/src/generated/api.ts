// Written by "npm run generate:client" from apps/server/openapi.json.

export interface paths {
    "/api/v1/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A copy of the database as it is now: graphs with their history, deployments, benchmarks, events.
         * @description SQLite. Put in the place of the database of a server that does not run, it is taken up at its next start (docs/operating.md); an older server refuses one of a newer.
         */
        get: operations["backUp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/benchmarks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Benchmarks, the newest first, that which runs among them. */
        get: operations["listBenchmarks"];
        put?: never;
        /**
         * Measures graphs in turn, in a process of its own.
         * @description The graphs run as they are, their sinks too: what they send and write is sent and written. Graphs that run on the server meanwhile cost time; the result counts them.
         */
        post: operations["startBenchmark"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/benchmarks/{benchmark}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A benchmark with its figures; of one that runs, those that are measured so far. */
        get: operations["getBenchmark"];
        put?: never;
        post?: never;
        /** Gives up a benchmark that runs, keeping what is measured; deletes one that has ended. */
        delete: operations["removeBenchmark"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/benchmarks/{benchmark}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A benchmark as Server-Sent Events: whole at once, and again whenever it is further, until it ends. */
        get: operations["followBenchmark"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The video files that graphs may read: those of the workspace and of the media folders.
         * @description Hidden folders, installed packages and what links lead to are left out.
         */
        get: operations["listClips"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed what, when and from where; the newest first. */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/example-graphs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The graphs that plugins contribute, with what each needs and whether that is there. */
        get: operations["listExampleGraphs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/graphs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The graphs that this server keeps. */
        get: operations["listGraphs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/graphs/{graph}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A graph as it is saved, with its revision and what is wrong with it. */
        get: operations["getGraph"];
        /**
         * Saves a graph; what runs stays as it is.
         * @description Needs the revision that the writer has read: of two writers the second gets 409 and reads what the first has saved. A graph with problems is saved, too, if it has the form of one; it is deploying that refuses it. The same document again makes no revision; `name` then names the newest.
         */
        put: operations["putGraph"];
        post?: never;
        /** Deletes a graph; its history is kept, and what runs goes on. */
        delete: operations["deleteGraph"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/graphs/{graph}/deploy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Runs a saved graph, as the run of its id, also after the server was started again.
         * @description Where the graph runs already, that run goes over to the revision: only nodes that changed are restarted. `DELETE /api/v1/runs/{run}` ends it for good.
         */
        post: operations["deployGraph"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/graphs/{graph}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The history of a graph, the newest first. */
        get: operations["listRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/graphs/{graph}/revisions/{revision}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A graph as it was. */
        get: operations["getRevision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Names a revision; its document stays as it is.
         * @description Revisions that have a name are kept longer than others: the last 200 of each graph, besides its last 200 revisions.
         */
        patch: operations["nameRevision"];
        trace?: never;
    };
    "/api/v1/graphs/{graph}/revisions/{revision}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Saves a graph as it was once, as a new revision. */
        post: operations["restoreRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a session: the answer sets a cookie that stands for the token. */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session. */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The last lines of the log, and those to come, as Server-Sent Events.
         * @description Of the level that the server logs, without secrets. 2000 lines are kept in memory.
         */
        get: operations["streamLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The models that plugins list: what they weigh, their licences, and whether they are there. */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/pulls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Models on their way, and the last that came. */
        get: operations["listModelPulls"];
        put?: never;
        /** Fetches models ahead of the runs that need them. */
        post: operations["pullModels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/pulls/{pull}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a pull is, and what came of each model. */
        get: operations["getModelPull"];
        put?: never;
        post?: never;
        /** Cancels a pull; what has come is kept, and the next one goes on from there. */
        delete: operations["cancelModelPull"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/node-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The node types of all plugins, with ports and configuration. */
        get: operations["listNodeTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description of all that can be asked, as OpenAPI 3.1. */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plugins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The plugins, their states and what is wrong with them. */
        get: operations["listPlugins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The recordings of this server, those that are being written included. */
        get: operations["listRecordings"];
        put?: never;
        /** Records a run as it is, without a change to its graph, until it is stopped or the run ends. */
        post: operations["startRecording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{recording}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A recording, and how it came about. */
        get: operations["getRecording"];
        put?: never;
        post?: never;
        /** Deletes all files of a recording. */
        delete: operations["deleteRecording"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{recording}/parts/{part}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file of a recording.
         * @description Takes `Range`, and has an ETag: 304 where `If-None-Match` names it, a range only where `If-Range` does. A part that is being written is answered as far as it is.
         */
        get: operations["downloadRecording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{recording}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a recording that a client has started; the run goes on. */
        post: operations["stopRecording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{recording}/trim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a recording of a span of another, which stays as it is.
         * @description Every message of the span is kept with its bytes and times, so it replays as the span of the original does. Answered when it is done.
         */
        post: operations["trimRecording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What runs, and what should run and does not. */
        get: operations["listRuns"];
        put?: never;
        /** Runs a graph that is sent along, until it ends or the server stops. */
        post: operations["startRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run with its graph and the figures of each node. */
        get: operations["getRun"];
        put?: never;
        post?: never;
        /** Ends a run in order and forgets it. */
        delete: operations["stopRun"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The figures of a run twice a second, as Server-Sent Events (docs/protocol.md).
         * @description Times are those of the last five seconds, where `getRun` has those since the run began.
         */
        get: operations["streamFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/graph": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Goes over to another graph; only nodes that changed are restarted.
         * @description Where the change cannot be made the run goes on as it was.
         */
        put: operations["applyGraph"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/graph/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells what going over to another graph would come to: which nodes would be restarted.
         * @description Nothing is changed. Nodes are not asked: one that would refuse a live change is among `takenOver`, and is restarted when it comes to it.
         */
        post: operations["previewGraph"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The last lines of the log about a run, and those to come, as Server-Sent Events.
         * @description Also of one that has ended or could not be started. Secrets are taken out, as in the log itself.
         */
        get: operations["streamRunLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/nodes/{node}/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Gives one key of a node of a run another value.
         * @description Live keys are taken over between two packets; for others the node is restarted, and no packet of another node is lost.
         */
        patch: operations["setConfig"];
        trace?: never;
    };
    "/api/v1/runs/{run}/nodes/{node}/snapshot.jpg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest picture of a node that gives frames.
         * @description Has an ETag; 304 where `If-None-Match` names it.
         */
        get: operations["getSnapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/nodes/{node}/stream.mjpg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pictures of a node as Motion JPEG, as they come. */
        get: operations["streamPictures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Holds the sources of a run; live ones drop what comes meanwhile. */
        post: operations["pauseRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Results as Server-Sent Events, as they come (docs/protocol.md). */
        get: operations["streamResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets the sources of a paused run go again. */
        post: operations["resumeRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/skeletons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The skeletons of a run's landmarks: the plugins' and those of its graph. */
        get: operations["listRunSkeletons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each node does for some seconds, for Perfetto (docs/traces.md). */
        get: operations["recordTrace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this server is. */
        get: operations["getServer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller may do. */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The settings that this server was started with, secrets hidden, and where each comes from. */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sets of takes of signs. */
        get: operations["listSignSets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/sets/{set}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The labels of a set, with the quality of each take, and its last trainings. */
        get: operations["getSignSet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/sets/{set}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All takes of a set as one NDJSON text, which `importTakes` takes. */
        get: operations["exportTakes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/sets/{set}/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The card of the model of a set, and the name that graphs use it by. */
        get: operations["getSignModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/sets/{set}/model.onnx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The model of a set. */
        get: operations["downloadSignModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/sets/{set}/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records a take from a run; answers when it is over. */
        post: operations["recordTake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/sets/{set}/takes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds one take or several to a set, which need not be there yet. */
        post: operations["importTakes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/sets/{set}/takes/{label}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes all takes of a label. */
        delete: operations["deleteLabel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/sets/{set}/takes/{label}/{take}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A take as NDJSON. */
        get: operations["getTake"];
        put?: never;
        post?: never;
        /** Deletes a take. */
        delete: operations["deleteTake"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/sets/{set}/trainings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to train a model with the takes of a set. */
        post: operations["startTraining"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/sets/{set}/trainings/{training}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a training is; its report, or why it failed. */
        get: operations["getTraining"];
        put?: never;
        post?: never;
        /** Cancels a training. */
        delete: operations["cancelTraining"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/skeletons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The points and bones of the skeletons. */
        get: operations["listSkeletons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tokens of this server, those that have expired included. */
        get: operations["listTokens"];
        put?: never;
        /**
         * Makes a token, which is in this answer and nowhere else.
         * @description It gives no more than the token that asks has, and for no longer.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a token: from now on nobody may use it, sessions that began with it included. */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What is wrong with a graph on this server; changes nothing. */
        post: operations["validateGraph"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers. */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus (docs/metrics.md). */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The server takes work. */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What was done to go over to another graph. */
        AppliedGraph: {
            added: string[];
            removed: string[];
            /** @description Nodes that run on new instances. */
            restarted: string[];
            /** @description Nodes that went on and are fed by other wires now. */
            rewired: string[];
            /** @description Nodes that took another configuration over and went on. */
            takenOver: string[];
        };
        /** @description Something that was done, or tried. */
        AuditEvent: {
            /** @description What was done, as `putGraph`; `request` of one that was refused before that began. */
            action: string;
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Author"];
            detail: {
                [key: string]: string | number | boolean | null;
            };
            /** @description The address it came from. */
            from?: string;
            id: number;
            /** @enum {string} */
            outcome: "ok" | "refused" | "failed";
            requestId?: string;
            status?: number;
            /** @description To what, as `graphs/hands`; of a `request` its path. */
            target: string;
        };
        /** @description Who did something. */
        Author: {
            /**
             * @description `anyone`: a program of the same machine, of whom no token is demanded. `file`: somebody changed the file by hand. `server`: the server itself. `unknown`: nobody whom the server knows.
             * @enum {string}
             */
            kind: "anyone" | "token" | "session" | "cli" | "file" | "server" | "unknown";
            /** @description What the token is called. */
            name?: string;
            /** @description Id of the token, where one was shown. */
            tokenId?: string;
        };
        /** @description A benchmark with its figures; null where there is none to tell. */
        Benchmark: {
            /** @description Graphs that ran on the server at its begin: their load is in the figures. */
            alongside?: number;
            /**
             * Format: date-time
             * @description When it began.
             */
            at: string;
            by: components["schemas"]["Author"];
            conditions: {
                /** @description A clip, a folder of pictures or a recording of the workspace, which the one source of each graph reads instead: so a graph that lives on a camera can be measured, too. */
                input?: string;
                /**
                 * @description How sources bring their frames. Left out: as each graph says.
                 * @enum {string}
                 */
                pace?: "realtime" | "as-fast-as-possible";
                /**
                 * @description Runs of each graph, in turn (A B A B): a machine that grows warm is no graph's fault.
                 * @default 1
                 */
                repeat: number;
                /**
                 * @description Each run ends after these, or when its sources end.
                 * @default 10
                 */
                seconds: number;
            };
            /** @description Why it failed; what was measured before is there. */
            error?: components["schemas"]["Fault"];
            graphs: {
                /**
                 * @description Its id, where this server keeps it.
                 * @example kitchen
                 * @example line-2
                 */
                graph?: string;
                /** @description Grows with each change of a graph; never used again. */
                revision?: number;
                /** @description Of the text as it was measured, before `input` and `pace`. */
                sha256: string;
                title: string;
            }[];
            id: number;
            /** @description What it was measured on. */
            machine?: {
                cores: number;
                cpu: string;
                kinegraph: string;
                /** @description Over the minute before it began; 0 where the system does not tell. */
                loadAverage: number;
                memoryBytes: number;
                node: string;
                platform: string;
            };
            /** @description Of each graph its runs, in the order of `graphs`. */
            measured?: components["schemas"]["Measurement"][][];
            /** @description Of one that runs. */
            progress?: components["schemas"]["BenchmarkProgress"];
            /**
             * @description `interrupted`: the server was cut off meanwhile.
             * @enum {string}
             */
            state: "running" | "done" | "failed" | "cancelled" | "interrupted";
        };
        /** @description How far a benchmark is. */
        BenchmarkProgress: {
            /** @description Runs that are measured. */
            done: number;
            /** @description Which of the graphs is measured, from 0. */
            graph: number;
            of: number;
            /** @description Which run of it, from 1. */
            run: number;
        };
        /** @description A benchmark, without its figures. */
        BenchmarkSummary: {
            /**
             * Format: date-time
             * @description When it began.
             */
            at: string;
            by: components["schemas"]["Author"];
            graphs: {
                /**
                 * @description Its id, where this server keeps it.
                 * @example kitchen
                 * @example line-2
                 */
                graph?: string;
                /** @description Grows with each change of a graph; never used again. */
                revision?: number;
                /** @description Of the text as it was measured, before `input` and `pace`. */
                sha256: string;
                title: string;
            }[];
            id: number;
            /**
             * @description `interrupted`: the server was cut off meanwhile.
             * @enum {string}
             */
            state: "running" | "done" | "failed" | "cancelled" | "interrupted";
        };
        /** @description A video file that graphs may read. */
        Clip: {
            bytes: number;
            /** @description As the path of a source says it: relative where it is in the workspace. */
            path: string;
        };
        /** @description The body of every answer that says no. */
        Error: {
            error: {
                /** @description Stable; docs/errors.md lists them. */
                code: string;
                /** @description Where a graph was changed in between (`SERVER_GRAPH_CONFLICT`): what it is at now. */
                current?: {
                    /** @description It was there and is no longer. */
                    isDeleted: boolean;
                    /** @description The newest; 0 for a graph that never was. */
                    revision: number;
                    /** @description ISO 8601. */
                    savedAt?: string;
                    savedBy?: components["schemas"]["Author"];
                };
                /** @description What happened, the value met, what is allowed, what to do. */
                message: string;
                /** @description Where a graph is at fault. */
                problems?: components["schemas"]["Problem"][];
            };
        };
        /** @description A graph that a plugin contributes. */
        ExampleGraph: {
            /** @description The clip that it is meant for. */
            clip?: {
                name: string;
                /** @description Absent where no folder that graphs may read has it. */
                path?: string;
            };
            description?: string;
            /** @description What is to be seen when it runs. */
            expect?: string;
            /** @description Ready to be kept: it plays its clip from where that is, over and over. Absent where its file cannot be read. */
            graph?: components["schemas"]["GraphDocument"];
            /**
             * @description A name for the graph that is made of it; two plugins may mean the same.
             * @example kitchen
             * @example line-2
             */
            id: string;
            /** @description Those that its nodes name. */
            models: {
                bytes: number;
                id: string;
                /** @description It can be used without a download. */
                isThere: boolean;
                license: string;
                /** @description Why it is not there, as a sentence. */
                reason?: string;
                title?: string;
            }[];
            /** @description The package that contributes it. */
            plugin: string;
            /** @description What is wrong with it here. */
            problems: components["schemas"]["Problem"][];
            title: string;
        };
        /** @description What went wrong. */
        Fault: {
            /** @description Stable; docs/errors.md lists them. */
            code: string;
            message: string;
        };
        /**
         * Kinegraph graph document
         * @description A graph: nodes, their configuration, wires (docs/graph-format.md).
         */
        GraphDocument: {
            /** @description Where editors find the JSON Schema of this format. */
            $schema?: string;
            /** @description Texts on the canvas of the studio. Have no meaning for a run. */
            comments?: {
                [key: string]: {
                    height: number;
                    /** @description What it says. */
                    text: string;
                    width: number;
                    x: number;
                    y: number;
                };
            };
            /** @description What the graph is for, in a sentence or two. */
            description?: string;
            /** @description Nodes that the studio draws in one frame. Have no meaning for a run. */
            groups?: {
                [key: string]: {
                    /** @description Names of its nodes, each in one group at most. */
                    nodes: string[];
                    /** @description What people call the group. */
                    title: string;
                };
            };
            /**
             * @description Version of this format.
             * @constant
             */
            kinegraph: 1;
            /** @description Where the studio draws each node. Has no meaning for a run. */
            layout?: {
                [key: string]: {
                    x: number;
                    y: number;
                };
            };
            /** @description The nodes by name. */
            nodes: {
                [key: string]: {
                    /** @description Instances that work side by side, order kept. Stateless types only. Default: 1. */
                    concurrency?: number;
                    /** @description Values by name; what is left out has its default. */
                    config?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description How several inputs are joined. Default: timestamp.
                     * @enum {string}
                     */
                    sync?: "timestamp" | "latest";
                    /** @description What people call this node. */
                    title?: string;
                    /** @description The node type, for example "mediapipe.hands". */
                    type: string;
                    /** @description The version of the node type the configuration was written for. */
                    typeVersion?: number;
                };
            };
            /** @description Packages the graph needs, each with a version range. */
            plugins?: {
                [key: string]: string;
            };
            /** @description Landmark sets that the graph brings along, besides those of core and plugins. */
            skeletons?: {
                /** @description Pairs of indices into "points" to draw as bones. */
                connections: [
                    number,
                    number
                ][];
                /** @description The port type of its landmarks is "landmarks/<id>". */
                id: string;
                /** @description Names in the order of the landmarks. */
                points: string[];
                title: string;
            }[];
            /** @description A short name for people. */
            title?: string;
            /** @description Pairs [from an output, to an input]. */
            wires: [
                string,
                string
            ][];
        };
        /** @description A graph that this server keeps. */
        GraphSummary: {
            /** @description The revision that is deployed, where one is. */
            deployed?: number;
            id: string;
            /** @description What keeps its file from being read, which somebody changed by hand. */
            problems: components["schemas"]["Problem"][];
            /** @description The newest; 0 for a file that could never be read. */
            revision: number;
            /** Format: date-time */
            savedAt?: string;
            savedBy?: components["schemas"]["Author"];
            title?: string;
        };
        /** @description Of milliseconds; null where nothing was observed. */
        Histogram: {
            count: number;
            max: number | null;
            mean: number | null;
            min: number | null;
            p50: number | null;
            p95: number | null;
            p99: number | null;
            sum: number | null;
            upTo?: number[];
        };
        /** @description A graph as it is saved. */
        KeptGraph: {
            graph: components["schemas"]["GraphDocument"];
            id: string;
            /**
             * @description One line, 120 characters at most.
             * @example Before the new camera
             */
            name?: string;
            /** @description What keeps it from running on this server, and what is worth knowing. */
            problems: components["schemas"]["Problem"][];
            /** @description Grows with each change of a graph; never used again. */
            revision: number;
            /** Format: date-time */
            savedAt: string;
            savedBy: components["schemas"]["Author"];
        };
        /** @description One run of a graph in figures. */
        Measurement: {
            /** @description Where the clip comes with the truth about its hand. */
            accuracy?: {
                foundShare: number | null;
                meanErrorPercent: number | null;
            } & {
                [key: string]: unknown;
            };
            /** @description By node: the share of the time that it worked, sources left out. */
            busy: {
                [key: string]: number | null;
            };
            /** @description In use on average, of the process that measured. */
            cpuCores: number | null;
            cpuMs: number;
            cpuMsPerResult: number | null;
            /** @description By cause. */
            dropped: {
                [key: string]: number;
            };
            /** @description Until the first result, from the same moment. */
            firstResultMs?: number;
            measuredMs: number;
            nodes: components["schemas"]["NodeFigures"][];
            /** @description For the nodes to open. */
            openMs: number;
            peakHeapBytes: number;
            peakRssBytes: number;
            perSecond: number | null;
            /** @enum {string} */
            result: "completed" | "stopped" | "failed";
            /** @description At the sink that got most. */
            results: number;
            sinks: {
                ageMs: components["schemas"]["Histogram"];
                node: string;
                perSecond: number | null;
                results: number;
            }[];
        };
        /** @description A model that a plugin lists. */
        Model: {
            bytes: number;
            /** @description Where it comes from. */
            from: string;
            id: string;
            /** @description Other models are built from it. */
            isPart: boolean;
            license: string;
            /** @description Bytes of a download that was cut, to go on with. */
            partialBytes?: number;
            /** @description The package that lists it. */
            plugin: string;
            /** @description Why it is not ready, as a sentence. */
            reason?: string;
            sha256: string;
            /** @description `ready`, or what keeps it from being so. */
            state: string;
            title?: string;
        };
        /** @description Models on their way, and how far they are. */
        ModelPull: {
            error?: components["schemas"]["Fault"];
            id: string;
            /** @description The model that comes just now. */
            now?: {
                bytes: number;
                bytesPerSecond?: number;
                model: string;
                /** @description What holds it up just now. */
                note?: string;
                totalBytes?: number;
            };
            /** @description Of the models that were seen to already. */
            results: {
                bytes?: number;
                error?: components["schemas"]["Fault"];
                id: string;
                /** @enum {string} */
                outcome: "there" | "downloaded" | "built" | "failed";
                plugin?: string;
            }[];
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            state: "running" | "done" | "failed" | "cancelled";
        };
        /** @description The last thing that went wrong at a node. */
        NodeFault: {
            ageMs: number;
            /** @description On the clock of the run. */
            atMs: number;
            /** @description Stable; docs/errors.md lists them. */
            code: string;
            message: string;
        };
        /** @description The figures of one node at one moment. */
        NodeFigures: {
            /** @description Sinks only: age of what arrives. */
            ageMs?: components["schemas"]["Histogram"];
            /** @description Only sources and sinks that tell. */
            connection?: {
                ageMs: number;
                lastError?: components["schemas"]["NodeFault"];
                /** @enum {string} */
                state: "waiting" | "live" | "stalled" | "reconnecting" | "refused";
            };
            /** @description What the node counts by itself, by name. */
            counters?: {
                [key: string]: number;
            };
            /** @description By cause. */
            dropped: {
                [key: string]: number;
            };
            failed: number;
            /** @description Numbers that the node tells by itself, by name. */
            gauges?: {
                [key: string]: number;
            };
            handOverMs: components["schemas"]["Histogram"];
            /** @description Packets with a value that came in. */
            in: number;
            lastFault?: components["schemas"]["NodeFault"];
            name: string;
            /** @description Packets with a value that went out, counted at each port. */
            out: number;
            /** @description Results a second over the last five seconds. */
            perSecond: number | null;
            /** @description Timestamps for which there was nothing. */
            skipped: number;
            /** @enum {string} */
            state: "created" | "opening" | "open" | "restarting" | "quarantined" | "ended" | "failed" | "closed";
            stateAgeMs: number;
            /** @description What last took its worker down. */
            trouble?: components["schemas"]["NodeFault"];
            type: string;
            waitMs: components["schemas"]["Histogram"];
            workMs: components["schemas"]["Histogram"];
        };
        /** @description What graphs can be made of. */
        NodeType: {
            /** @description JSON Schema of its configuration. */
            configSchema: {
                [key: string]: unknown;
            };
            description?: string;
            /** @description Markdown. */
            docs?: string;
            inputs: {
                [key: string]: {
                    description?: string;
                    optional?: boolean;
                    /** @description A port type, or a pattern that fits several. */
                    type: string;
                };
            };
            /** @enum {string} */
            kind: "source" | "buffer" | "transform" | "extractor" | "smoother" | "classifier" | "sink";
            /** @description Sources only: frames come whether or not anybody is ready for them. */
            live: boolean;
            /** @description Keys that change without a restart of the node. */
            liveConfig: string[];
            native?: boolean;
            outputs: {
                [key: string]: {
                    description?: string;
                    type: string;
                };
            };
            /** @description The package that contributes it. */
            plugin: string;
            /** @enum {string} */
            runsIn: "main" | "worker";
            stateless: boolean;
            /**
             * @description Live sources only: what clients may send to it.
             * @enum {string}
             */
            takes?: "frames" | "landmarks";
            title: string;
            type: string;
            typeVersion: number;
        };
        /** @description A plugin that this server was told to load. */
        Plugin: {
            /** @description How long its activation took; of one that is active. */
            activationMs?: number;
            error?: string;
            name: string;
            /** @description The node types that it contributes. */
            nodes: string[];
            problems: {
                /** @description Stable, for example `GRAPH_UNKNOWN_NODE_TYPE`. */
                code: string;
                column?: number;
                line?: number;
                /** @description What to do about it, where that is known. */
                mend?: string;
                message: string;
                node?: string;
                plugin: string;
                /** @description JSON pointer to the place in the document. */
                pointer: string;
                /** @description The input of the node that it is of, where it is of one. */
                port?: string;
                /** @enum {string} */
                severity: "error" | "warning";
                /** @description As written: "node.port > node.port". */
                wire?: string;
            }[];
            /** @enum {string} */
            state: "listed" | "active" | "failed" | "refused";
            version?: string;
        };
        /** @description What is wrong with a graph, or worth knowing about it. */
        Problem: {
            /** @description Stable, for example `GRAPH_UNKNOWN_NODE_TYPE`. */
            code: string;
            column?: number;
            line?: number;
            /** @description What to do about it, where that is known. */
            mend?: string;
            message: string;
            node?: string;
            /** @description JSON pointer to the place in the document. */
            pointer: string;
            /** @description The input of the node that it is of, where it is of one. */
            port?: string;
            /** @enum {string} */
            severity: "error" | "warning";
            /** @description As written: "node.port > node.port". */
            wire?: string;
        };
        /** @description A take that was just recorded. */
        RecordedTake: {
            frames: number;
            id: string;
            /** @description It is as long as one may be, and ended for that. */
            isFull: boolean;
            label: string;
            quality: components["schemas"]["TakeQuality"];
        };
        /** @description What was recorded of a run, in one file or several. */
        Recording: {
            bytes: number;
            /** @description From the first message to the last. */
            durationMs?: number;
            /** @description What the names of its files begin with. */
            id: string;
            /** @description A run plays it just now. */
            isPlayed: boolean;
            messages: number;
            /** @description Its files, in their order. */
            parts: {
                bytes: number;
                /** @description Why it is damaged. */
                error?: components["schemas"]["Fault"];
                /** @description The name of its file. */
                file: string;
                messages: number;
                /** @description Its number. */
                part: number;
                /** @enum {string} */
                state: "complete" | "writing" | "incomplete" | "damaged";
            }[];
            /** @description The run that was recorded. */
            run?: string;
            /** @description Only while it goes on, and where a client started it. */
            started?: {
                /** @description Messages that are in no file, by cause. */
                dropped: {
                    [key: string]: number;
                };
                /** @description Why nothing is being written just now; it goes on by itself. */
                error?: components["schemas"]["Fault"];
                nodes: string[];
                run: string;
            };
            /**
             * Format: date-time
             * @description Of its first message.
             */
            startedAt?: string;
            /**
             * @description `writing`: by a run; `incomplete`: its writer is gone, what is whole can be played, `kinegraph recordings repair` completes it; `damaged`: it can be read up to a place, or not at all.
             * @enum {string}
             */
            state: "complete" | "writing" | "incomplete" | "damaged";
            topics: {
                /** @description Its frames came as pixels, and are not the same to the bit any more. */
                isLossy: boolean;
                messages: number;
                /** @description What its messages are, for example `foxglove.CompressedImage`. */
                schema: string;
                topic: string;
            }[];
        };
        /** @description A recording with how it came about. */
        RecordingDetails: {
            bytes: number;
            /** @description From the first message to the last. */
            durationMs?: number;
            /** @description What the names of its files begin with. */
            id: string;
            /** @description A run plays it just now. */
            isPlayed: boolean;
            messages: number;
            /** @description What the files say of how they came about, by record; docs/recordings.md tells. */
            metadata: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** @description Its files, in their order. */
            parts: {
                bytes: number;
                /** @description Why it is damaged. */
                error?: components["schemas"]["Fault"];
                /** @description The name of its file. */
                file: string;
                messages: number;
                /** @description Its number. */
                part: number;
                /** @enum {string} */
                state: "complete" | "writing" | "incomplete" | "damaged";
            }[];
            /** @description The run that was recorded. */
            run?: string;
            /** @description Only while it goes on, and where a client started it. */
            started?: {
                /** @description Messages that are in no file, by cause. */
                dropped: {
                    [key: string]: number;
                };
                /** @description Why nothing is being written just now; it goes on by itself. */
                error?: components["schemas"]["Fault"];
                nodes: string[];
                run: string;
            };
            /**
             * Format: date-time
             * @description Of its first message.
             */
            startedAt?: string;
            /**
             * @description `writing`: by a run; `incomplete`: its writer is gone, what is whole can be played, `kinegraph recordings repair` completes it; `damaged`: it can be read up to a place, or not at all.
             * @enum {string}
             */
            state: "complete" | "writing" | "incomplete" | "damaged";
            topics: {
                /** @description Its frames came as pixels, and are not the same to the bit any more. */
                isLossy: boolean;
                messages: number;
                /** @description What its messages are, for example `foxglove.CompressedImage`. */
                schema: string;
                topic: string;
            }[];
        };
        /** @description One change in the history of a graph. */
        Revision: {
            /** @enum {string} */
            action: "put" | "restore" | "delete";
            /**
             * @description One line, 120 characters at most.
             * @example Before the new camera
             */
            name?: string;
            /** @description The revision whose document this is. */
            restored?: number;
            /** @description Grows with each change of a graph; never used again. */
            revision: number;
            /** Format: date-time */
            savedAt: string;
            savedBy: components["schemas"]["Author"];
            title?: string;
        };
        /** @description A run with its graph and the figures of each node. */
        RunDetail: {
            /** @description Why it failed. */
            error?: components["schemas"]["Fault"];
            /** @description True where its buffers drop nothing. */
            exact?: boolean;
            figures: components["schemas"]["RunFigures"];
            graph: components["schemas"]["GraphDocument"];
            id: string;
            /** @description Its sources are held. */
            paused: boolean;
            /**
             * @description Of a run that has ended.
             * @enum {string}
             */
            result?: "completed" | "stopped" | "failed";
            sinks: {
                node: string;
                type: string;
            }[];
            sources: {
                /** @description Of a source that tells how it is connected. */
                connection?: unknown;
                node: string;
                /**
                 * @description Of a source that clients send to: what it takes.
                 * @enum {string}
                 */
                takes?: "frames" | "landmarks";
                type: string;
            }[];
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            state: "created" | "opening" | "running" | "stopping" | "ended";
            title: string;
            vitals: components["schemas"]["RunVitals"];
            /** @description Of an exact run: what keeps it from being so. */
            warnings?: components["schemas"]["Problem"][];
        };
        /** @description The figures of a run at one moment. */
        RunFigures: {
            /** @description Age of what arrived, by sink. */
            ageMs: {
                [key: string]: components["schemas"]["Histogram"];
            };
            /** @description Since the sources began. */
            elapsedMs: number;
            nodes: components["schemas"]["NodeFigures"][];
            runId: string;
            /** @enum {string} */
            state: "created" | "opening" | "running" | "stopping" | "ended";
        };
        /** @description A graph that runs, or has run. */
        RunSummary: {
            /** @description Why it failed. */
            error?: components["schemas"]["Fault"];
            /** @description True where its buffers drop nothing. */
            exact?: boolean;
            id: string;
            /** @description Its sources are held. */
            paused: boolean;
            /**
             * @description Of a run that has ended.
             * @enum {string}
             */
            result?: "completed" | "stopped" | "failed";
            sinks: {
                node: string;
                type: string;
            }[];
            sources: {
                /** @description Of a source that tells how it is connected. */
                connection?: unknown;
                node: string;
                /**
                 * @description Of a source that clients send to: what it takes.
                 * @enum {string}
                 */
                takes?: "frames" | "landmarks";
                type: string;
            }[];
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            state: "created" | "opening" | "running" | "stopping" | "ended";
            title: string;
            vitals: components["schemas"]["RunVitals"];
            /** @description Of an exact run: what keeps it from being so. */
            warnings?: components["schemas"]["Problem"][];
        };
        /** @description How a run is, in five figures. */
        RunVitals: {
            /** @description Of the sink whose results are the oldest. */
            ageP95Ms: number | null;
            /** @description Packets that were let go, at all nodes. */
            dropped: number;
            /** @description Packets on which a node failed. */
            failed: number;
            /**
             * @description `troubled`: a source is away or a worker restarts, and the run goes on; `failed`: a node is out, or the run.
             * @enum {string}
             */
            health: "well" | "troubled" | "failed";
            /** @description Results a second at the sink that gets the most, over the last five seconds. */
            perSecond: number | null;
        };
        /** @description The model of a set. */
        SignModelInfo: {
            /** @description What its numbers mean (docs/signs.md). */
            card: unknown;
            /** @description The model, as graphs of this server name it. */
            model: string;
        };
        /** @description A set of takes, in a list. */
        SignSet: {
            hasModel: boolean;
            labels: number;
            set: string;
            takes: number;
        };
        /** @description A set with its takes. */
        SignSetDetail: {
            labels: {
                label: string;
                takes: components["schemas"]["TakeSummary"][];
            }[];
            set: string;
            /** @description Those that run, and the last that have ended. */
            trainings: components["schemas"]["SignTraining"][];
        };
        /** @description A training, and how far it is. */
        SignTraining: {
            elapsedMs?: number;
            error?: components["schemas"]["Fault"];
            id: string;
            /** @description The model, as graphs of this server name it. */
            model?: string;
            report?: components["schemas"]["TrainingReport"];
            set: string;
            /** @description Of the whole, 0-1. */
            share: number;
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            state: "running" | "done" | "failed" | "cancelled";
            step: string;
        };
        /** @description Names and connections of a set of landmarks. */
        Skeleton: {
            /** @description Pairs of indices of points, drawn as bones. */
            connections: [
                number,
                number
            ][];
            /** @description The port type is `landmarks/<id>`. */
            id: string;
            /** @description The package that contributes it; a graph's own have none. */
            plugin?: string;
            /** @description Names, in the order of the landmarks. */
            points: string[];
            title: string;
        };
        /** @description What is thought of a take. */
        TakeQuality: {
            /** @description One sentence: what to do better. */
            advice: string;
            /** @description Of the frames in which the hand reaches over the edge, 0-1. */
            edgeShare: number;
            /** @description As a share of the frame's height. */
            handSize: number;
            /** @description The part in which the sign was found. */
            part?: {
                endMs: number;
                /** @enum {string} */
                kind: "held" | "moving";
                startMs: number;
            };
            /** @description Frames a second in that part. */
            rate: number;
            /** @description Of the frames of that part, 0-1. */
            seenShare: number;
            /** @description Palm lengths a second, the fastest twentieth. */
            speed: number;
            /** @enum {string} */
            verdict: "good" | "usable" | "poor";
        };
        /** @description A take, in a list. */
        TakeSummary: {
            damage?: {
                isCut: boolean;
                lines: number;
                problem: string;
            };
            frames?: number;
            id: string;
            /** @description Where it cannot be read at all. */
            problem?: string;
            quality?: components["schemas"]["TakeQuality"];
            recordedAt?: string;
            source?: string;
        };
        /** @description What is known of a token; its text is not kept. */
        Token: {
            createdAt: string;
            /** @description From then on nobody may use it. Left out: it does not end. */
            expiresAt?: string;
            id: string;
            name: string;
            scopes: ("view" | "ingest" | "edit" | "deploy" | "admin")[];
        };
        /** @description How good a model is, told by takes it was not trained with. */
        TrainingReport: {
            /** @description Share of windows told right by a model without their take. */
            accuracy?: number;
            /** @description Labels that are taken for each other, the worst first. */
            alikes: {
                advice: string;
                label: string;
                share: number;
                taken: string;
            }[];
            labels: {
                accuracy?: number;
                label: string;
                takes: number;
                threshold: number;
            }[];
            takes: number;
            warnings: string[];
            windows: number;
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
    backUp: {
        parameters: {
            query?: {
                /** @description For clients that cannot set headers: a token. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The database. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.sqlite3": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORAGE_FULL` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listBenchmarks: {
        parameters: {
            query?: {
                /** @description Only those with a smaller id: the next page. */
                before?: number;
                /** @description Only those with this graph. */
                graph?: string;
                limit?: number;
                /** @description For clients that cannot set headers: a token. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Without figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        benchmarks: components["schemas"]["BenchmarkSummary"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    startBenchmark: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Graphs that this server keeps, and graphs that are sent along. */
                    graphs: ({
                        /**
                         * @description Lower-case letters, digits and dashes, 64 at most.
                         * @example kitchen
                         * @example line-2
                         */
                        id: string;
                        /** @description Left out: the newest. */
                        revision?: number;
                    } | {
                        /** @description A graph document (docs/graph-format.md), of the schema GraphDocument. */
                        graph: {
                            [key: string]: unknown;
                        };
                        title?: string;
                    })[];
                    /** @description A clip, a folder of pictures or a recording of the workspace, which the one source of each graph reads instead: so a graph that lives on a camera can be measured, too. */
                    input?: string;
                    /**
                     * @description How sources bring their frames. Left out: as each graph says.
                     * @enum {string}
                     */
                    pace?: "realtime" | "as-fast-as-possible";
                    /**
                     * @description Runs of each graph, in turn (A B A B): a machine that grows warm is no graph's fault.
                     * @default 1
                     */
                    repeat?: number;
                    /**
                     * @description Each run ends after these, or when its sources end.
                     * @default 10
                     */
                    seconds?: number;
                };
            };
        };
        responses: {
            /** @description It has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Benchmark"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN`, `CORE_FILE_NOT_ALLOWED` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_UNKNOWN`, `SERVER_REVISION_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BENCHMARK_BUSY` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_INVALID`, `SERVER_GRAPH_REFUSED`, `GRAPH_INPUT_UNCLEAR` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORAGE_FULL` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getBenchmark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a benchmark. */
                benchmark: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The benchmark. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Benchmark"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BENCHMARK_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeBenchmark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a benchmark. */
                benchmark: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended, or is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BENCHMARK_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORAGE_FULL` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    followBenchmark: {
        parameters: {
            query?: {
                /** @description For clients that cannot set headers: a token. */
                token?: string;
            };
            header?: never;
            path: {
                /** @description The id of a benchmark. */
                benchmark: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events until the benchmark ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BENCHMARK_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listClips: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By path, 200 at most. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        clips: components["schemas"]["Clip"][];
                        /** @description There may be more, deeper in the folders. */
                        isCut: boolean;
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Only those with a smaller id. */
                before?: number;
                limit?: number;
                /** @description Only about this run, and the graph of that id. */
                run?: string;
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: components["schemas"]["AuditEvent"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listExampleGraphs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By plugin. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        graphs: components["schemas"]["ExampleGraph"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listGraphs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        graphs: components["schemas"]["GraphSummary"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getGraph: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Lower-case letters, digits and dashes, 64 at most. */
                graph: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The graph. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptGraph"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_INVALID` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putGraph: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Lower-case letters, digits and dashes, 64 at most. */
                graph: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A graph document (docs/graph-format.md), of the schema GraphDocument. */
                    graph: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description One line, 120 characters at most.
                     * @example Before the new camera
                     */
                    name?: string;
                    /** @description The revision that the writer has read; 0 for a graph that is not there yet. 409 where it is not the newest. */
                    revision: number;
                };
            };
        };
        responses: {
            /** @description It is saved; the same document again makes no revision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptGraph"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP`, `SERVER_GRAPH_ID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_CONFLICT`, `SERVER_TOO_MANY_GRAPHS` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_INVALID` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORAGE_FULL` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteGraph: {
        parameters: {
            query: {
                revision: number;
                token?: string;
            };
            header?: never;
            path: {
                /** @description Lower-case letters, digits and dashes, 64 at most. */
                graph: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_GRAPH_ID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_CONFLICT`, `SERVER_TOO_MANY_GRAPHS` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORAGE_FULL` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deployGraph: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Lower-case letters, digits and dashes, 64 at most. */
                graph: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Left out: the newest. */
                    revision?: number;
                };
            };
        };
        responses: {
            /** @description It runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What was done to the run that there was. */
                        applied?: components["schemas"]["AppliedGraph"];
                        /** @description Grows with each change of a graph; never used again. */
                        revision: number;
                        run: components["schemas"]["RunSummary"];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_UNKNOWN`, `SERVER_REVISION_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_DEPLOYMENT_CLASH`, `RUN_NOT_RUNNING`, `RUN_NOT_RESTARTABLE`, `CORE_ABORTED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_INVALID`, `SERVER_GRAPH_REFUSED`, `SERVER_TOO_MANY_NODES`, `RUN_NODE_OPEN` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED`, `SERVER_TOO_MANY_RUNS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER`, `SERVER_STOPPING` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CORE_TIME_LIMIT` */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORAGE_FULL` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRevisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Lower-case letters, digits and dashes, 64 at most. */
                graph: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The revisions that are kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revisions: components["schemas"]["Revision"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Lower-case letters, digits and dashes, 64 at most. */
                graph: string;
                revision: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The graph at that revision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptGraph"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_UNKNOWN`, `SERVER_REVISION_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_INVALID` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    nameRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Lower-case letters, digits and dashes, 64 at most. */
                graph: string;
                revision: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null: none. */
                    name: string | null;
                };
            };
        };
        responses: {
            /** @description It is called so. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revision"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP`, `SERVER_GRAPH_ID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_UNKNOWN`, `SERVER_REVISION_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORAGE_FULL` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    restoreRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Lower-case letters, digits and dashes, 64 at most. */
                graph: string;
                revision: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The revision that the writer has read; 0 for a graph that is not there yet. 409 where it is not the newest. */
                    revision: number;
                };
            };
        };
        responses: {
            /** @description It is saved. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptGraph"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP`, `SERVER_GRAPH_ID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_UNKNOWN`, `SERVER_REVISION_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_CONFLICT`, `SERVER_TOO_MANY_GRAPHS` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_INVALID` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORE_UNAVAILABLE`, `SERVER_STORE_IN_USE`, `SERVER_STORE_BROKEN`, `SERVER_STORE_NEWER` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STORAGE_FULL` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description The session has begun. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended, if there was one. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    streamLogs: {
        parameters: {
            query?: {
                /** @description Lines of before. */
                limit?: number;
                /** @description For clients that cannot set headers: a token. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each is one line: `{"id", "at", "level", "message", "run", "node", "plugin", "code"}`, the last four only where they are told. A client that reads too slowly gets `{"missed"}`, how many it did not get. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The models. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        models: components["schemas"]["Model"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listModelPulls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        pulls: components["schemas"]["ModelPull"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    pullModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description Check the sums of those that are there, too.
                     * @default false
                     */
                    check?: boolean;
                    /**
                     * @description Ids; none: all but those that are pulled by their id only.
                     * @default []
                     */
                    models?: string[];
                };
            };
        };
        responses: {
            /** @description It has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPull"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `MODEL_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_MODEL_PULL_BUSY` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getModelPull: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a pull. */
                pull: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pull. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPull"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_MODEL_PULL_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancelModelPull: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a pull. */
                pull: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_MODEL_PULL_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listNodeTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By type. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        nodeTypes: components["schemas"]["NodeType"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listPlugins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plugins. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plugins: components["schemas"]["Plugin"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRecordings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By their ids. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recordings: components["schemas"]["Recording"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    startRecording: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Record frames, too, where no nodes are named.
                     * @default true
                     */
                    frames?: boolean;
                    /** @description Left out: that of the run. Where there is a recording of that name, it becomes `hall-2`, and so on. */
                    id?: string;
                    /** @description Sinks, and nodes that give frames. Left out: all sinks, but those that record, and all sources of frames. */
                    nodes?: string[];
                    run: string;
                };
            };
        };
        responses: {
            /** @description It has begun. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN`, `SERVER_NODE_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_RUN_ENDED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_NODE` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED`, `SERVER_TOO_MANY_RECORDINGS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_START` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a recording. */
                recording: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingDetails"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a recording. */
                recording: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_IN_USE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    downloadRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The number of a part. */
                part: number;
                /** @description The id of a recording. */
                recording: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An MCAP file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description The range that was asked for. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description The client has it. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RANGE_NOT_SATISFIABLE` */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    stopRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a recording. */
                recording: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is complete. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_NOT_STARTED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    trimRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a recording. */
                recording: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Milliseconds from its first message. */
                    from: number;
                    /** @description Left out: `hall-trim` of `hall`. Where there is a recording of that name, `hall-trim-2`, and so on. */
                    id?: string;
                    /** @description Likewise; not before `from`. */
                    to: number;
                };
            };
        };
        responses: {
            /** @description It is complete. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_IN_USE` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RECORDING_SPAN_EMPTY`, `SERVER_RECORDING_UNREADABLE` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED`, `SERVER_TOO_MANY_RECORDINGS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RECORDING_START` */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Runs, those that have ended lately among them; and the graphs that could not be started, with the reason. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        refused: {
                            error: {
                                /** @description Stable; docs/errors.md lists them. */
                                code: string;
                                message: string;
                            } & {
                                [key: string]: unknown;
                            };
                            id: string;
                        }[];
                        runs: components["schemas"]["RunSummary"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    startRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Buffers drop nothing: packets wait, so that a replay of a recording gives the same results each time.
                     * @default false
                     */
                    exact?: boolean;
                    /** @description A graph document (docs/graph-format.md), of the schema GraphDocument. */
                    graph: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description Letters, digits, "_" and "-", 64 at most.
                     * @example kitchen
                     * @example line-2
                     */
                    id?: string;
                };
            };
        };
        responses: {
            /** @description It runs. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_EXISTS` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_REFUSED`, `SERVER_TOO_MANY_NODES`, `RUN_NODE_OPEN` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED`, `SERVER_TOO_MANY_RUNS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_STOPPING` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    stopRun: {
        parameters: {
            query?: {
                /** @description `drain`: what is under way reaches its sinks, within a limit. `drop`: it is let go. */
                mode?: "drain" | "drop";
                /** @description For clients that cannot set headers: a token. */
                token?: string;
            };
            header?: never;
            path: {
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    streamFigures: {
        parameters: {
            query?: {
                /** @description For clients that cannot set headers: a token. */
                token?: string;
            };
            header?: never;
            path: {
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events until the run ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED`, `SERVER_TOO_MANY_CONNECTIONS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    applyGraph: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A graph document (docs/graph-format.md), of the schema GraphDocument. */
                    graph: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description What was done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppliedGraph"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RUN_NOT_RUNNING`, `RUN_NOT_RESTARTABLE`, `CORE_ABORTED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_REFUSED`, `SERVER_TOO_MANY_NODES`, `RUN_NODE_OPEN` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CORE_TIME_LIMIT` */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    previewGraph: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A graph document (docs/graph-format.md), of the schema GraphDocument. */
                    graph: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description What would be done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppliedGraph"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RUN_NOT_RUNNING` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_GRAPH_REFUSED`, `SERVER_TOO_MANY_NODES` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    streamRunLogs: {
        parameters: {
            query?: {
                /** @description Lines of before. */
                limit?: number;
                /** @description For clients that cannot set headers: a token. */
                token?: string;
            };
            header?: never;
            path: {
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each is one line: `{"id", "at", "level", "message", "run", "node", "plugin", "code"}`, the last four only where they are told. A client that reads too slowly gets `{"missed"}`, how many it did not get. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a node in its graph. */
                node: string;
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                    /** @description Left out: the default. */
                    value?: unknown;
                };
            };
        };
        responses: {
            /** @description It goes on with the value. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description False: the node was restarted. */
                        live: boolean;
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN`, `RUN_NODE_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RUN_NOT_RUNNING`, `RUN_NOT_RESTARTABLE`, `CORE_ABORTED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RUN_CONFIG_REFUSED`, `RUN_NODE_OPEN` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `CORE_TIME_LIMIT` */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSnapshot: {
        parameters: {
            query?: {
                overlay?: string;
                quality?: number;
                size?: number;
                token?: string;
            };
            header?: never;
            path: {
                /** @description The name of a node that gives frames. */
                node: string;
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JPEG. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_OVERLAY_SINK` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN`, `SERVER_NODE_UNKNOWN`, `SERVER_PICTURE_NONE`, `SERVER_PICTURE_NEVER`, `IMAGE_BROKEN`, `IMAGE_TRUNCATED`, `IMAGE_TOO_LARGE` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    streamPictures: {
        parameters: {
            query?: {
                overlay?: string;
                quality?: number;
                size?: number;
                token?: string;
            };
            header?: never;
            path: {
                /** @description The name of a node that gives frames. */
                node: string;
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description JPEGs, one part each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "multipart/x-mixed-replace": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_OVERLAY_SINK` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN`, `SERVER_NODE_UNKNOWN`, `SERVER_PICTURE_NONE`, `SERVER_PICTURE_NEVER`, `IMAGE_BROKEN`, `IMAGE_TRUNCATED`, `IMAGE_TOO_LARGE` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    pauseRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run, which is paused. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    streamResults: {
        parameters: {
            query?: {
                /** @description For clients that cannot set headers: a token. */
                token?: string;
            };
            header?: never;
            path: {
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events until the run ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED`, `SERVER_TOO_MANY_CONNECTIONS` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resumeRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run, which goes on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRunSkeletons: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The skeletons. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Skeleton"][];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    recordTrace: {
        parameters: {
            query?: {
                seconds?: number;
                token?: string;
            };
            header?: never;
            path: {
                /** @description The id of a run. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A trace of JSON events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `RUN_RECORDING_REFUSED` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The server. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The version of Node.js. */
                        node: string;
                        /** @description As `linux-x64`. */
                        platform: string;
                        /** Format: date-time */
                        startedAt: string;
                        version: string;
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the server demands a token, and what the one that was sent allows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        demandsToken: boolean;
                        scopes: ("view" | "ingest" | "edit" | "deploy" | "admin")[];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As `kinegraph serve --print-config` tells them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        config: unknown;
                        from: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listSignSets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sets: components["schemas"]["SignSet"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSignSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The set. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignSetDetail"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_SIGN_SET_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    exportTakes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The takes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_SIGN_SET_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSignModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignModelInfo"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_SIGN_SET_UNKNOWN`, `SERVER_SIGN_MODEL_NONE` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    downloadSignModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An ONNX file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_SIGN_SET_UNKNOWN`, `SERVER_SIGN_MODEL_NONE` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    recordTake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    label: string;
                    /** @example live */
                    run: string;
                    /** @default 3 */
                    seconds?: number;
                    /** @description Of the run; left out: the first that gets hands. */
                    sink?: string;
                };
            };
        };
        responses: {
            /** @description The take is there. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedTake"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP`, `SIGNS_LABEL_REFUSED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_RUN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SIGNS_LABEL_CLASH` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_SIGN_NO_HANDS` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED`, `SERVER_SIGNS_BUSY` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    importTakes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
            };
            cookie?: never;
        };
        /** @description Takes, one after the other, as `exportTakes` gives them. */
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description They are there. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        added: number;
                        /** @description Takes that lacked lines and were taken over with what is whole. */
                        damaged: number;
                        /** @description Takes that were there already. */
                        same: number;
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SIGNS_LABEL_REFUSED` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SIGNS_LABEL_CLASH`, `SIGNS_TAKE_EXISTS` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SIGNS_TAKE_UNREADABLE` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED`, `SERVER_SIGN_IMPORT_BROKEN` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteLabel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                label: string;
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_SIGN_SET_UNKNOWN`, `SIGNS_TAKE_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                label: string;
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
                /** @description The id of a take. */
                take: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The take. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_SIGN_SET_UNKNOWN`, `SIGNS_TAKE_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SIGNS_TAKE_UNREADABLE` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteTake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                label: string;
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
                /** @description The id of a take. */
                take: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_SIGN_SET_UNKNOWN`, `SIGNS_TAKE_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    startTraining: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default 1 */
                    seed?: number;
                    /** @default  */
                    title?: string;
                };
            };
        };
        responses: {
            /** @description It has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignTraining"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_SIGN_SET_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED`, `SERVER_SIGNS_BUSY` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTraining: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
                /** @description The id of a training. */
                training: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The training. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignTraining"];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_SIGN_TRAINING_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancelTraining: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, "_" and "-", 64 at most. */
                set: string;
                /** @description The id of a training. */
                training: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_SIGN_TRAINING_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listSkeletons: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The skeletons. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Skeleton"][];
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tokens: components["schemas"]["Token"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    expiresAt?: string;
                    /** @default  */
                    name?: string;
                    scopes: ("view" | "ingest" | "edit" | "deploy" | "admin")[];
                };
            };
        };
        responses: {
            /** @description The token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        createdAt: string;
                        /** @description From then on nobody may use it. Left out: it does not end. */
                        expiresAt?: string;
                        id: string;
                        name: string;
                        scopes: ("view" | "ingest" | "edit" | "deploy" | "admin")[];
                        token: string;
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN`, `SERVER_TOKEN_BEYOND` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a token. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_TOKEN_UNKNOWN` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    validateGraph: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A graph document (docs/graph-format.md), of the schema GraphDocument. */
                    graph: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Its problems; none of severity error: it can run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        problems: components["schemas"]["Problem"][];
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID`, `SERVER_BODY_NOT_JSON`, `SERVER_BODY_TOO_DEEP` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_BODY_TOO_LARGE` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_NOT_FOUND` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ready";
                    };
                };
            };
            /** @description `SERVER_REQUEST_INVALID` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_UNAUTHORIZED` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_FORBIDDEN` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `SERVER_LOGIN_LIMITED` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `UNEXPECTED` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is starting or stopping. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        reason: string;
                        /** @constant */
                        status: "not ready";
                    };
                };
            };
        };
    };
}
