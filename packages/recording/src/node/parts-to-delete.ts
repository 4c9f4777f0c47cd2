/** How much is kept of what a path has recorded. */
export interface KeepLimits {
  /** Bytes of all complete parts. */
  readonly keepBytes: number;
  /** A part goes when its end is older. */
  readonly keepMs: number;
}

/** A complete part. */
export interface CompletePart {
  readonly bytes: number;
  /** When it was completed; milliseconds since 1970. */
  readonly endedMs: number;
}

/**
 * The parts that are beyond the limits: always the oldest ones, and never one that is newer than one that stays. A part that is
 * larger than `keepBytes` by itself stays while it is the newest.
 * @param parts - in the order in which they were written, where they ended in the same moment.
 * @returns oldest first
 */
export function partsToDelete<Part extends CompletePart>(
  parts: readonly Part[],
  { keepBytes, keepMs }: KeepLimits,
  nowMs: number,
): readonly Part[] {
  const oldestFirst = parts.toSorted((a, b) => a.endedMs - b.endedMs);
  const newest = oldestFirst.at(-1);
  let bytes = 0;
  const newestToGo = oldestFirst.findLastIndex((part) => {
    bytes += part.bytes;
    return nowMs - part.endedMs > keepMs || (bytes > keepBytes && part !== newest);
  });
  return oldestFirst.slice(0, newestToGo + 1);
}
