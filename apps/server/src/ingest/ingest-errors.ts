import { KinegraphError } from '@kinegraph/core';

/** The run has no such source, or one that takes no frames from clients. */
export class SourceUnknownError extends KinegraphError {
  override readonly name = 'SourceUnknownError';
  readonly code = 'SERVER_SOURCE_UNKNOWN';
  constructor(override readonly data: { run: string; node: string; sources: readonly string[] }) {
    const there = data.sources.length === 0 ? 'The run has none.' : `Those of the run: ${data.sources.join(', ')}.`;
    super(
      `Run "${data.run}" has no source "${data.node}" that takes frames from clients (core.source.frames). ${there}`,
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
