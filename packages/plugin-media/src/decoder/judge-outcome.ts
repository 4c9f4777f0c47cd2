import {
  MediaFileNoFramesError,
  MediaFileNoVideoError,
  MediaFileTruncatedError,
  MediaFileUnreadableError,
} from '../file-errors.js';
import { DecoderFailedError } from './errors.js';
import type { FileRequest, StreamFacts } from './frame-stream.js';
import type { DecodeOutcome } from './process-frame-stream.js';

/** A damaged file counts as cut off when this much of its declared length never came. */
const MISSING_MS = 500;

/** What went wrong before the first frame, where the driver can tell. */
export type OpenFault = { readonly kind: 'unreadable'; readonly reason: string } | { readonly kind: 'no-video' };

/**
 * The error that the end of a decoder means; undefined for a good end.
 *
 * A file that is cut off gives all frames before the cut and then fails: silence about half a recording would be worse
 * than a failed run. Where the container does not let one tell (MPEG-TS), its end is its end. Damage in the middle, which
 * the decoder works around, does not fail the run; see `FrameStream.complaints`.
 */
export function judgeOutcome(
  driver: string,
  request: FileRequest,
  facts: StreamFacts,
  outcome: DecodeOutcome,
  openFault: OpenFault | undefined,
): Error | undefined {
  const { path } = request.input;
  const cause = outcome.log.asCause();
  const options = cause === undefined ? undefined : { cause };
  if (openFault?.kind === 'unreadable') {
    return new MediaFileUnreadableError(
      { path, reason: tellingReason(outcome.log.lines) ?? openFault.reason },
      options,
    );
  }
  if (openFault?.kind === 'no-video') return new MediaFileNoVideoError({ path }, options);
  if (outcome.signal !== null) {
    return new DecoderFailedError(
      { driver, subject: path, how: `its process was ended by ${outcome.signal}` },
      options,
    );
  }
  const { lastTimestampMs } = outcome;
  if (lastTimestampMs !== undefined && isCutOff(facts, outcome, lastTimestampMs)) {
    return new MediaFileTruncatedError({ path, lastTimestampMs, durationMs: facts.durationMs }, options);
  }
  if (outcome.exitCode !== 0) {
    return new DecoderFailedError(
      { driver, subject: path, how: `its process ended with exit code ${outcome.exitCode}` },
      options,
    );
  }
  if (outcome.midFrame) {
    return new DecoderFailedError(
      { driver, subject: path, how: 'its process ended in the middle of a frame' },
      options,
    );
  }
  if (outcome.frameCount > 0) return undefined;
  if (request.startMs === undefined && request.endMs === undefined) {
    return new MediaFileUnreadableError({ path, reason: 'it has a video track but not one whole frame' }, options);
  }
  return new MediaFileNoFramesError({
    path,
    startMs: request.startMs ?? 0,
    endMs: request.endMs,
    durationMs: facts.durationMs,
  });
}

function isCutOff(facts: StreamFacts, outcome: DecodeOutcome, lastTimestampMs: number): boolean {
  if (outcome.log.saysCutOff) return true;
  // Damage alone is common (recordings of broadcasts); damage and a missing tail is a cut.
  return outcome.log.saysCorrupt && facts.durationMs !== undefined && facts.durationMs - lastTimestampMs > MISSING_MS;
}

/** A reason from FFmpeg's complaints that says more than its last word. */
function tellingReason(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const container = /\[(\S+) @ [^\]]*\].* not on whitelist/.exec(line)?.[1];
    if (container !== undefined) return `a file of the kind "${container}" is not opened as a video`;
    if (line.includes('moov atom not found')) return 'moov atom not found';
  }
  return undefined;
}
