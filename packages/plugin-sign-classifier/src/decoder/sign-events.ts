import type { LabelScore } from '@kinegraph/core/plugin';

/** One sign that was made. */
export interface SignEvent extends LabelScore {
  readonly trackId: number;
  /** When the first classification spoke for it; the mean of the scores of all that did is its score. */
  readonly startMs: number;
  /** When the newest did. */
  readonly endMs: number;
  /** What else the newest says it might be, best first. */
  readonly alternatives: readonly LabelScore[];
}

/** The value of ports `signs.events`: the signs that became sure at this moment, at least one. */
export interface SignEvents {
  readonly events: readonly SignEvent[];
}
