import { deferred } from '../../src/base/index.js';
import type { Logger } from '../../src/base/index.js';
import type { NodeMetrics } from '../../src/kinds/index.js';
import { WorkerNodeHost } from '../../src/runtime/index.js';
import type {
  MessageEndpoint,
  NodeInstance,
  WorkerHandle,
  WorkerNodeSpec,
  WorkerReport,
  WorkerRequest,
} from '../../src/runtime/index.js';
import type { WorkerLauncher } from '../../src/runtime/workers/worker-instance.js';

/** One way of a connection: clones what is posted, as a real message does, and delivers it in a later turn. */
function post<Message>(message: Message, deliver: (message: Message) => void): void {
  const clone = structuredClone(message); // throws where a real post would
  setImmediate(() => deliver(clone));
}

/** A worker in this very thread, with real messages. */
export class MemoryWorker implements WorkerHandle {
  readonly #exited = deferred<Error | undefined>();
  readonly exited = this.#exited.promise;
  onMessage: (report: WorkerReport) => void = () => {};
  readonly #inside: MessageEndpoint<WorkerReport, WorkerRequest> = {
    post: (report) => post(report, (message) => this.isGone || this.onMessage(message)),
    onMessage: () => {},
  };
  isGone = false;
  terminations = 0;
  isAbandoned = false;
  /** Every message that came out, by kind. */
  readonly reports: WorkerReport[] = [];

  constructor(
    readonly spec: WorkerNodeSpec,
    createInstance: (services: { readonly logger: Logger; readonly metrics: NodeMetrics }) => Promise<NodeInstance>,
    leaves: boolean,
  ) {
    const { post: postOut } = this.#inside;
    this.#inside.post = (report) => {
      postOut(report);
      this.reports.push(report);
    };
    new WorkerNodeHost(this.#inside, {
      createInstance,
      leave: () => Promise.resolve(leaves ? this.exit() : undefined),
    });
  }

  post(request: WorkerRequest): void {
    post(request, (message) => this.isGone || this.#inside.onMessage(message));
  }

  /** Ends by itself, as a crash or a closed port does. */
  exit(cause?: Error): void {
    // As a real one, whose last messages are delivered before its exit is told.
    setImmediate(() => {
      this.isGone = true;
      this.#exited.resolve(cause);
    });
  }

  terminate(): Promise<void> {
    this.terminations += 1;
    this.isGone = true;
    this.#exited.resolve(new Error('terminated'));
    return Promise.resolve();
  }

  abandon(): void {
    this.isAbandoned = true;
  }
}

/** Launches memory workers around instances that a test makes. */
export class MemoryWorkerLauncher implements WorkerLauncher {
  readonly workers: MemoryWorker[] = [];

  constructor(
    private readonly create: (services: {
      readonly logger: Logger;
      readonly metrics: NodeMetrics;
    }) => NodeInstance | Promise<NodeInstance>,
    private readonly leaves = true,
  ) {}

  /** The one that was started last. */
  get worker(): MemoryWorker {
    const worker = this.workers.at(-1);
    if (worker === undefined) throw new Error('No worker was started.');
    return worker;
  }

  launch(spec: WorkerNodeSpec): MemoryWorker {
    const worker = new MemoryWorker(spec, async (services) => await this.create(services), this.leaves);
    this.workers.push(worker);
    return worker;
  }
}
