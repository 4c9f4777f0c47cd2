import type { Rankable } from './rank.js';

/** Something to choose. */
export interface Choice extends Rankable {
  /** The key that does it without choosing, as it is shown. */
  readonly key?: string;
}
