import { Worker } from 'node:worker_threads';
import { errorMessage } from '../base/index.js';
import type { WorkerHandle, WorkerLauncher, WorkerNodeSpec, WorkerReport, WorkerRequest } from '../runtime/index.js';
import type { ArenaShare, SharedArena } from '../vision/index.js';
import type { NodePlatformOptions } from './platform-options.js';

/** What a worker is started with. */
export interface WorkerStart {
  readonly spec: WorkerNodeSpec;
  readonly platform: NodePlatformOptions;
  /** The frames' arena, where the platform has one. */
  readonly arena: ArenaShare | undefined;
}

/** Starts worker_threads workers; each builds a platform of its own from the same options. */
export class NodeWorkerLauncher implements WorkerLauncher {
  constructor(
    private readonly platform: NodePlatformOptions,
    readonly arena?: SharedArena,
  ) {}

  launch(spec: WorkerNodeSpec): WorkerHandle {
    const share = this.arena?.share();
    const start: WorkerStart = { spec, platform: this.platform, arena: share };
    const handle = new NodeWorkerHandle(
      new Worker(new URL('./worker-entry.js', import.meta.url), { workerData: start, name: spec.identity.name }),
    );
    // A worker that was left to itself may still write; one that has exited does not.
    if (share !== undefined) void handle.exited.then(() => this.arena?.reclaim(share));
    return handle;
  }
}

class NodeWorkerHandle implements WorkerHandle {
  readonly exited: Promise<Error | undefined>;
  onMessage: (report: WorkerReport) => void = () => {};

  constructor(private readonly worker: Worker) {
    worker.on('message', (report: WorkerReport) => this.onMessage(report));
    this.exited = new Promise((resolve) => {
      let cause: Error | undefined;
      worker.on('error', (error) => {
        cause = error instanceof Error ? error : new Error(errorMessage(error));
      });
      worker.on('exit', (code) =>
        resolve(cause ?? (code === 0 ? undefined : new Error(`The worker ended with exit code ${code}.`))),
      );
    });
  }

  post(request: WorkerRequest): void {
    this.worker.postMessage(request);
  }

  async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  abandon(): void {
    // When the event loop runs empty Node ends the workers that are left, and with that aborts on one in native code.
    this.worker.ref();
  }
}
