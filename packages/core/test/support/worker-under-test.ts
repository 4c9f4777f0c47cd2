import { WriterLogger } from '../../src/base/index.js';
import type { Awaitable, LogFields, LogLevel } from '../../src/base/index.js';
import type { ProcessInfo } from '../../src/kinds/index.js';
import type { NodeInstance } from '../../src/runtime/index.js';
import { WorkerInstance } from '../../src/runtime/workers/worker-instance.js';
import { CountingMetrics, VirtualClock, aProcessInfo } from '../../src/testing/index.js';
import { anInstance } from './fake-instance.js';
import { MemoryWorkerLauncher } from './memory-worker.js';

/** The main thread's side of a worker, and what it brought home. */
export interface WorkerUnderTest {
  readonly instance: WorkerInstance;
  readonly launcher: MemoryWorkerLauncher;
  readonly clock: VirtualClock;
  /** The run's. */
  readonly abort: AbortController;
  readonly logged: [LogLevel, string, LogFields][];
  readonly dropped: [string, number | undefined][];
  readonly metrics: CountingMetrics;
  /** Calls the node with a packet of timestamp 1. */
  call(value: unknown): Promise<unknown>;
}

export function aWorker(launcher: MemoryWorkerLauncher, isNative = false): WorkerUnderTest {
  const [clock, abort] = [new VirtualClock(), new AbortController()];
  const logged: WorkerUnderTest['logged'] = [];
  const dropped: WorkerUnderTest['dropped'] = [];
  const metrics = Object.assign(new CountingMetrics(), {
    drop: (cause: string, count?: number): void => void dropped.push([cause, count]),
  });
  const instance = new WorkerInstance(
    launcher,
    {
      plugin: {},
      portTypes: { inputs: {}, outputs: {} },
      skeletons: [],
      pluginConfiguration: {},
      identity: { name: 'hands', type: 'test.hands', runId: 'test' },
      nodeKind: 'transform',
      config: {},
      baseFolder: '.',
      isNative,
    },
    {
      logger: new WriterLogger((level, message, fields) => void logged.push([level, message, fields])),
      metrics,
      clock,
    },
  );
  const info = aProcessInfo(1, { signal: abort.signal });
  return { instance, launcher, clock, abort, logged, dropped, metrics, call: (value) => instance.invoke(value, info) };
}

/** A worker whose node is open. */
export async function anOpenWorker(
  invoke: (value: unknown, info: ProcessInfo) => Awaitable<unknown>,
  life: Partial<NodeInstance> = {},
  isNative = false,
): Promise<WorkerUnderTest> {
  const worker = aWorker(new MemoryWorkerLauncher(() => anInstance(invoke, life)), isNative);
  await worker.instance.open(worker.abort.signal);
  return worker;
}
