import { KinegraphError } from '@kinegraph/core/plugin';

/** No driver can run here, or not the one that was asked for. */
export class DecoderMissingError extends KinegraphError {
  override readonly name = 'DecoderMissingError';
  readonly code = 'MEDIA_DECODER_MISSING';
  constructor(
    override readonly data: { wanted: string; reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `No video decoder was found (driver "${data.wanted}": ${data.reason}). ` +
        'Install ffmpeg 5.1 or later and put it on the PATH (or set ffmpegPath), or add the package node-av 6.1.',
      options,
    );
  }
}

/** The decoder's process ended by itself although the stream had not. */
export class DecoderFailedError extends KinegraphError {
  override readonly name = 'DecoderFailedError';
  readonly code = 'MEDIA_DECODER_FAILED';
  constructor(
    override readonly data: { driver: string; subject: string; how: string },
    options?: ErrorOptions,
  ) {
    super(
      `The decoder ${data.driver} failed on "${data.subject}" (${data.how}). ` +
        'Try the other driver (driver: "ffmpeg" or "node-av"), or convert the video to MP4 with H.264.',
      options,
    );
  }
}

/** The decoder gave no frame within the time limit and was killed. */
export class DecoderHungError extends KinegraphError {
  override readonly name = 'DecoderHungError';
  readonly code = 'MEDIA_DECODER_HUNG';
  constructor(
    override readonly data: { driver: string; subject: string; limitMs: number },
    options?: ErrorOptions,
  ) {
    super(
      `The decoder ${data.driver} gave no frame of "${data.subject}" for ${data.limitMs} ms and was stopped. ` +
        'Check that the file is reachable (network folders may hang), or raise frameTimeoutMs.',
      options,
    );
  }
}

/** What came through the pipe is not what a decoder writes; the process was killed. */
export class DecoderGarbageError extends KinegraphError {
  override readonly name = 'DecoderGarbageError';
  readonly code = 'MEDIA_DECODER_GARBAGE';
  constructor(
    override readonly data: { driver: string; detail: string },
    options?: ErrorOptions,
  ) {
    super(
      `The decoder ${data.driver} wrote something that is no frame (${data.detail}) and was stopped. ` +
        'Check that ffmpegPath leads to a real ffmpeg, or choose the other driver.',
      options,
    );
  }
}

/** Frames of this size would not fit into memory with good manners. */
export class FrameTooLargeError extends KinegraphError {
  override readonly name = 'FrameTooLargeError';
  readonly code = 'MEDIA_FRAME_TOO_LARGE';
  constructor(override readonly data: { width: number; height: number; limitPixels: number }) {
    super(
      `A frame of ${data.width}x${data.height} is larger than the ${data.limitPixels} pixels allowed. ` +
        'Set shortSide so that it is reduced while it is decoded.',
    );
  }
}
