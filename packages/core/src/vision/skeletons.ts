/** Names and connections of a landmark set, as data. */
export interface Skeleton {
  /** `hand-21`, `pose-33`, ...; the port type is `landmarks/<id>`. */
  readonly id: string;
  readonly title: string;
  /** In the order of the landmarks. */
  readonly points: readonly string[];
  /** Pairs of indices into `points` to draw as bones. */
  readonly connections: readonly (readonly [number, number])[];
}
