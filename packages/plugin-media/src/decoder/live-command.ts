import { CameraSilentError } from '../camera-errors.js';
import { judgeLive } from './judge-live.js';
import { subjectOfLive } from './live-input.js';
import type { LiveInput } from './live-input.js';
import type { DecoderCommand } from './process-frame-stream.js';
import { scrubberFor } from './redact.js';

/** What is the same for every driver that decodes a live input. */
export function liveCommand(
  input: LiveInput,
): Pick<DecoderCommand, 'judge' | 'silence'> & { scrub?: (text: string) => string } {
  const camera = subjectOfLive(input);
  return {
    judge: (outcome) => judgeLive(input, outcome),
    silence: (limitMs, options) => new CameraSilentError({ camera, limitMs }, options),
    ...(input.kind === 'url' ? { scrub: scrubberFor(input.url) } : {}),
  };
}
