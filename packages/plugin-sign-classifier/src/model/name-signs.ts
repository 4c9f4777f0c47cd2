import type { Classification, LabelScore } from '@kinegraph/core/plugin';
import type { SignLabel } from './card.js';

/** The value of `signs.classifier`: a classification that also says which labels are held shapes. */
export interface SignClassification extends Classification {
  readonly tracks: readonly SignClassificationTrack[];
}

/** One hand's label. */
export interface SignClassificationTrack extends LabelScore {
  readonly trackId: number;
  readonly alternatives: readonly LabelScore[];
  /** True where the label is a held shape, false where it is a movement; left out where the model's card does not say. */
  readonly static?: boolean;
}

/** How to name what a model scored. */
export interface NamingOptions {
  readonly noneLabel: string;
  /** The most alternatives. */
  readonly alternatives: number;
  /** In place of the labels' thresholds. */
  readonly minScore: number | undefined;
}

/**
 * The best label of one hand, or none: where the none label wins, or where the best is below its threshold.
 * @param scores - one for each label, 0-1.
 */
export function nameSign(
  trackId: number,
  scores: Float32Array,
  labels: readonly SignLabel[],
  { noneLabel, alternatives, minScore }: NamingOptions,
): SignClassificationTrack {
  const ranked = bestOf(scores, alternatives + 1).map((at) => ({ ...labelAt(labels, at), score: scores[at] ?? 0 }));
  const [best, ...next] = ranked;
  if (best === undefined) return { trackId, label: noneLabel, score: 1, alternatives: [] };
  if (best.label === noneLabel) return { trackId, label: noneLabel, score: best.score, alternatives: next.map(plain) };
  if (best.score >= (minScore ?? best.threshold)) {
    const held = best.static === undefined ? {} : { static: best.static };
    return { trackId, ...plain(best), alternatives: next.map(plain), ...held };
  }
  const others = ranked.filter(({ label }) => label !== noneLabel).slice(0, alternatives);
  return { trackId, label: noneLabel, score: 1 - best.score, alternatives: others.map(plain) };
}

/** The places of the highest scores, best first; of equal ones the first. */
function bestOf(scores: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let at = 0; at < scores.length; at += 1) {
    const score = scores[at] ?? 0;
    if (best.length === count && score <= (scores[best[count - 1] ?? 0] ?? 0)) continue;
    let place = best.length;
    while (place > 0 && score > (scores[best[place - 1] ?? 0] ?? 0)) place -= 1;
    best.splice(place, 0, at);
    if (best.length > count) best.pop();
  }
  return best;
}

function labelAt(labels: readonly SignLabel[], at: number): SignLabel {
  return labels[at] ?? { label: '', threshold: 0, static: undefined };
}

function plain({ label, score }: LabelScore): LabelScore {
  return { label, score };
}
