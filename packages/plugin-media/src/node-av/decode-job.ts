/** Frames of a file. */
export interface FileJob {
  readonly kind: 'file';
  readonly path: string;
  readonly shortSide?: number;
  /** Where to seek to, not after `startMs`; 0: decode from the start. */
  readonly seekMs: number;
  readonly startMs?: number;
  readonly endMs?: number;
}

/** Frames of a live input, as they come. */
export interface LiveJob {
  readonly kind: 'live';
  /** A URL with its password, or a device's name. */
  readonly address: string;
  /** FFmpeg's name of the input format; left out: it is told from the address and the bytes. */
  readonly format?: string;
  readonly options: Readonly<Record<string, string>>;
  readonly shortSide?: number;
}

/** What the parent asks of the child. */
export type DecodeJob = FileJob | LiveJob;

/**
 * The environment variable that the job travels in, as JSON. Only the user who runs the child can read it there; an argument
 * could be read by everyone on the machine, with the password of a camera in it.
 */
export const JOB_VARIABLE = 'KINEGRAPH_DECODE_JOB';

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
