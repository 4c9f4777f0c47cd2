import path from 'node:path';
import { VIDEO_CONTAINERS } from '../decoder/containers.js';
import type { DecoderDriver, DecodeRequest, FrameStream } from '../decoder/frame-stream.js';
import { judgeOutcome } from '../decoder/judge-outcome.js';
import type { OpenFault } from '../decoder/judge-outcome.js';
import { checkMediaFile } from '../decoder/media-file.js';
import { pictureFilter } from '../decoder/picture-filter.js';
import { openProcessFrameStream } from '../decoder/process-frame-stream.js';
import type { DecodeOutcome } from '../decoder/process-frame-stream.js';
import { seekTargetMs } from '../decoder/seek-target.js';
import { NutParser } from './nut-parser.js';

/** Decodes with the `ffmpeg` program, 5.1 or later. */
export class FfmpegDriver implements DecoderDriver {
  readonly name = 'ffmpeg';

  /** @param executable - the program's path; see `FfmpegFinder` */
  constructor(private readonly executable: string) {}

  async open(request: DecodeRequest): Promise<FrameStream> {
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
export function ffmpegArguments(request: DecodeRequest, seekMs: number): string[] {
  const seek = seekMs === 0 ? [] : ['-ss', (seekMs / 1000).toFixed(6)];
  const logging = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info'];
  // Times stay those of the file (counted from its start) also after a seek.
  const times = ['-copyts', '-start_at_zero', ...seek];
  const input = ['-i', `file:${path.resolve(request.input.path)}`];
  const allowed = ['-protocol_whitelist', 'file', '-format_whitelist', VIDEO_CONTAINERS];
  // The first video track that is no cover picture, each frame as it is: none doubled, none dropped.
  const track = ['-map', '0:V:0', '-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'];
  const pictures = ['-vf', pictureFilter(request.shortSide), '-fps_mode', 'passthrough'];
  // Microseconds, whatever the frame rate; the default would round the times of variable frame rates.
  const output = [
    '-c:v',
    'rawvideo',
    '-enc_time_base',
    '1:1000000',
    '-f',
    'nut',
    '-write_index',
    '0',
    '-flush_packets',
    '1',
    'pipe:1',
  ];
  return [...logging, ...times, ...allowed, ...input, ...track, ...pictures, ...output];
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
