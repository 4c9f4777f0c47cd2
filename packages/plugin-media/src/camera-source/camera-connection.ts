import { AbortedError, sleep, toErrorRecord, type Clock, type Logger, type SourceStatus } from '@kinegraph/core/plugin';
import { CameraNotAllowedError, CameraRefusedError } from '../camera-errors.js';
import { DecoderMissingError } from '../decoder/errors.js';
import type { DecodedFrame, FrameStream } from '../decoder/frame-stream.js';
import type { BackOff } from './back-off.js';
import { StallWatch } from './stall-watch.js';

/** A connection that lasted this long counts as a good one: the next loss is tried again soon. */
const GOOD_AFTER_MS = 10_000;

/** What a connection needs and whom it tells. */
export interface CameraConnectionOptions {
  /** How the camera may be called in a log. */
  readonly camera: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly status: SourceStatus;
  readonly backOff: BackOff;
  /** Starts one attempt. What it throws is that attempt's fault. */
  readonly openStream: (signal: AbortSignal) => Promise<FrameStream>;
  /** An attempt begins, whose frames have times of their own. */
  readonly onBegin: () => void;
  /** Takes over the frame and answers at once, or when the next one may be read. */
  readonly onFrame: (frame: DecodedFrame, signal: AbortSignal) => void | Promise<void>;
  /** No attempt can work; there will be none. */
  readonly onHopeless: (error: Error) => void;
}

/**
 * Keeps a camera connected: opens it, reads it without a pause, opens it again when it fails, and tells how it stands. The
 * first attempt is one like any other.
 */
export class CameraConnection {
  readonly #abort = new AbortController();
  readonly #stalls: StallWatch;
  #running: Promise<void> | undefined;
  #state: Parameters<SourceStatus['report']>[0] = 'waiting';
  #hasBeenLive = false;
  #liveSinceMs: number | undefined;
  /** Of the fault that was logged last; the same one again is not news. */
  #loggedFault: string | undefined;

  constructor(private readonly options: CameraConnectionOptions) {
    this.#stalls = new StallWatch(options.clock, () => this.#turn('stalled'));
  }

  /** Begins to connect. Called once. */
  start(): void {
    this.options.status.report('waiting');
    this.#running = this.#run();
  }

  /** Ends what is under way, whatever it is, and waits until the decoder's process is gone. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    const { backOff, clock, onHopeless } = this.options;
    while (!signal.aborted) {
      const fault = await this.#readOneStream(signal);
      if (signal.aborted) return;
      if (fault instanceof DecoderMissingError) {
        onHopeless(fault);
        return;
      }
      const isRefusal = fault instanceof CameraRefusedError || fault instanceof CameraNotAllowedError;
      const waitMs = isRefusal ? backOff.longest() : backOff.next();
      this.#tellFault(isRefusal, fault, waitMs);
      await sleep(clock, waitMs, signal).catch(ignoreAbort);
    }
  }

  /** One attempt, from opening to its end. @returns what ended it */
  async #readOneStream(signal: AbortSignal): Promise<unknown> {
    let stream: FrameStream | undefined;
    try {
      this.options.onBegin();
      stream = await this.options.openStream(signal);
      for (;;) {
        const frame = await stream.next(signal);
        if (frame === undefined) return new AbortedError({ what: 'Reading the camera' }); // somebody closed it
        this.#arrived();
        await this.options.onFrame(frame, signal);
      }
    } catch (error) {
      return error;
    } finally {
      this.#stalls[Symbol.dispose]();
      this.#endedLive();
      await stream?.close();
    }
  }

  #arrived(): void {
    const nowMs = this.options.clock.nowMs();
    this.#stalls.frame(nowMs);
    if (this.#state === 'live') return;
    this.#liveSinceMs ??= nowMs;
    if (this.#hasBeenLive && this.#state !== 'stalled') this.options.logger.info(`"${this.options.camera}" is back.`);
    this.#hasBeenLive = true;
    this.#loggedFault = undefined;
    this.#turn('live');
  }

  #endedLive(): void {
    const sinceMs = this.#liveSinceMs;
    this.#liveSinceMs = undefined;
    if (sinceMs !== undefined && this.options.clock.nowMs() - sinceMs >= GOOD_AFTER_MS) this.options.backOff.reset();
  }

  #tellFault(isRefusal: boolean, fault: unknown, waitMs: number): void {
    this.#turn(isRefusal ? 'refused' : this.#hasBeenLive ? 'reconnecting' : 'waiting', fault);
    const error = toErrorRecord(fault);
    if (error.message === this.#loggedFault) return;
    this.#loggedFault = error.message;
    this.options.logger.warn(`${error.message} Next attempt in ${(waitMs / 1000).toFixed(1)} s.`, { error });
  }

  #turn(state: Parameters<SourceStatus['report']>[0], error?: unknown): void {
    this.#state = state;
    this.options.status.report(state, error);
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof AbortedError)) throw error;
}
