import { Dictionary, FFmpegError, FormatContext, InputFormat, Packet } from 'node-av/lib';
import type { Stream } from 'node-av/lib';
import { AVERROR_EOF } from 'node-av/constants';
import { complain } from './blocking-output.js';
import { ChildFault, ChildFaultError } from './decode-job.js';
import type { LiveJob } from './decode-job.js';
import { PictureWriter } from './picture-writer.js';
import { decode, openDecoder, videoStreamOf } from './video-track.js';

/**
 * Decodes a live input until it ends and writes its frames to standard output as they come. Runs in the child process,
 * which the parent kills when it has enough: nothing here has to be interrupted.
 *
 * @throws ChildFaultError where the input is at fault
 */
export async function decodeLive(job: LiveJob): Promise<void> {
  const container = new FormatContext();
  container.allocContext();
  const options = Dictionary.fromObject(job.options);
  try {
    const opened = await container.openInput(job.address, formatOf(job), options);
    if (opened < 0) throw new ChildFaultError(ChildFault.unreadable, FFmpegError.strerror(opened));
    if ((await container.findStreamInfo()) < 0)
      throw new ChildFaultError(ChildFault.unreadable, 'its tracks cannot be told');
    const stream = videoStreamOf(container);
    if (stream === undefined) throw new ChildFaultError(ChildFault.noVideo, 'no video track');
    await decodeStream(container, stream, job);
  } finally {
    await container.closeInput();
    options.free();
  }
}

function formatOf({ format }: LiveJob): InputFormat | null {
  if (format === undefined) return null;
  const found = InputFormat.findInputFormat(format);
  if (found === null)
    throw new ChildFaultError(ChildFault.unreadable, `this build of FFmpeg has no devices of the kind "${format}"`);
  return found;
}

async function decodeStream(container: FormatContext, stream: Stream, job: LiveJob): Promise<void> {
  const decoder = openDecoder(stream, true);
  const packet = new Packet();
  packet.alloc();
  const pictures = new PictureWriter(stream, 0n, job.shortSide === undefined ? {} : { shortSide: job.shortSide });
  try {
    for (;;) {
      const read = await container.readFrame(packet);
      if (read < 0) {
        complain(read === AVERROR_EOF ? 'the stream ended' : FFmpegError.strerror(read));
        return;
      }
      if (packet.streamIndex === stream.index) decode(decoder, packet, pictures);
      packet.unref();
    }
  } finally {
    packet.free();
    pictures.close();
    decoder.freeContext();
  }
}
