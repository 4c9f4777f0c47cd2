/** One line of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly title: string;
  /** As people read it: `Ctrl+C`. */
  readonly keys?: string;
  /** Left out: it is. One that is not can be found, and says what there is. */
  readonly isEnabled?: boolean;
  /** A line stands above it. */
  readonly startsGroup?: boolean;
}
