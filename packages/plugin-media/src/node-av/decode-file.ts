import { Codec, CodecContext, Dictionary, FFmpegError, FormatContext, Frame, Packet, PosixError } from 'node-av/lib';
import type { Stream } from 'node-av/lib';
import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_NOPTS_VALUE,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVDISCARD_ALL,
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import { VIDEO_CONTAINERS } from '../decoder/containers.js';
import { encodeNote } from '../decoder/frame-record.js';
import { uprightFilters } from '../decoder/picture-filter.js';
import { complain, writeBlocking } from './blocking-output.js';
import { ChildFault, ChildFaultError } from './decode-job.js';
import type { DecodeJob } from './decode-job.js';
import { FrameWriter } from './frame-writer.js';
import { PictureGraph } from './picture-graph.js';

const AVERROR_EAGAIN = FFmpegError.AVERROR(PosixError.EAGAIN);

/** Ticks of the container's own times (AV_TIME_BASE). */
const MICROSECONDS = 1_000_000;

/**
 * Decodes a file from start to end and writes its frames to standard output. Runs in the child process.
 *
 * Only the low-level API is used: `Demuxer.packets()` yields nothing on Node 20, which has no `Promise.withResolvers`.
 * Demuxing is asynchronous, so that the end of standard input is noticed while a file system hangs; decoding, filtering
 * and writing block.
 *
 * @throws ChildFaultError where the file is at fault
 */
export async function decodeFile(job: DecodeJob): Promise<void> {
  const container = new FormatContext();
  container.allocContext();
  const options = Dictionary.fromObject({ protocol_whitelist: 'file', format_whitelist: VIDEO_CONTAINERS });
  try {
    const opened = await container.openInput(`file:${job.path}`, null, options);
    if (opened < 0) throw new ChildFaultError(ChildFault.unreadable, FFmpegError.strerror(opened));
    if ((await container.findStreamInfo()) < 0)
      throw new ChildFaultError(ChildFault.unreadable, 'its tracks cannot be told');
    const stream = videoStreamOf(container);
    if (stream === undefined) throw new ChildFaultError(ChildFault.noVideo, 'no video track');
    if (container.duration > 0n)
      writeBlocking(encodeNote({ type: 'facts', durationMs: Number(container.duration) / 1000 }));
    await decodeStream(container, stream, job);
  } finally {
    await container.closeInput();
    options.free();
  }
}

/** The first video track that is no cover picture; all others are switched off. */
function videoStreamOf(container: FormatContext): Stream | undefined {
  const { streams } = container;
  const video = streams.find(
    (stream) =>
      stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO && (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) === 0,
  );
  for (const stream of streams) {
    if (stream !== video) stream.discard = AVDISCARD_ALL;
  }
  return video;
}

async function decodeStream(container: FormatContext, stream: Stream, job: DecodeJob): Promise<void> {
  const decoder = openDecoder(stream);
  const originUs = container.startTime === AV_NOPTS_VALUE ? 0n : container.startTime;
  if (job.seekMs > 0) {
    // A file that cannot seek is decoded from its start; the parent leaves out what is too early.
    await container.seekFrame(-1, originUs + BigInt(Math.round(job.seekMs * 1000)), AVSEEK_FLAG_BACKWARD);
  }
  const packet = new Packet();
  packet.alloc();
  const pictures = new PictureWriter(stream, originUs, job);
  try {
    for (;;) {
      const read = await container.readFrame(packet);
      if (read < 0) {
        if (read !== AVERROR_EOF) complain(`readFrame: ${FFmpegError.strerror(read)}`);
        break;
      }
      const wanted = packet.streamIndex === stream.index;
      if (wanted) decode(decoder, packet, pictures);
      packet.unref();
      if (pictures.isPastEnd) return;
    }
    decode(decoder, null, pictures);
  } finally {
    packet.free();
    pictures.close();
    decoder.freeContext();
  }
}

function openDecoder(stream: Stream): CodecContext {
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  if (codec === null)
    throw new ChildFaultError(ChildFault.unreadable, 'its kind of compression is not known to this FFmpeg');
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  decoder.parametersToContext(stream.codecpar);
  decoder.pktTimebase = stream.timeBase;
  decoder.threadCount = 0; // as many as there are processors
  const opened = decoder.open2Sync(codec, null); // never with a dictionary: the wrapper frees it twice
  if (opened < 0) {
    decoder.freeContext();
    throw new ChildFaultError(
      ChildFault.unreadable,
      `its video track cannot be decoded: ${FFmpegError.strerror(opened)}`,
    );
  }
  return decoder;
}

/** Sends one packet (null: the end) and writes every frame that comes of it. Damaged packets are skipped, as ffmpeg does. */
function decode(decoder: CodecContext, packet: Packet | null, pictures: PictureWriter): void {
  const sent = decoder.sendPacketSync(packet);
  if (sent < 0 && sent !== AVERROR_EAGAIN && sent !== AVERROR_EOF) {
    complain(`A packet was left out: ${FFmpegError.strerror(sent)}`);
    return;
  }
  while (!pictures.isPastEnd && decoder.receiveFrameSync(pictures.frame) >= 0) pictures.writeFrame();
}

/** Puts decoded frames through the filters and onto the pipe. */
class PictureWriter {
  readonly frame = new Frame();
  readonly #graph: PictureGraph;
  readonly #writer = new FrameWriter();
  readonly #toMs: (ticks: bigint) => number;
  #lastMs = 0;
  #isPastEnd = false;

  constructor(
    stream: Stream,
    originUs: bigint,
    private readonly job: DecodeJob,
  ) {
    this.frame.alloc();
    const { num, den } = stream.timeBase;
    const originMs = (Number(originUs) * 1000) / MICROSECONDS;
    // Whole microseconds, as the other driver gives them. `+ 0` makes 0 of -0.
    this.#toMs = (ticks) => Math.round(((Number(ticks) * num * 1000) / den - originMs) * 1000) / 1000 + 0;
    this.#graph = new PictureGraph(uprightFilters(displayMatrixOf(stream)), job.shortSide, { num, den });
  }

  /** A frame at or after `endMs` was met. */
  get isPastEnd(): boolean {
    return this.#isPastEnd;
  }

  /** Writes what is in `frame`, unless it is before the start, and empties it. */
  writeFrame(): void {
    const { frame, job } = this;
    // Some old containers give frames without a time; they keep the last one, and the runtime moves them on.
    const ticks = frame.bestEffortTimestamp === AV_NOPTS_VALUE ? frame.pts : frame.bestEffortTimestamp;
    if (ticks !== AV_NOPTS_VALUE) this.#lastMs = this.#toMs(ticks);
    const timestampMs = this.#lastMs;
    // The same bounds as the parent's, a little wider: it has the last word.
    const isEarly = job.startMs !== undefined && timestampMs < job.startMs - 1;
    if (!isEarly) this.#graph.filter(frame, (picture) => this.#writer.write(picture, timestampMs));
    this.#isPastEnd = job.endMs !== undefined && timestampMs >= job.endMs;
    frame.unref();
  }

  close(): void {
    this.#graph.close();
    this.frame.free();
  }
}

function displayMatrixOf(stream: Stream): Int32Array | undefined {
  const bytes = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  if (bytes === null || bytes.length < 36) return undefined;
  return new Int32Array(Uint8Array.from(bytes.subarray(0, 36)).buffer); // copied: the bytes are the library's, maybe unaligned
}
