/** What the parent asks of the child; travels as JSON in its argument. */
export interface DecodeJob {
  readonly path: string;
  readonly shortSide?: number;
  /** Where to seek to, not after `startMs`; 0: decode from the start. */
  readonly seekMs: number;
  readonly startMs?: number;
  readonly endMs?: number;
}

/** Why the child gives up before the first frame; see `DecoderNote`. */
export const ChildFault = {
  noPackage: 'no-package',
  unreadable: 'unreadable',
  noVideo: 'no-video',
  failed: 'failed',
} as const;
export type ChildFault = (typeof ChildFault)[keyof typeof ChildFault];

/** A fault that the child tells the parent. */
export class ChildFaultError extends Error {
  constructor(
    readonly fault: ChildFault,
    detail: string,
  ) {
    super(detail);
  }
}
