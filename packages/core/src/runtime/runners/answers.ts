import { KinegraphError, isPromiseLike } from '../../base/index.js';
import { cloneValue, closeValue, skipPacket, valuePacket, valuesOf } from '../../kinds/index.js';
import type { Packet, Trace } from '../../kinds/index.js';
import { Frame } from '../../vision/index.js';
import { anyCheck } from '../checks/port-check.js';
import { describeValue } from '../checks/value-check.js';
import type { ValueCheck } from '../checks/value-check.js';

/** A node answered something that its outputs cannot take; costs the packet. */
export class BadAnswerError extends KinegraphError {
  override readonly name = 'BadAnswerError';
  readonly code = 'RUN_BAD_ANSWER';
  /** @param data - `port` is left out where the answer as a whole is at fault. */
  constructor(override readonly data: { node: string; port?: string; fault: string; mend: string }) {
    const at = data.port === undefined ? '' : ` at output "${data.port}"`;
    super(`Node "${data.node}" answered ${data.fault}${at}. ${data.mend}`);
  }
}

/** One skip for each output port. */
export function skipAnswer(ports: readonly string[], timestampMs: number, trace: Trace): readonly Packet[] {
  return ports.map(() => skipPacket(timestampMs, trace));
}

/**
 * One packet for each output port out of what a node answered, which is taken over: a value for one port, for several
 * an object by port name.
 * @param checks - what may go out at each of the ports, in their order; any value where there is none.
 * @throws BadAnswerError - the answer then still belongs to the caller.
 */
export function answerPackets(
  node: string,
  ports: readonly string[],
  answer: unknown,
  timestampMs: number,
  trace: Trace,
  checks: readonly ValueCheck[] = [],
): readonly Packet[] {
  const [first] = ports;
  if (first === undefined) return [];
  if (ports.length === 1) {
    checkValue(node, first, answer, timestampMs, checks[0]);
    return [valuePacket(timestampMs, trace, answer)];
  }
  if (typeof answer !== 'object' || answer === null || answer instanceof Frame) throw notByPort(node, ports, answer);
  const unknown = Object.keys(answer).find((port) => !ports.includes(port));
  if (unknown !== undefined) {
    throw new BadAnswerError({
      node,
      fault: `an object with "${unknown}", which is none of its outputs`,
      mend: `Answer an object by port name (${ports.join(', ')}), or add the output to the plugin's manifest.`,
    });
  }
  const values = ports.map((port): unknown => Reflect.get(answer, port));
  for (const [index, port] of ports.entries())
    if (values[index] !== undefined) checkValue(node, port, values[index], timestampMs, checks[index]);
  return values.map((value, index) => {
    if (value === undefined) return skipPacket(timestampMs, trace);
    // One value at two ports: each of them closes its own.
    return valuePacket(timestampMs, trace, values.indexOf(value) < index ? cloneValue(value) : value);
  });
}

/** Gives up the ownership of what a node was called with, but for what it passed on as its answer. */
export function closeInput(input: unknown, asObject: boolean, answer: readonly Packet[]): void {
  for (const value of asObject ? Object.values(input as Record<string, unknown>) : [input]) {
    if (!answer.some((packet) => packet.value === value)) closeValue(value);
  }
}

/** Gives up a refused answer, but for what is (part of) the input: that is closed with the input. */
export function closeRefused(answer: unknown, input: unknown, asObject: boolean): void {
  const inputs = asObject ? Object.values(input as Record<string, unknown>) : [input];
  for (const value of new Set<unknown>(Array.isArray(answer) ? answer : valuesOf(answer))) {
    if (inputs.includes(value)) continue;
    if (isPromiseLike(value)) value.then(closeValue, () => {}); // refused already; what it brings is nobody's
    else closeValue(value);
  }
}

/** @throws BadAnswerError where the value is not what the port takes. */
export function checkValue(
  node: string,
  port: string,
  value: unknown,
  timestampMs: number,
  check: ValueCheck = anyCheck,
): void {
  const fault = check(value, timestampMs);
  if (fault !== undefined) throw new BadAnswerError({ node, port, fault: fault.found, mend: fault.mend });
}

function notByPort(node: string, ports: readonly string[], answer: unknown): BadAnswerError {
  return new BadAnswerError({
    node,
    fault: describeValue(answer),
    mend: `With several outputs it must answer an object by port name (${ports.join(', ')}).`,
  });
}
