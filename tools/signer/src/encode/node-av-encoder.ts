import {
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_SMPTE170M,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AV_LOG_ERROR,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
} from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FormatContext, Frame, Log, Packet, Rational, type Stream } from 'node-av/lib';
import { SignerError } from '../errors.js';
import { KEY_FRAME_SECONDS, type ClipFormat, type VideoEncoder } from './video-encoder.js';

/** Encodes with the FFmpeg libraries that the package node-av carries; calls follow one another, none overlap. */
export class NodeAvEncoder implements VideoEncoder {
  readonly #context = new CodecContext();
  readonly #output = new FormatContext();
  readonly #packet = new Packet();
  readonly #frameTime: Rational;
  #stream: Stream | undefined;
  #written = 0n;

  private constructor(private readonly format: ClipFormat) {
    this.#frameTime = new Rational(1, format.fps);
  }

  /** Opens encoder and file. */
  static async open(format: ClipFormat): Promise<NodeAvEncoder> {
    const encoder = new NodeAvEncoder(format);
    try {
      await encoder.#open();
    } catch (error) {
      encoder.#free();
      throw error;
    }
    return encoder;
  }

  async write(planes: Uint8Array): Promise<void> {
    const { widthPx, heightPx } = this.format;
    const frame = new Frame();
    frame.alloc();
    try {
      frame.format = AV_PIX_FMT_YUV420P;
      frame.width = widthPx;
      frame.height = heightPx;
      // The frame gets memory of its own and the planes are copied row by row: `fromBuffer` would share the caller's.
      expectDone(frame.getBuffer(), 'getBuffer');
      copyPlanes(frame, planes, widthPx, heightPx);
      frame.pts = this.#written;
      this.#written += 1n;
      expectDone(await this.#context.sendFrame(frame), 'sendFrame');
    } finally {
      frame.free();
    }
    await this.#drain();
  }

  async finish(): Promise<void> {
    try {
      expectDone(await this.#context.sendFrame(null), 'sendFrame');
      await this.#drain();
      expectDone(await this.#output.writeTrailer(), 'writeTrailer');
      await this.#output.closeOutput();
    } finally {
      this.#free();
    }
  }

  async abort(): Promise<void> {
    await this.#output.closeOutput();
    this.#free();
  }

  async #open(): Promise<void> {
    const { file, widthPx, heightPx, fps, quality } = this.format;
    Log.setLevel(AV_LOG_ERROR);
    const codec = Codec.findEncoderByName('libx264' as Parameters<typeof Codec.findEncoderByName>[0]);
    if (!codec)
      throw new SignerError(
        'SIGNER_ENCODER_FAILED',
        'The FFmpeg of node-av has no libx264; install ffmpeg and use --encoder ffmpeg.',
      );
    const context = this.#context;
    context.allocContext3(codec);
    context.width = widthPx;
    context.height = heightPx;
    context.pixelFormat = AV_PIX_FMT_YUV420P;
    context.timeBase = this.#frameTime;
    context.framerate = new Rational(fps, 1);
    context.gopSize = Math.round(KEY_FRAME_SECONDS * fps);
    context.colorRange = AVCOL_RANGE_MPEG;
    context.colorSpace = AVCOL_SPC_SMPTE170M;
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    for (const [name, value] of Object.entries({ preset: 'slow', profile: 'main', crf: String(quality) })) {
      expectDone(context.setOption(name, value), `option ${name}`);
    }
    expectDone(await context.open2(codec), 'open2');
    expectDone(this.#output.allocOutputContext2(null, 'mp4', file), 'allocOutputContext2');
    this.#stream = this.#output.newStream();
    this.#stream.timeBase = this.#frameTime;
    this.#stream.avgFrameRate = new Rational(fps, 1);
    expectDone(this.#stream.codecpar.fromContext(context), 'fromContext');
    expectDone(await this.#output.openOutput(), `opening ${file}`);
    const options = Dictionary.fromObject({ movflags: '+faststart' });
    expectDone(await this.#output.writeHeader(options), 'writeHeader');
    this.#packet.alloc();
  }

  /** Moves all packets that are ready into the file. */
  async #drain(): Promise<void> {
    const stream = this.#stream;
    if (!stream) return;
    for (;;) {
      const answer = await this.#context.receivePacket(this.#packet);
      if (answer === AVERROR_EAGAIN || answer === AVERROR_EOF) return;
      expectDone(answer, 'receivePacket');
      this.#packet.streamIndex = stream.index;
      this.#packet.duration = 1n;
      this.#packet.rescaleTs(this.#frameTime, stream.timeBase);
      expectDone(await this.#output.interleavedWriteFrame(this.#packet), 'interleavedWriteFrame');
      this.#packet.unref();
    }
  }

  #free(): void {
    this.#packet.free();
    this.#context.freeContext();
    this.#output.freeContext();
  }
}

function copyPlanes(frame: Frame, planes: Uint8Array, widthPx: number, heightPx: number): void {
  const targets = frame.data;
  let offset = 0;
  for (const [plane, scale] of [1, 2, 2].entries()) {
    const [width, height] = [widthPx / scale, heightPx / scale];
    const target = targets?.[plane];
    const stride = frame.linesize[plane] ?? width;
    if (!target)
      throw new SignerError(
        'SIGNER_ENCODER_FAILED',
        `node-av gave a frame without plane ${plane}; use --encoder ffmpeg.`,
      );
    for (let row = 0; row < height; row += 1) {
      target.set(planes.subarray(offset, offset + width), row * stride);
      offset += width;
    }
  }
}

function expectDone(answer: number, step: string): void {
  if (answer >= 0) return;
  throw new SignerError(
    'SIGNER_ENCODER_FAILED',
    `node-av failed in ${step} with code ${answer}; check the --out path, or use --encoder ffmpeg.`,
  );
}
