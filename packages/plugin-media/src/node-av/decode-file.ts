import { Dictionary, FFmpegError, FormatContext, Packet } from 'node-av/lib';
import type { Stream } from 'node-av/lib';
import { AV_NOPTS_VALUE, AVERROR_EOF, AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import { VIDEO_CONTAINERS } from '../decoder/containers.js';
import { encodeNote } from '../decoder/frame-record.js';
import { complain, writeBlocking } from './blocking-output.js';
import { ChildFault, ChildFaultError } from './decode-job.js';
import type { FileJob } from './decode-job.js';
import { PictureWriter } from './picture-writer.js';
import { decode, openDecoder, videoStreamOf } from './video-track.js';

/**
 * Decodes a file from start to end and writes its frames to standard output. Runs in the child process.
 *
 * Only the low-level API is used: `Demuxer.packets()` yields nothing on Node 20, which has no `Promise.withResolvers`.
 * Demuxing is asynchronous, so that the end of standard input is noticed while a file system hangs; decoding, filtering
 * and writing block.
 *
 * @throws ChildFaultError where the file is at fault
 */
export async function decodeFile(job: FileJob): Promise<void> {
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

async function decodeStream(container: FormatContext, stream: Stream, job: FileJob): Promise<void> {
  const decoder = openDecoder(stream, false);
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
