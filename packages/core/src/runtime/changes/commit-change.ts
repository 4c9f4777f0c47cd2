import { wireName } from '../../graph/index.js';
import type { ResolvedWire } from '../../graph/index.js';
import type { NodeRunner, Replacement } from '../runners/node-runner.js';
import type { Outlet } from '../wires/outlet.js';
import type { ChangePlan } from './plan-change.js';
import { wiredInputs } from './running-graph.js';
import type { RunningGraph } from './running-graph.js';

/** All that a change needs besides its plan, open and ready. */
export interface PreparedChange {
  readonly plan: ChangePlan;
  /** The runners of the nodes that begin. */
  readonly beginning: ReadonlyMap<string, NodeRunner>;
  readonly replacements: readonly Replacement[];
}

/**
 * Makes the change: wires and nodes are exchanged in one turn, in which no packet moves. Everything that could fail was
 * done before. The answer is the runners that end; they have been told, and finish what is under way in them.
 */
export function commitChange(running: RunningGraph, { plan, beginning, replacements }: PreparedChange): NodeRunner[] {
  const ending = [...plan.ending].flatMap((name) => running.runner(name) ?? []);
  const touched = new Set<Outlet>();
  const hold = (wire: ResolvedWire): void => {
    const outlet = running.outlet(wire);
    if (outlet === undefined) return;
    if (!outlet.held) touched.add(outlet); // who holds it already releases it
    outlet.hold();
  };

  for (const replacement of replacements) replacement.commit();
  for (const wire of plan.cut) hold(wire);
  const bereft = plan.cut.filter(({ to }) => plan.ending.has(to.node)).flatMap((wire) => running.consumer(wire) ?? []);
  for (const wire of plan.cut) {
    const consumer = running.consumer(wire);
    if (consumer !== undefined) running.outlet(wire)?.disconnect(consumer);
  }

  const goingOn = new Map(running.runners.map((runner) => [runner.name, runner]));
  for (const name of plan.ending) goingOn.delete(name);
  running.replace(plan.after, new Map([...goingOn, ...beginning]));
  for (const node of plan.after.nodes) {
    if (plan.rewired.has(node.name))
      running.runner(node.name)?.rewire(wiredInputs(node, plan.after), unchangedInputs(plan, node.name));
  }
  for (const wire of plan.laid) {
    hold(wire);
    running.connect(wire);
  }
  for (const outlet of touched) outlet.release();
  for (const consumer of bereft) consumer.end();
  return ending;
}

/** The inputs of a rewired node that the same node feeds as before. */
function unchangedInputs({ cut, laid, ending }: ChangePlan, name: string): Set<string> {
  const before = new Set(cut.filter(({ from }) => !ending.has(from.node)).map(wireName));
  return new Set(laid.filter((wire) => wire.to.node === name && before.has(wireName(wire))).map(({ to }) => to.port));
}
