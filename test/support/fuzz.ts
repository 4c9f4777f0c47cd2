import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { seededRandom } from '../../packages/core/src/testing/seeded-random.js';
import type { Random } from './mutations.js';

/** For a test of one reader, which takes seconds unless the machine has other things to do. */
export const FUZZ_LIMIT_MS = 180_000;

/** What every reader of client bytes is tried with. */
const INPUTS = 100_000;
/** Inputs that one seed makes: one run of fast-check for each would take longer than the readers do. */
const INPUTS_PER_SEED = 100;
/** How much more may be held at the end than when the readers were warm. */
const MOST_GROWTH = 1.03;
/** Looks at the memory; the first tell when all code is compiled and caches are full. */
const LOOKS = 20;
const WARM_LOOKS = 5;

/** The share of inputs after which steps are counted. */
const COUNTED_FROM = 0.9;

/** A reader under test, and what it is given. */
export interface FuzzTrial<Input> {
  /** An input, decided by `random` alone. */
  readonly make: (random: Random) => Input;
  /** Reads it, and throws where what came of it is not as it has to be. */
  readonly attempt: (input: Input) => void;
  /** Steps that reading this input may take, as `StepCounter` counts them for the last tenth; left out: not counted. */
  readonly mostSteps?: (input: Input) => number;
  /** Default: 100,000. */
  readonly inputs?: number;
}

/** What came of a trial. */
export interface FuzzFigures {
  readonly inputs: number;
  /** Bytes held at the end, by bytes held when warm. */
  readonly growth: number;
  /** The most steps that one input took. */
  readonly steps: number;
}

/**
 * Tries a reader with many inputs, the same in every run of the suite.
 * @throws Error with the input, where an attempt throws, takes too many steps, or memory grows.
 */
export function fuzz<Input>({ make, attempt, mostSteps, inputs = INPUTS }: FuzzTrial<Input>): FuzzFigures {
  const runs = Math.ceil(inputs / INPUTS_PER_SEED);
  const held: number[] = [];
  let done = 0;
  let most = 0;
  let counter: StepCounter | undefined;
  const tryOne = (input: Input): void => {
    // Counting makes everything slow for good, so that it comes last.
    if (mostSteps === undefined || done < runs * COUNTED_FROM) {
      attempt(input);
      return;
    }
    counter ??= new StepCounter();
    const before = counter.steps;
    attempt(input);
    const steps = counter.steps - before;
    most = Math.max(most, steps);
    const allowed = mostSteps(input);
    if (steps > allowed) throw new Error(`Reading took ${steps} steps; allowed are ${allowed}.`);
  };
  const property = fc.property(
    // A seed is not made simpler by being smaller, so that shrinking would only try others.
    fc.noShrink(fc.integer()),
    (seed) => {
      const random = seededRandom(seed);
      for (let index = 0; index < INPUTS_PER_SEED; index += 1) {
        const input = make(random);
        try {
          tryOne(input);
        } catch (cause) {
          throw new Error(`${String(cause)} Input ${index} of seed ${seed}: ${shown(input)}`, { cause });
        }
      }
      done += 1;
      if (done % Math.ceil(runs / LOOKS) === 0) held.push(heldBytes());
    },
  );
  try {
    fc.assert(property, { numRuns: runs, includeErrorInReport: true });
  } finally {
    counter?.[Symbol.dispose]();
  }
  const warm = held.slice(WARM_LOOKS);
  const half = Math.floor(warm.length / 2);
  const growth = median(warm.slice(-half)) / median(warm.slice(0, half));
  if (growth > MOST_GROWTH)
    throw new Error(`Memory has grown by ${((growth - 1) * 100).toFixed(1)} %: ${held.map(inKib).join(', ')} KiB.`);
  return { inputs: done * INPUTS_PER_SEED, growth, steps: most };
}

/**
 * What a reader makes of an input; undefined where it refuses with its own error, whose sentence is short however long the
 * input is. Any other error is thrown on. Without `expect`, which takes longer than the readers.
 */
export function readOrRefused<T>(
  read: () => T,
  ...errors: readonly (new (...args: never[]) => Error)[]
): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof Error) || !errors.some((error) => thrown instanceof error)) throw thrown;
    expectTrue(thrown.message.length <= MOST_SENTENCE, `a sentence of ${MOST_SENTENCE} characters at most`);
    return undefined;
  }
}
const MOST_SENTENCE = 600;

/** @throws Error where it is not so */
export function expectTrue(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`Not so: ${what}.`);
}

/** What readers walk over their input with: reads of a view, searches, matches, conversions. */
const STEPS: readonly (readonly [object, readonly string[]])[] = [
  [
    DataView.prototype,
    ['getUint8', 'getUint16', 'getUint32', 'getInt32', 'getFloat32', 'getFloat64', 'getBigUint64', 'getInt16'],
  ],
  [Object.getPrototypeOf(Uint8Array.prototype) as object, ['indexOf', 'every', 'subarray', 'slice', 'set']],
  [RegExp.prototype, ['exec']],
  [JSON, ['parse', 'stringify']],
  [String.prototype, ['indexOf', 'slice', 'split', 'trim', 'charCodeAt']],
];

/**
 * Counts how often anything that readers walk over their input with is called, until disposed of: work by count, for times
 * say nothing on a busy machine. Indexing is not counted.
 */
export class StepCounter implements Disposable {
  steps = 0;
  readonly #restore: (() => void)[] = [];

  constructor() {
    for (const [owner, names] of STEPS) for (const name of names) this.#count(owner, name);
  }

  [Symbol.dispose](): void {
    for (const restore of this.#restore.splice(0)) restore();
  }

  #count(owner: object, name: string): void {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    const original: unknown = before?.value;
    if (before === undefined || typeof original !== 'function') throw new Error(`There is no ${name} to count.`);
    const tell = (): void => void (this.steps += 1);
    const counted = function (this: unknown, ...args: unknown[]): unknown {
      tell();
      return Reflect.apply(original, this, args);
    };
    Object.defineProperty(owner, name, { ...before, value: counted });
    this.#restore.push(() => Object.defineProperty(owner, name, before));
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of the heap and of buffers outside it, after a collection. */
export function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage(); // external has the array buffers
  return heapUsed + external;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function inKib(bytes: number): string {
  return (bytes / 1024).toFixed(0);
}

/** The input as one can paste it into a test. */
function shown(input: unknown): string {
  if (input instanceof Uint8Array) return `Buffer.from('${Buffer.from(input).toString('hex')}', 'hex')`;
  return JSON.stringify(input) ?? String(input);
}
