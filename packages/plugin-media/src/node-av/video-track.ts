import { Codec, CodecContext, FFmpegError, PosixError } from 'node-av/lib';
import type { FormatContext, Packet, Stream } from 'node-av/lib';
import {
  AV_CODEC_FLAG_LOW_DELAY,
  AV_DISPOSITION_ATTACHED_PIC,
  AVDISCARD_ALL,
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import { complain } from './blocking-output.js';
import { ChildFault, ChildFaultError } from './decode-job.js';
import type { PictureWriter } from './picture-writer.js';

const AVERROR_EAGAIN = FFmpegError.AVERROR(PosixError.EAGAIN);

/** The first video track that is no cover picture; all others are switched off. */
export function videoStreamOf(container: FormatContext): Stream | undefined {
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

/**
 * A decoder for the track.
 *
 * @param lowDelay - hand out every picture as soon as it is whole; else several are decoded at once, which is faster
 * @throws ChildFaultError
 */
export function openDecoder(stream: Stream, lowDelay: boolean): CodecContext {
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  if (codec === null)
    throw new ChildFaultError(ChildFault.unreadable, 'its kind of compression is not known to this FFmpeg');
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  decoder.parametersToContext(stream.codecpar);
  decoder.pktTimebase = stream.timeBase;
  decoder.threadCount = 0; // as many as there are processors
  if (lowDelay) decoder.setFlags(AV_CODEC_FLAG_LOW_DELAY);
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
export function decode(decoder: CodecContext, packet: Packet | null, pictures: PictureWriter): void {
  const sent = decoder.sendPacketSync(packet);
  if (sent < 0 && sent !== AVERROR_EAGAIN && sent !== AVERROR_EOF) {
    complain(`A packet was left out: ${FFmpegError.strerror(sent)}`);
    return;
  }
  while (!pictures.isPastEnd && decoder.receiveFrameSync(pictures.frame) >= 0) pictures.writeFrame();
}
