import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { AbortedError, deferred, errorMessage } from '@kinegraph/core/plugin';
import type { Deferred } from '@kinegraph/core/plugin';
import { MediaFileNoFramesError } from '../file-errors.js';
import type { ByteParser, ParserEvents } from './byte-parser.js';
import { endChild } from './child-end.js';
import type { ChildEnd } from './child-end.js';
import { ComplaintLog } from './complaint-log.js';
import { DecoderFailedError, DecoderHungError } from './errors.js';
import { subjectOf } from './frame-stream.js';
import type { DecodedFrame, DecodeRequest, FrameStream, StreamFacts } from './frame-stream.js';
import { openPixelPipe } from './pixel-pipe.js';
import type { PixelPipe } from './pixel-pipe.js';

/** Whole frames that wait for `next`. With the one in the pipe, the child is never more than two ahead. */
const READ_AHEAD = 1;
/** Between SIGTERM and SIGKILL. */
const STOP_GRACE_MS = 500;
/** Timestamps come as ticks of the file; a boundary in whole milliseconds must not miss the frame it means. */
const TIME_TOLERANCE_MS = 0.01;

/** What a child knew of its end, for the driver to judge. */
export interface DecodeOutcome extends ChildEnd {
  readonly frameCount: number;
  /** Undefined where there was no frame. */
  readonly lastTimestampMs: number | undefined;
  /** The stream stopped in the middle of a frame. */
  readonly midFrame: boolean;
  readonly log: ComplaintLog;
}

/** What a driver tells about its child process. */
export interface DecoderCommand {
  readonly driver: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Makes the reader of what the child writes. */
  readonly parser: (events: ParserEvents, facts: StreamFacts) => ByteParser;
  /**
   * `lifeline`: keep a pipe to the child's standard input open, by whose end the child learns that this process has died;
   * a text: what the child reads there. Left out: nothing.
   */
  readonly stdin?: 'lifeline' | { readonly text: string };
  /** Takes secrets out of what the child complains about. */
  readonly scrub?: (text: string) => string;
  /** The error that a line of the child's standard error means at once; undefined for most. */
  readonly faultOf?: (line: string) => Error | undefined;
  /** The error that it means when no frame comes for `limitMs`. Left out: the decoder hangs. */
  readonly silence?: (limitMs: number, options?: ErrorOptions) => Error;
  /** The error that a finished child means; undefined for a good end. Called after all frames were read. */
  readonly judge: (outcome: DecodeOutcome, facts: StreamFacts) => Error | undefined;
  /** For tests; see `openPixelPipe`. */
  readonly pipe?: 'direct' | 'copying';
}

/** Starts the child and reads its frames. */
export async function openProcessFrameStream(command: DecoderCommand, request: DecodeRequest): Promise<FrameStream> {
  const stream = new ProcessFrameStream(command, request);
  await stream.start();
  return stream;
}

class ProcessFrameStream implements FrameStream {
  readonly facts: StreamFacts = {};
  readonly #log: ComplaintLog;
  readonly #parser: ByteParser;
  readonly #ready: DecodedFrame[] = [];
  #pipe: PixelPipe | undefined;
  #child: ChildProcess | undefined;
  readonly #childGone = deferred<ChildEnd>();
  #isChildGone = false;
  #waiting: Deferred<DecodedFrame | undefined> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #frameCount = 0;
  #lastTimestampMs: number | undefined;
  /** No more frames will be read: the end, a fault, or `close`. */
  #over = false;
  #fault: Error | undefined;
  #closing: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(
    private readonly command: DecoderCommand,
    private readonly request: DecodeRequest,
  ) {
    this.#log = new ComplaintLog(command.scrub, (line) => {
      const fault = command.faultOf?.(line);
      if (fault !== undefined) this.#finish(fault);
    });
    const events: ParserEvents = { allocate: request.allocate, onFrame: (frame) => this.#onFrame(frame) };
    this.#parser = command.parser(events, this.facts);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get complaints(): readonly string[] {
    return this.#log.lines;
  }

  async start(): Promise<void> {
    const { command } = this;
    this.#pipe = await openPixelPipe(
      this.#parser,
      {
        onBytes: () => this.#over || this.#ready.length >= READ_AHEAD,
        onEnd: () => void this.#onPipeEnd(),
        onError: (error) => this.#finish(error instanceof Error ? error : new Error(String(error))),
      },
      command.pipe,
    );
    const child = this.#spawn(this.#pipe);
    this.#child = child;
    child.on('error', (error) => {
      if (child.pid !== undefined) return; // a signal that could not be sent
      this.#onChildGone({ exitCode: null, signal: null });
      this.#finish(this.#startFailure(error));
    });
    child.on('close', (exitCode, signal) => this.#onChildGone({ exitCode, signal }));
    child.stdin?.on('error', () => {}); // the child's end tells what happened
    if (typeof command.stdin === 'object') child.stdin?.end(command.stdin.text);
    if (child.stderr !== null) this.#log.attach(child.stderr);
    this.#pipe.attach(child.stdout);
    this.#armTimer();
  }

  #spawn(pipe: PixelPipe): ChildProcess {
    const { file, args, env, stdin } = this.command;
    try {
      return spawn(file, args, {
        stdio: [stdin === undefined ? 'ignore' : 'pipe', pipe.childEnd, 'pipe'],
        // A group of its own: Ctrl-C in a terminal must not reach the decoder before the run stops it in order.
        detached: process.platform !== 'win32',
        windowsHide: true,
        ...(env === undefined ? {} : { env }),
      });
    } catch (error) {
      pipe.destroy();
      throw this.#startFailure(error);
    }
  }

  #onChildGone(end: ChildEnd): void {
    this.#isChildGone = true;
    this.#childGone.resolve(end);
  }

  async next(signal?: AbortSignal): Promise<DecodedFrame | undefined> {
    if (signal?.aborted === true) throw new AbortedError({ what: 'Waiting for a frame' });
    if (this.#waiting !== undefined) throw new Error('next() was called again before the last call had answered.');
    const frame = this.#ready.shift();
    if (frame !== undefined) {
      this.#readOn();
      return frame;
    }
    if (this.#over) return this.#ended();
    const waiting = deferred<DecodedFrame | undefined>();
    this.#waiting = waiting;
    const onAbort = (): void => {
      if (this.#waiting === waiting) this.#waiting = undefined;
      waiting.reject(new AbortedError({ what: 'Waiting for a frame' }));
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await waiting.promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#over = true;
    await this.#stopChild();
    for (const frame of this.#ready.splice(0)) frame.memory.release();
    this.#settle();
  }

  #onFrame(frame: DecodedFrame): void {
    const { startMs, endMs } = this.request;
    this.#armTimer();
    if (endMs !== undefined && frame.timestampMs >= endMs - TIME_TOLERANCE_MS) {
      frame.memory.release();
      this.#finish(this.#frameCount === 0 ? this.#nothingInRange() : undefined); // the rest need not be decoded
      return;
    }
    if (this.#over || (startMs !== undefined && frame.timestampMs < startMs - TIME_TOLERANCE_MS)) {
      frame.memory.release();
      return;
    }
    this.#frameCount += 1;
    this.#lastTimestampMs = frame.timestampMs;
    const waiting = this.#waiting;
    if (waiting === undefined) {
      this.#ready.push(frame);
      if (this.#ready.length >= READ_AHEAD) this.#disarmTimer(); // from here on it is us who keep the child waiting
      return;
    }
    this.#waiting = undefined;
    waiting.resolve(frame);
  }

  #readOn(): void {
    if (this.#over || this.#ready.length >= READ_AHEAD) return;
    this.#armTimer();
    this.#pipe?.resume();
  }

  async #onPipeEnd(): Promise<void> {
    if (this.#over) return;
    const midFrame = !this.#parser.atBoundary;
    // The child should be about to exit; one that closed its output and stays is a hung one, and the timer sees to it.
    this.#armTimer();
    const end = await this.#childGone.promise;
    if (this.#over) return;
    this.#noteDuration();
    const outcome = {
      ...end,
      frameCount: this.#frameCount,
      lastTimestampMs: this.#lastTimestampMs,
      midFrame,
      log: this.#log,
    };
    this.#finish(this.command.judge(outcome, this.facts));
  }

  #finish(fault: Error | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#fault = fault;
    // `next` answers when the child is gone: after the last answer no process is left, whoever forgets to close.
    void this.#stopChild().then(() => this.#settle());
  }

  /** Answers a call of `next` that waits in vain. */
  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    this.#ended().then(
      (end) => waiting.resolve(end),
      (error: unknown) => waiting.reject(error),
    );
  }

  /** The answer after the last frame. A fault is told once; after that the stream is just over. */
  async #ended(): Promise<undefined> {
    await this.#stopChild();
    const fault = this.#fault;
    this.#fault = undefined;
    if (fault !== undefined && this.#closing === undefined) throw fault;
    return undefined;
  }

  #stopChild(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#disarmTimer();
    this.#log.close();
    this.#pipe?.destroy(); // a child that is blocked in writing wakes up by this
    this.#parser.abandon();
    this.#child?.stdin?.destroy();
    if (this.#child !== undefined && !this.#isChildGone)
      await endChild(this.#child, this.#childGone.promise, STOP_GRACE_MS);
    this.#noteDuration();
  }

  #noteDuration(): void {
    if (this.#log.durationMs !== undefined) this.facts.durationMs ??= this.#log.durationMs;
  }

  #armTimer(): void {
    this.#disarmTimer();
    if (this.#over) return;
    const { frameTimeoutMs: limitMs } = this.request;
    this.#timer = setTimeout(() => {
      const cause = this.#log.asCause();
      const options = cause === undefined ? undefined : { cause };
      const { driver, silence } = this.command;
      const subject = subjectOf(this.request.input);
      this.#finish(silence?.(limitMs, options) ?? new DecoderHungError({ driver, subject, limitMs }, options));
    }, limitMs);
  }

  #disarmTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #nothingInRange(): MediaFileNoFramesError {
    const { input, startMs = 0, endMs } = this.request;
    return new MediaFileNoFramesError({ path: subjectOf(input), startMs, endMs, durationMs: this.facts.durationMs });
  }

  #startFailure(cause: unknown): DecoderFailedError {
    const how = `it could not be started: ${errorMessage(cause)}`;
    return new DecoderFailedError(
      { driver: this.command.driver, subject: subjectOf(this.request.input), how },
      { cause },
    );
  }
}
