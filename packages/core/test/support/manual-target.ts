import { closeValue } from '../../src/kinds/index.js';
import type { Trace } from '../../src/kinds/index.js';
import { NodeFigures } from '../../src/runtime/index.js';
import { VirtualClock } from '../../src/testing/index.js';
import type { InputTarget } from '../../src/runtime/inputs/input-set.js';

/** A node as an input set sees it, which becomes free when a test says so. Closes what it is called with. */
export class ManualTarget implements InputTarget {
  readonly figures = new NodeFigures('node', 'test.node', false, new VirtualClock());
  /** `[timestamp, value]`, or `[timestamp, 'skip']`; frames as their sequence numbers. */
  readonly calls: [number, unknown][] = [];
  ends = 0;
  areIdle = false;
  startMs = Number.NEGATIVE_INFINITY;
  #places: number;

  constructor(places = Number.POSITIVE_INFINITY) {
    this.#places = places;
  }

  get canStart(): boolean {
    return this.#places > 0;
  }

  /** Makes room for one more call; the test tells the input set. */
  free(): void {
    this.#places += 1;
  }

  start(value: unknown, timestampMs: number, _trace: Trace): void {
    this.#call(timestampMs, describe(value));
    closeValue(value);
    if (isPlain(value)) for (const item of Object.values(value)) closeValue(item);
  }

  startSkip(timestampMs: number): void {
    this.#call(timestampMs, 'skip');
  }

  inputsStartAfter(timestampMs: number): void {
    this.startMs = timestampMs;
  }

  inputsEnded(): void {
    this.ends += 1;
  }

  inputsIdle(areIdle: boolean): void {
    this.areIdle = areIdle;
  }

  #call(timestampMs: number, what: unknown): void {
    if (!this.canStart) throw new Error('The node was called while it was busy.');
    if (this.ends > 0) throw new Error('The node was called after its inputs had ended.');
    this.#places -= 1;
    this.calls.push([timestampMs, what]);
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function describe(value: unknown): unknown {
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([port, item]) => [port, describe(item)]));
  return typeof value === 'object' && value !== null && 'sequence' in value ? value.sequence : value;
}
