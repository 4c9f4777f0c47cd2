import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { openEncoder } from '../encode/open-encoder.js';
import type { VideoEncoder } from '../encode/video-encoder.js';
import { SignerError } from '../errors.js';
import { Recording } from '../recording.js';
import { renderInOrder } from '../render/render-pool.js';
import { formatTruth } from '../truth/truth-writer.js';
import type { SignerOptions } from './options.js';

/** What was written. */
export interface WrittenRecording {
  readonly files: readonly string[];
  readonly frameCount: number;
}

/**
 * Draws a recording and writes the clip and its truth; each file appears whole or not at all.
 * @param onProgress - told after each frame how many are done.
 */
export async function writeRecording(
  options: SignerOptions,
  onProgress: (done: number, total: number) => void,
): Promise<WrittenRecording> {
  const recording = new Recording(options.recording);
  const clip = `${options.out}.mp4`;
  const truth = `${options.out}.truth.ndjson`;
  try {
    await mkdir(dirname(clip), { recursive: true });
    if (!options.isTruthOnly) await whole(clip, (file) => encode(recording, options, file, onProgress));
    await whole(truth, (file) => writeFile(file, formatTruth(recording.truth(basename(clip)))));
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) {
      throw new SignerError('SIGNER_BAD_OPTION', `Cannot write to --out "${options.out}": ${cause.message}.`, {
        cause,
      });
    }
    throw cause;
  }
  return { files: options.isTruthOnly ? [truth] : [clip, truth], frameCount: recording.frameCount };
}

async function encode(
  recording: Recording,
  options: SignerOptions,
  file: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { widthPx, heightPx, fps } = options.recording;
  const encoder: VideoEncoder = await openEncoder(options.encoder, {
    file,
    widthPx,
    heightPx,
    fps,
    quality: options.quality,
  });
  try {
    let done = 0;
    for await (const planes of renderInOrder(options.recording, recording.frameCount, options.workers)) {
      await encoder.write(planes);
      done += 1;
      onProgress(done, recording.frameCount);
    }
  } catch (error) {
    await encoder.abort();
    throw error;
  }
  await encoder.finish();
}

/** Writes beside the target and renames at the end. */
async function whole(target: string, write: (file: string) => Promise<void>): Promise<void> {
  const unfinished = `${target}.unfinished`;
  try {
    await write(unfinished);
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
