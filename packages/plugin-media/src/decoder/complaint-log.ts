import type { Readable } from 'node:stream';

const KEPT_LINES = 20;
const MAX_LINE_CHARS = 500;
/** A line is cut only after its secrets are out: half a secret would not be found. */
const MAX_RAW_LINE_CHARS = 16 * 1024;

/** What FFmpeg says when a file ends before it should. The wording has been the same from version 4 to 8. */
const CUT_OFF = /partial file|File ended prematurely|Truncating packet|truncated/i;
const CORRUPT = /corrupt input packet|Packet corrupt/i;
const VERBOSE = /^(?:\[[^\]]*\] )*\[verbose\]/;
/** What every Motion JPEG makes FFmpeg say, and means nothing. */
const NOISE = /deprecated pixel format used/;
const DURATION = /^\s*Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/;

/** Reads a decoder's standard error: keeps the last complaints, and the few facts that only stand there. */
export class ComplaintLog {
  readonly #lines: string[] = [];
  #partial = '';
  #durationMs: number | undefined;
  #saysCutOff = false;
  #saysCorrupt = false;
  #isClosed = false;

  /**
   * @param scrub - takes secrets out of a line
   * @param onLine - gets every line, also those that are no complaints
   */
  constructor(
    private readonly scrub: (line: string) => string = (line) => line,
    private readonly onLine: (line: string) => void = () => {},
  ) {}

  /** The last complaints, oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The container's duration, if the decoder printed it. */
  get durationMs(): number | undefined {
    return this.#durationMs;
  }

  /** The decoder said that the file ends too early. */
  get saysCutOff(): boolean {
    return this.#saysCutOff;
  }

  /** The decoder said that a piece of the file is damaged. */
  get saysCorrupt(): boolean {
    return this.#saysCorrupt;
  }

  /** The last complaints as an error, to be the cause of another; undefined when there are none. */
  asCause(): Error | undefined {
    return this.#lines.length === 0 ? undefined : new Error(this.#lines.join('\n'));
  }

  /** Keeps what there is. A decoder that is stopped complains about being stopped. */
  close(): void {
    this.#isClosed = true;
  }

  attach(stderr: Readable): void {
    stderr.setEncoding('utf8');
    stderr.on('data', (text: string) => this.add(text));
    stderr.on('error', () => {}); // the child's end tells what happened
    stderr.on('close', () => this.add('\n'));
  }

  /** Any piece of text; lines may be cut anywhere. */
  add(text: string): void {
    if (this.#isClosed) return;
    const lines = (this.#partial + text).split(/\r?\n/);
    this.#partial = (lines.pop() ?? '').slice(0, MAX_RAW_LINE_CHARS);
    for (const line of lines) this.#addLine(this.scrub(line).slice(0, MAX_LINE_CHARS));
  }

  #addLine(line: string): void {
    this.onLine(line);
    const info = /^(?:\[[^\]]*\] )*\[info\] ?(.*)$/.exec(line);
    if (info !== null) {
      const duration = DURATION.exec(info[1] ?? '');
      if (duration !== null) {
        const [hours, minutes, seconds] = duration.slice(1).map(Number) as [number, number, number];
        this.#durationMs ??= ((hours * 60 + minutes) * 60 + seconds) * 1000;
      }
      return;
    }
    if (line.trim() === '' || VERBOSE.test(line) || NOISE.test(line)) return;
    this.#saysCutOff ||= CUT_OFF.test(line);
    this.#saysCorrupt ||= CORRUPT.test(line);
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
  }
}
