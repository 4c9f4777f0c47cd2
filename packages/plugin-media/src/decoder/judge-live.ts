import { CameraLostError, CameraNoVideoError, CameraRefusedError, CameraUnreachableError } from '../camera-errors.js';
import { subjectOfLive } from './live-input.js';
import type { LiveInput } from './live-input.js';
import type { DecodeOutcome } from './process-frame-stream.js';

const REFUSED = /(?:Server returned|failed:|HTTP error) (401|403|404)\b/;
const NO_VIDEO = /matches no streams|does not contain any stream|no video track/i;
/** The error that the end of a live input means: that it ends is one always. */
export function judgeLive(input: LiveInput, outcome: DecodeOutcome): Error {
  const camera = subjectOfLive(input);
  const { log, frameCount } = outcome;
  const cause = log.asCause();
  const options = cause === undefined ? undefined : { cause };
  const reason = reasonOf(outcome);
  if (frameCount > 0) return new CameraLostError({ camera, reason }, options);
  const status = statusOf(log.lines);
  if (status !== undefined) return new CameraRefusedError({ camera, status }, options);
  if (log.lines.some((line) => NO_VIDEO.test(line))) return new CameraNoVideoError({ camera }, options);
  return new CameraUnreachableError({ camera, reason }, options);
}

function statusOf(lines: readonly string[]): number | undefined {
  const line = lines.findLast((text) => REFUSED.test(text));
  return line === undefined ? undefined : Number(REFUSED.exec(line)?.[1]);
}

/** FFmpeg's last words, without its prefixes and the camera's address. What it only warned of did not end the stream. */
function reasonOf({ log, signal, exitCode }: DecodeOutcome): string {
  if (signal !== null) return `the decoder's process was ended by ${signal}`;
  const last = log.lines.at(-1);
  if (last !== undefined && !last.includes('[warning]')) return plain(last);
  return exitCode === 0 ? 'the stream ended' : `the decoder's process ended with exit code ${exitCode}`;
}

function plain(line: string): string {
  return line
    .replace(/\[[^\]]*\] ?/g, '')
    .replace(/^(?:Error opening input(?: file)? )?[a-z]+:\S*: /i, '')
    .trim()
    .replace(/\.$/, '');
}
