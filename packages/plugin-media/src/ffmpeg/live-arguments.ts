import type { LiveRequest } from '../decoder/frame-stream.js';
import { liveOptions } from '../decoder/live-options.js';
import { pictureFilter } from '../decoder/picture-filter.js';
import { OUTPUT, TALKING_LOGGING, TRACK } from './output-arguments.js';

/**
 * Decode with no frames held back: threads work on one picture together rather than each on one of its own, which would
 * put the picture as many frames late as there are threads.
 */
const DECODER = ['-flags', 'low_delay'] as const;
/** Even the copying of raw pixels is spread over threads unless told otherwise, and a frame late by that. */
const ENCODER = ['-threads:v', '1'] as const;
/** Of the script around the address; the address has its own. */
const SCRIPT_PROBING = ['-fpsprobesize', '0', '-analyzeduration', '1000000'] as const;

/**
 * The command line for a live input. The address of a network camera is not on it, where every user of the machine could
 * read its password: it comes in a script on standard input, see `liveScript`.
 */
export function liveArguments(request: LiveRequest): string[] {
  const { input, shortSide } = request;
  const output = ['-vf', pictureFilter(shortSide), ...ENCODER, ...OUTPUT];
  const options = liveOptions(input, request.frameTimeoutMs);
  if (input.kind === 'device') {
    const name = input.format === 'dshow' ? `video=${input.device}` : input.device;
    const given = Object.entries(options).flatMap(([option, value]) => [`-${option}`, value]);
    return [...TALKING_LOGGING, ...DECODER, ...given, '-f', input.format, '-i', name, ...TRACK, ...output];
  }
  const { protocol_whitelist: protocols, format_whitelist: formats } = options;
  const allowed = ['-protocol_whitelist', `pipe,${protocols}`, '-format_whitelist', `concat,${formats}`];
  const script = ['-safe', '0', '-f', 'concat', '-i', 'pipe:0'];
  return [...TALKING_LOGGING, ...DECODER, ...SCRIPT_PROBING, ...allowed, ...script, ...TRACK, ...output];
}

/** What ffmpeg reads on standard input: a concat script with one entry. Undefined for a device. */
export function liveScript({ input, frameTimeoutMs }: LiveRequest): string | undefined {
  if (input.kind === 'device') return undefined;
  const options = Object.entries(liveOptions(input, frameTimeoutMs));
  const lines = options.map(([option, value]) => `option ${option} ${quoted(value)}`);
  return ['ffconcat version 1.0', `file ${quoted(input.url)}`, ...lines, ''].join('\n');
}

/** A URL has no line breaks; everything else may stand between quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
