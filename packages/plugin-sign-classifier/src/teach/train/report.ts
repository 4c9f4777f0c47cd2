import type { Calibration } from './calibrate.js';
import { probabilities } from './calibrate.js';
import { stopIfAborted } from './cancelling.js';
import type { Cancelling } from './cancelling.js';
import type { LeftOut } from './heads.js';
import type { TrainingRows } from './rows.js';

/** Two labels that the model takes for each other. */
export interface Alike {
  readonly label: string;
  /** What windows of it are taken for. */
  readonly taken: string;
  /** Share of the windows of `label`, 0-1. */
  readonly share: number;
  /** One sentence: what to do. */
  readonly advice: string;
}

/** What is known of one label. */
export interface LabelReport {
  readonly label: string;
  readonly takes: number;
  /** Windows of its takes that are told right without having been trained with; undefined with one take, and where there are too many labels to measure all. */
  readonly accuracy: number | undefined;
  readonly threshold: number;
}

/** How good a model is, told by takes that it was not trained with: each is left out once. */
export interface TrainingReport {
  readonly takes: number;
  readonly windows: number;
  /** Share of windows told right, each by a model without the take; of labels with several takes. Undefined where there are none. */
  readonly accuracy: number | undefined;
  readonly labels: readonly LabelReport[];
  /** The worst first. */
  readonly alikes: readonly Alike[];
  /** What is wrong with the takes as a whole, for people. */
  readonly warnings: readonly string[];
}

/** From this share on two labels are told as alike. */
const ALIKE = 0.1;
const MOST_ALIKES = 20;
/** With fewer takes a label is known by little more than these. */
const FEW_TAKES = 3;

/** Sums up what was left out. Labels with one take have nothing to be measured by. @throws AbortedError */
export function reportOn(
  rows: TrainingRows,
  leftOut: readonly LeftOut[],
  calibration: Calibration,
  signal: Cancelling | undefined,
): TrainingReport {
  const { labels } = rows;
  const classCount = labels.length;
  const counts = labels.map(() => ({ takes: 0, windows: 0, right: 0 }));
  const taken = new Map<string, number>();
  const given = new Float64Array(classCount);
  for (const { column, take } of rows.groups) {
    const own = counts[column];
    if (own !== undefined && take !== undefined) own.takes += 1;
  }
  for (const { group, scores } of leftOut) {
    stopIfAborted(signal);
    const own = counts[group.column];
    if (own === undefined || group.take === undefined) continue;
    for (let row = 0; row < group.recorded; row += 1) {
      probabilities(scores.subarray(row * classCount, (row + 1) * classCount), calibration, given);
      let best = 0;
      for (let column = 1; column < classCount; column += 1)
        if ((given[column] ?? 0) > (given[best] ?? 0)) best = column;
      own.windows += 1;
      if (best === group.column) own.right += 1;
      else {
        const key = `${group.column} ${best}`;
        taken.set(key, (taken.get(key) ?? 0) + 1);
      }
    }
  }
  const measured = counts.filter(({ takes }) => takes > 1);
  const windows = measured.reduce((sum, one) => sum + one.windows, 0);
  const alikes = [...taken]
    .map(([key, count]) => {
      const [from = 0, to = 0] = key.split(' ').map(Number);
      return { from, to, share: count / (counts[from]?.windows ?? 1) };
    })
    .filter(({ share, to }) => share >= ALIKE && to !== classCount - 1)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, MOST_ALIKES)
    .map(({ from, to, share }) => {
      const [label, other] = [labels[from] ?? '', labels[to] ?? ''];
      return { label, taken: other, share, advice: adviceFor(label, other, share, counts[from]?.takes ?? 0) };
    });
  return {
    takes: counts.reduce((sum, one) => sum + one.takes, 0),
    windows: counts.reduce((sum, one) => sum + one.windows, 0),
    accuracy: windows === 0 ? undefined : measured.reduce((sum, one) => sum + one.right, 0) / windows,
    labels: labels.flatMap((label, column) => {
      const { takes, windows: own, right } = counts[column] ?? { takes: 0, windows: 0, right: 0 };
      if (takes === 0) return [];
      return [
        {
          label,
          takes,
          accuracy: takes < 2 || own === 0 ? undefined : right / own,
          threshold: calibration.thresholds[column] ?? 0,
        },
      ];
    }),
    alikes,
    warnings: warningsOf(labels, counts),
  };
}

function adviceFor(label: string, other: string, share: number, takes: number): string {
  const percent = Math.round(share * 100);
  if (share >= 0.9 && takes > 1)
    return `"${label}" and "${other}" are the same sign as far as can be told: keep one of the two, or see whether takes lie under the wrong label.`;
  if (takes < 2) return `"${label}" has one take, which looks like "${other}": record a few more of both.`;
  return `${percent} % of "${label}" is taken for "${other}": record more takes of both, and show what tells them apart.`;
}

function warningsOf(labels: readonly string[], counts: readonly { readonly takes: number }[]): readonly string[] {
  const warnings: string[] = [];
  const few = labels.filter((_, column) => {
    const takes = counts[column]?.takes ?? 0;
    return takes > 0 && takes < FEW_TAKES && column < labels.length - 1;
  });
  if (few.length > 0) {
    const named = few
      .slice(0, 8)
      .map((label) => `"${label}"`)
      .join(', ');
    const more = few.length > 8 ? ` and ${few.length - 8} more` : '';
    warnings.push(
      `Fewer than ${FEW_TAKES} takes: ${named}${more}. Five or more of each make a model that can be relied on.`,
    );
  }
  if ((counts.at(-1)?.takes ?? 0) === 0)
    warnings.push(
      `There are no takes of "${labels.at(-1)}": record a minute of hands that do something else, so that fewer other movements are taken for signs.`,
    );
  return warnings;
}
