/** What a figure has to reach. */
export interface Target {
  readonly atLeast?: number;
  readonly below?: number;
  /** The value that theory gives, and how far from it the measured one may be. */
  readonly near?: { readonly value: number; readonly within: number };
}

/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: Target;
}

/** What the command line may ask of a benchmark. */
export interface BenchmarkSettings {
  /** How long to measure, for those that go on as long as one likes. */
  readonly minutes?: number;
}

/** Something that can be measured with one command. */
export interface Benchmark {
  readonly name: string;
  readonly title: string;
  run(tell: (line: string) => void, settings: BenchmarkSettings): Promise<readonly Figure[]>;
}

/** True where the figure has no target or reaches it. */
export function isReached({ value, target }: Figure): boolean {
  return (
    (target?.atLeast === undefined || value >= target.atLeast) &&
    (target?.below === undefined || value < target.below) &&
    (target?.near === undefined || Math.abs(value - target.near.value) <= target.near.within)
  );
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
