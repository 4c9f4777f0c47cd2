/** The texts of a form: components know no language. */
export interface FormWords {
  /** Marks values that a run takes over at once. */
  readonly live: string;
  /** Sets a value back. */
  readonly reset: string;
  /** How a list of texts is entered. */
  readonly perLine: string;
  readonly add: string;
  readonly remove: string;
  /** Of an entry of a map. */
  readonly name: string;
  readonly value: string;
  /** How many numbers there are. */
  readonly count: string;
}
