import { KinegraphError } from '@kinegraph/core';
import type { InletKind } from '@kinegraph/core';

/** The run has no such source, or one that takes nothing from clients. */
export class SourceUnknownError extends KinegraphError {
  override readonly name = 'SourceUnknownError';
  readonly code = 'SERVER_SOURCE_UNKNOWN';
  constructor(override readonly data: { run: string; node: string; sources: readonly string[] }) {
    const there = data.sources.length === 0 ? 'The run has none.' : `Those of the run: ${data.sources.join(', ')}.`;
    super(
      `Run "${data.run}" has no source "${data.node}" that takes frames or landmarks from clients ` +
        `(core.source.frames, core.source.landmarks). ${there}`,
    );
  }
}

/** A client gives its clock a name that is none. */
export class SenderClockError extends KinegraphError {
  override readonly name = 'SenderClockError';
  readonly code = 'SERVER_SENDER_CLOCK';
  constructor(override readonly data: { length: number; allowed: string }) {
    super(
      `"clock" has ${data.length} characters; allowed: ${data.allowed}. Name the clock of your capture times by something random, ` +
        `the same for all connections that have it, or leave it out.`,
    );
  }
}

/** A picture is larger than allowed. */
export class PictureTooLargeError extends KinegraphError {
  override readonly name = 'PictureTooLargeError';
  readonly code = 'SERVER_PICTURE_TOO_LARGE';
  constructor(override readonly data: { width: number; height: number; mostPixels: number }) {
    super(
      `The picture is ${data.width}x${data.height}; allowed: ${data.mostPixels} pixels ("limits.picturePixels"). Send it smaller.`,
    );
  }
}

/** The picture is of another format than its header says. */
export class PictureFormatError extends KinegraphError {
  override readonly name = 'PictureFormatError';
  readonly code = 'SERVER_PICTURE_FORMAT';
  constructor(override readonly data: { said: string; found: string }) {
    super(
      `The frame's header says ${data.said}, but the image is ${data.found}. Set the header's format to ${data.found}.`,
    );
  }
}

const SENT = { frames: 'a picture or other bytes', landmarks: 'landmarks (KGLM)' } as const satisfies Record<
  InletKind,
  string
>;
const WANTED = {
  frames: 'pictures (JPEG, PNG, WebP)',
  landmarks: 'landmarks (KGLM)',
} as const satisfies Record<InletKind, string>;

/** A source was sent something that is for sources of another kind. */
export class IngestKindError extends KinegraphError {
  override readonly name = 'IngestKindError';
  readonly code = 'SERVER_INGEST_KIND';
  constructor(override readonly data: { sent: InletKind; takes: InletKind }) {
    super(
      `The source was sent ${SENT[data.sent]}, but takes ${WANTED[data.takes]} only. Send to a source of the graph that takes it, or add one (core.source.${data.sent}).`,
    );
  }
}
