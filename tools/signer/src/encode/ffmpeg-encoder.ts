import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { SignerError } from '../errors.js';
import { KEY_FRAME_SECONDS, type ClipFormat, type VideoEncoder } from './video-encoder.js';

/** How much of ffmpeg's complaint is kept for the message, in characters. */
const COMPLAINT_LENGTH = 400;

/** Whether there is an `ffmpeg` on the search path that has x264. */
export async function hasFfmpeg(): Promise<boolean> {
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-h', 'encoder=libx264'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let answer = '';
  child.stdout.on('data', (text: Buffer) => (answer += text.toString()));
  try {
    await once(child, 'close');
    return answer.includes('crf');
  } catch {
    return false;
  }
}

/** Encodes with the `ffmpeg` executable, fed through a pipe. */
export class FfmpegEncoder implements VideoEncoder {
  readonly #child: ChildProcess;
  readonly #closed: Promise<number | null>;
  #complaint = '';

  constructor(format: ClipFormat) {
    this.#child = spawn('ffmpeg', argumentsFor(format), { stdio: ['pipe', 'ignore', 'pipe'] });
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.#complaint = (this.#complaint + text.toString()).slice(-COMPLAINT_LENGTH);
    });
    // A broken pipe shows as a failed write and an exit code; without a listener it would end this process.
    this.#child.stdin?.on('error', () => undefined);
    this.#closed = new Promise((resolve) => {
      this.#child.once('close', (code) => resolve(code));
      this.#child.once('error', (error) => {
        this.#complaint = error.message;
        resolve(null);
      });
    });
  }

  async write(planes: Uint8Array): Promise<void> {
    const input = this.#child.stdin;
    const isTaken = await new Promise<boolean>((resolve) => {
      if (input?.writable) input.write(planes, (error) => resolve(!error));
      else resolve(false);
    });
    if (!isTaken) throw await this.#failure();
  }

  async finish(): Promise<void> {
    this.#child.stdin?.end();
    if ((await this.#closed) !== 0) throw await this.#failure();
  }

  async abort(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  async #failure(): Promise<SignerError> {
    const code = await this.#closed;
    const sentence = this.#complaint.trim() || 'it gave no reason';
    return new SignerError(
      'SIGNER_ENCODER_FAILED',
      `ffmpeg stopped with code ${code ?? 'none'}: ${sentence}. Check the --out path and the free space, or use --encoder node-av.`,
    );
  }
}

function argumentsFor({ file, widthPx, heightPx, fps, quality }: ClipFormat): string[] {
  const input = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuv420p',
    '-s',
    `${widthPx}x${heightPx}`,
    '-r',
    String(fps),
    '-i',
    'pipe:0',
  ];
  const coding = [
    '-c:v',
    'libx264',
    '-profile:v',
    'main',
    '-preset',
    'slow',
    '-crf',
    String(quality),
    '-pix_fmt',
    'yuv420p',
  ];
  const colors = [
    '-colorspace',
    'smpte170m',
    '-color_primaries',
    'smpte170m',
    '-color_trc',
    'smpte170m',
    '-color_range',
    'tv',
  ];
  const file4 = [
    '-g',
    String(Math.round(KEY_FRAME_SECONDS * fps)),
    '-movflags',
    '+faststart',
    '-fflags',
    '+bitexact',
    '-flags:v',
    '+bitexact',
  ];
  return ['-hide_banner', '-loglevel', 'error', '-y', ...input, ...coding, ...colors, ...file4, '-f', 'mp4', file];
}
