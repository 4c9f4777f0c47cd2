import path from 'node:path';
import { VIDEO_CONTAINERS } from '../decoder/containers.js';
import { isFileRequest, isLiveRequest } from '../decoder/frame-stream.js';
import type { DecoderDriver, DecodeRequest, FileRequest, FrameStream, LiveRequest } from '../decoder/frame-stream.js';
import { judgeOutcome } from '../decoder/judge-outcome.js';
import type { OpenFault } from '../decoder/judge-outcome.js';
import { liveCommand } from '../decoder/live-command.js';
import { checkMediaFile } from '../decoder/media-file.js';
import { pictureFilter } from '../decoder/picture-filter.js';
import { openProcessFrameStream } from '../decoder/process-frame-stream.js';
import type { DecodeOutcome } from '../decoder/process-frame-stream.js';
import { seekTargetMs } from '../decoder/seek-target.js';
import { liveArguments, liveScript } from './live-arguments.js';
import { resizedBy } from './picture-resize.js';
import { NutParser } from './nut-parser.js';
import { LOGGING, OUTPUT, TRACK } from './output-arguments.js';

/** Decodes with the `ffmpeg` program, 5.1 or later. */
export class FfmpegDriver implements DecoderDriver {
  readonly name = 'ffmpeg';

  /** @param executable - the program's path; see `FfmpegFinder` */
  constructor(private readonly executable: string) {}

  async open(request: DecodeRequest): Promise<FrameStream> {
    if (isFileRequest(request)) return this.#openFile(request);
    if (isLiveRequest(request)) return this.#openLive(request);
    throw new TypeError('The request is neither for a file nor for a live input.');
  }

  #openLive(request: LiveRequest): Promise<FrameStream> {
    const script = liveScript(request);
    return openProcessFrameStream(
      {
        ...liveCommand(request.input),
        driver: `ffmpeg (${this.executable})`,
        file: this.executable,
        args: liveArguments(request),
        faultOf: (line) => resizedBy(line, request.input),
        parser: (events) => new NutParser(events),
        ...(script === undefined ? {} : { stdin: { text: script } }),
      },
      request,
    );
  }

  async #openFile(request: FileRequest): Promise<FrameStream> {
    await checkMediaFile(request.input.path);
    return openProcessFrameStream(
      {
        driver: `ffmpeg (${this.executable})`,
        file: this.executable,
        args: ffmpegArguments(request, await seekTargetMs(request.input.path, request.startMs)),
        parser: (events) => new NutParser(events),
        judge: (outcome, facts) => judgeOutcome(this.name, request, facts, outcome, openFaultOf(outcome)),
      },
      request,
    );
  }
}

/** The command line. Exported for its test. */
export function ffmpegArguments(request: FileRequest, seekMs: number): string[] {
  const seek = seekMs === 0 ? [] : ['-ss', (seekMs / 1000).toFixed(6)];
  // Times stay those of the file (counted from its start) also after a seek.
  const times = ['-copyts', '-start_at_zero', ...seek];
  const input = ['-i', `file:${path.resolve(request.input.path)}`];
  const allowed = ['-protocol_whitelist', 'file', '-format_whitelist', VIDEO_CONTAINERS];
  const pictures = ['-vf', pictureFilter(request.shortSide)];
  return [...LOGGING, ...times, ...allowed, ...input, ...TRACK, ...pictures, ...OUTPUT];
}

const NO_VIDEO = /matches no streams|does not contain any stream/i;
const UNREADABLE = /Invalid data found when processing input|moov atom not found|not on whitelist|Error opening input/i;
const NO_PARAMETERS =
  /Cannot determine format of input|Could not find codec parameters|unspecified (pixel format|size)|Decoder .* not found/i;

/** Reads from what ffmpeg said why there was not a single frame. */
function openFaultOf(outcome: DecodeOutcome): OpenFault | undefined {
  if (outcome.frameCount > 0 || outcome.exitCode === 0 || outcome.exitCode === null) return undefined;
  const lines = outcome.log.lines;
  if (lines.some((line) => NO_VIDEO.test(line))) return { kind: 'no-video' };
  const telling = lines.findLast((line) => NO_PARAMETERS.test(line)) ?? lines.findLast((line) => UNREADABLE.test(line));
  return telling === undefined ? undefined : { kind: 'unreadable', reason: plain(telling) };
}

/** Without ffmpeg's prefixes in brackets and the file's name. */
function plain(line: string): string {
  return line
    .replace(/\[[^\]]*\] ?/g, '')
    .replace(/^(Error opening input file )?file:.*?: /, '')
    .trim()
    .replace(/\.$/, '');
}
