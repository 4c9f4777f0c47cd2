/** An input or output of a model. */
export interface ValueInfo {
  readonly name: string;
  /** An `ElementType`, or the name of one that this package does not carry, such as `string`. */
  readonly type: string;
  /** A number from 0, the name of a size that may vary, or null for one without a name. */
  readonly dims: readonly (number | string | null)[];
  /** Set where even the number of axes is open; `dims` is empty then. */
  readonly anyRank?: true;
}
