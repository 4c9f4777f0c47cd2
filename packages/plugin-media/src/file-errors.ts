import { KinegraphError } from '@kinegraph/core/plugin';

/** There is nothing at the path. */
export class MediaFileMissingError extends KinegraphError {
  override readonly name = 'MediaFileMissingError';
  readonly code = 'MEDIA_FILE_MISSING';
  constructor(
    override readonly data: { path: string },
    options?: ErrorOptions,
  ) {
    super(
      `There is no file at "${data.path}". Check the path; relative ones start at the folder of the graph document.`,
      options,
    );
  }
}

/** The path leads to something else than what the source reads. */
export class MediaFileKindError extends KinegraphError {
  override readonly name = 'MediaFileKindError';
  readonly code = 'MEDIA_FILE_KIND';
  constructor(override readonly data: { path: string; found: string; mend: string }) {
    super(`"${data.path}" is ${data.found}. ${data.mend}`);
  }
}

/** The operating system refuses to open the file. */
export class MediaFileDeniedError extends KinegraphError {
  override readonly name = 'MediaFileDeniedError';
  readonly code = 'MEDIA_FILE_DENIED';
  constructor(
    override readonly data: { path: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `"${data.path}" cannot be read (${data.reason}). Give the user that runs Kinegraph the right to read it.`,
      options,
    );
  }
}

/** The file has no bytes. */
export class MediaFileEmptyError extends KinegraphError {
  override readonly name = 'MediaFileEmptyError';
  readonly code = 'MEDIA_FILE_EMPTY';
  constructor(override readonly data: { path: string }) {
    super(`"${data.path}" is empty (0 bytes). Copy or record it again.`);
  }
}

/** The decoder finds no video container in the file, or one whose table of contents is lost. */
export class MediaFileUnreadableError extends KinegraphError {
  override readonly name = 'MediaFileUnreadableError';
  readonly code = 'MEDIA_FILE_UNREADABLE';
  constructor(
    override readonly data: { path: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `"${data.path}" is no video file, or one that was cut off or damaged before it could be opened (${data.reason}). ` +
        'Copy or record it again, or convert it to MP4, MKV or WebM.',
      options,
    );
  }
}

/** The file is sound but holds no moving picture. */
export class MediaFileNoVideoError extends KinegraphError {
  override readonly name = 'MediaFileNoVideoError';
  readonly code = 'MEDIA_FILE_NO_VIDEO';
  constructor(
    override readonly data: { path: string },
    options?: ErrorOptions,
  ) {
    super(
      `"${data.path}" holds no video track. Choose a file with a picture; a sound file cannot be a source of frames.`,
      options,
    );
  }
}

/** The file stops before its end. All frames before the cut have been delivered when this is thrown. */
export class MediaFileTruncatedError extends KinegraphError {
  override readonly name = 'MediaFileTruncatedError';
  readonly code = 'MEDIA_FILE_TRUNCATED';
  constructor(
    override readonly data: { path: string; lastTimestampMs: number; durationMs: number | undefined },
    options?: ErrorOptions,
  ) {
    const of = data.durationMs === undefined ? '' : ` of ${(data.durationMs / 1000).toFixed(2)} s`;
    super(
      `"${data.path}" is cut off: its last whole frame is at ${(data.lastTimestampMs / 1000).toFixed(2)} s${of}. ` +
        'The frames before the cut were delivered; copy or record the file again to get the rest.',
      options,
    );
  }
}

/** The video has no frame between the start and the end that were asked for. */
export class MediaFileNoFramesError extends KinegraphError {
  override readonly name = 'MediaFileNoFramesError';
  readonly code = 'MEDIA_FILE_NO_FRAMES';
  constructor(
    override readonly data: {
      path: string;
      startMs: number;
      endMs: number | undefined;
      durationMs: number | undefined;
    },
  ) {
    const end = data.endMs === undefined ? 'its end' : `${data.endMs} ms`;
    const long = data.durationMs === undefined ? '' : `; it is ${Math.round(data.durationMs)} ms long`;
    super(`"${data.path}" has no frame between ${data.startMs} ms and ${end}${long}. Change startMs or endMs.`);
  }
}

/** The end that was asked for is not after the start. */
export class MediaRangeError extends KinegraphError {
  override readonly name = 'MediaRangeError';
  readonly code = 'MEDIA_RANGE';
  constructor(override readonly data: { startMs: number; endMs: number }) {
    super(`endMs is ${data.endMs} but must be greater than startMs, which is ${data.startMs}. Change one of them.`);
  }
}

/** An image of a folder cannot be decoded. */
export class MediaImageError extends KinegraphError {
  override readonly name = 'MediaImageError';
  readonly code = 'MEDIA_IMAGE_UNREADABLE';
  constructor(
    override readonly data: { path: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(`The image "${data.path}" cannot be used: ${data.reason} Remove it, or set onUnreadable to "skip".`, options);
  }
}
