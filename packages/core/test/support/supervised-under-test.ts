import { WriterLogger } from '../../src/base/index.js';
import type { Awaitable, LogFields, LogLevel } from '../../src/base/index.js';
import type { ProcessInfo } from '../../src/kinds/index.js';
import type { NodeInstance } from '../../src/runtime/index.js';
import { SupervisedInstance } from '../../src/runtime/workers/supervised-instance.js';
import type { WorkerHealth } from '../../src/runtime/workers/supervised-instance.js';
import { WorkerInstance } from '../../src/runtime/workers/worker-instance.js';
import { CountingMetrics, VirtualClock, aProcessInfo } from '../../src/testing/index.js';
import { anInstance } from './fake-instance.js';
import { MemoryWorkerLauncher } from './memory-worker.js';

/** A supervised worker and all that it told. */
export interface SupervisedUnderTest {
  readonly instance: SupervisedInstance;
  readonly launcher: MemoryWorkerLauncher;
  readonly clock: VirtualClock;
  readonly abort: AbortController;
  readonly health: [WorkerHealth, unknown][];
  readonly logged: [LogLevel, string, LogFields][];
  readonly dropped: [string, number | undefined][];
  /** Calls the node with a packet of timestamp 1. */
  readonly call: ((value: unknown) => Promise<unknown>) & { readonly info: ProcessInfo };
  /** When each worker was launched. */
  restartsAtMs(): readonly number[];
}

/** A supervised worker whose node is open. @throws what its first opening throws */
export async function aSupervised(
  node: MemoryWorkerLauncher | ((value: unknown, info: ProcessInfo) => Awaitable<unknown>),
  life: Partial<NodeInstance> = {},
  isNative = false,
): Promise<SupervisedUnderTest> {
  const [clock, abort] = [new VirtualClock(), new AbortController()];
  const launcher = node instanceof MemoryWorkerLauncher ? node : new MemoryWorkerLauncher(() => anInstance(node, life));
  const health: SupervisedUnderTest['health'] = [];
  const logged: SupervisedUnderTest['logged'] = [];
  const dropped: SupervisedUnderTest['dropped'] = [];
  const restarts: number[] = [];
  const logger = new WriterLogger((level, message, fields) => void logged.push([level, message, fields]));
  const metrics = Object.assign(new CountingMetrics(), {
    drop: (cause: string, count?: number): void => void dropped.push([cause, count]),
  });
  const identity = { name: 'hands', type: 'test.hands', runId: 'test' };
  const spec = {
    plugin: {},
    portTypes: { inputs: {}, outputs: {} },
    skeletons: [],
    pluginConfiguration: {},
    identity,
    nodeKind: 'transform',
    baseFolder: '.',
  } as const;
  const instance = new SupervisedInstance({
    node: identity.name,
    config: {},
    create: (config) => {
      restarts.push(clock.nowMs());
      return new WorkerInstance(launcher, { ...spec, config, isNative }, { logger, metrics, clock });
    },
    clock,
    logger,
    metrics,
    watchdogMs: 10_000,
    openMs: 60_000,
    onHealth: (state, reason) => void health.push([state, reason]),
  });
  await instance.open(abort.signal);
  const info = aProcessInfo(1, { signal: abort.signal });
  const call = Object.assign(async (value: unknown) => await instance.invoke(value, info), { info });
  return { instance, launcher, clock, abort, health, logged, dropped, call, restartsAtMs: () => restarts };
}
