import type { NodeNow } from '@kinegraph/core/protocol';

/** What of a node's figures is shown at it; null: nothing to tell. */
export interface ShownFigures {
  readonly perSecond: number | null;
  readonly workMs: readonly [p50: number | null, p95: number | null];
  readonly waitMs: readonly [p50: number | null, p95: number | null];
  /** All causes together. */
  readonly dropped: number;
  readonly causes: Readonly<Record<string, number>>;
}

/** What a new figure moves what is shown: numbers that swing with each packet cannot be read. */
const WEIGHT = 0.4;

/** What is to be shown after what was shown before, so that numbers do not jump. */
export function easedFigures(before: ShownFigures | undefined, node: NodeNow): ShownFigures {
  const { perSecond, workMs, handOverMs, waitMs, dropped } = node;
  // A buffer works on nothing: what counts is how long packets lie in it.
  const time = workMs.count > 0 ? workMs : handOverMs;
  return {
    perSecond: eased(before?.perSecond, perSecond),
    workMs: [eased(before?.workMs[0], time.p50), eased(before?.workMs[1], time.p95)],
    waitMs: [eased(before?.waitMs[0], waitMs.p50), eased(before?.waitMs[1], waitMs.p95)],
    dropped: Object.values(dropped).reduce((sum, count) => sum + count, 0),
    causes: dropped,
  };
}

function eased(before: number | null | undefined, now: number | null): number | null {
  if (now === null || before === null || before === undefined) return now;
  return Math.abs(now - before) < 0.005 ? now : before + WEIGHT * (now - before);
}

/** Three digits that count: `0.42`, `8.31`, `21.4`, `1204`. */
export function threeDigits(value: number | null): string {
  if (value === null) return '–';
  if (value >= 99.95) return value.toFixed(0);
  return value.toFixed(value >= 9.995 ? 1 : 2);
}

/** A count in as few letters as tell it: `987`, `12.3k`, `4.1M`. */
export function shortCount(count: number): string {
  if (count < 1000) return String(count);
  if (count < 999_500) return `${threeDigits(count / 1000)}k`;
  return `${threeDigits(count / 1_000_000)}M`;
}
