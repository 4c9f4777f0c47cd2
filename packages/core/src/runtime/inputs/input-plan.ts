import type { InputSet, InputTarget } from './input-set.js';
import { LatestJoin } from './latest-join.js';
import { SingleInput } from './single-input.js';
import { TimestampJoin } from './timestamp-join.js';

/** How the inputs of an answering node come together. */
export interface InputPlan {
  /** The wired input ports, in the order of the node type. At least one. */
  readonly ports: readonly [string, ...string[]];
  /** True where the node type has more than one input port: the node is then called with an object by port name. */
  readonly asObject: boolean;
  readonly sync: 'timestamp' | 'latest';
}

/** @param held - newest values that a latest join goes on with, by port name. */
export function planInputs(plan: InputPlan, target: InputTarget, held?: ReadonlyMap<string, unknown>): InputSet {
  if (plan.ports.length === 1) return new SingleInput(plan.ports[0], target, plan.asObject);
  return plan.sync === 'latest' ? new LatestJoin(plan.ports, target, held) : new TimestampJoin(plan.ports, target);
}
