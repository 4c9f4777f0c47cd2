import type { Awaitable } from '../../src/base/index.js';
import type { ProcessInfo } from '../../src/kinds/index.js';
import { NodeFigures } from '../../src/runtime/index.js';
import type { NodeInstance } from '../../src/runtime/instances/node-instance.js';
import type { InputPlan } from '../../src/runtime/inputs/input-plan.js';
import { AnsweringRunner } from '../../src/runtime/runners/answering-runner.js';
import type { AnsweringRunnerOptions } from '../../src/runtime/runners/answering-runner.js';
import { VirtualClock } from '../../src/testing/index.js';

/** A node instance out of one function; the rest of its life does nothing. */
export function anInstance(
  invoke: (value: unknown, info: ProcessInfo) => Awaitable<unknown>,
  life: Partial<NodeInstance> = {},
): NodeInstance {
  return { open: () => {}, invoke, reconfigure: () => false, flush: () => {}, close: () => {}, ...life };
}

/** An answering runner with sensible defaults, and what it told its run. */
export interface RunnerUnderTest {
  readonly runner: AnsweringRunner;
  readonly figures: NodeFigures;
  readonly clock: VirtualClock;
  readonly failures: unknown[];
}

export function aRunner(
  instances: readonly NodeInstance[],
  options: {
    inputPlan?: Partial<InputPlan>;
    outputPorts?: readonly string[];
    signal?: AbortSignal;
    clock?: VirtualClock;
  } = {},
): RunnerUnderTest {
  const { clock = new VirtualClock(), outputPorts = ['out'], signal = new AbortController().signal } = options;
  const figures = new NodeFigures('node', 'test.node', outputPorts.length === 0, clock);
  const failures: unknown[] = [];
  const full: AnsweringRunnerOptions = {
    name: 'node',
    instances,
    inputPlan: { ports: ['in'], asObject: false, sync: 'timestamp', ...options.inputPlan },
    outputPorts,
    figures,
    clock,
    signal,
    events: { packetFailed: (_node, error) => void failures.push(error), nodeFailed: () => {} },
  };
  return { runner: new AnsweringRunner(full), figures, clock, failures };
}
