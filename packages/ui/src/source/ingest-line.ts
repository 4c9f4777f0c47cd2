import { SystemClock } from '@kinegraph/core';
import type { Clock } from '@kinegraph/core';
import type { ErrorMessage, RateMessage, WelcomeMessage } from '@kinegraph/core/protocol';
import { LastingSocket } from '../connection/index.js';
import type { ClockEstimate, ConnectionOptions, ConnectionState } from '../connection/index.js';
import { clockId } from './clock-id.js';
import { FramePacer } from './frame-pacer.js';
import { UnsentFrames } from './unsent-frames.js';

/** Options of `connectSource` and `connectLandmarks`. */
export interface SourceOptions extends ConnectionOptions {
  /** Never more than this, whatever the server advises. Default: no limit. */
  readonly maxFramesPerSecond?: number;
  /** The server could not use something that was sent. The connection stays. */
  readonly onError?: (message: ErrorMessage) => void;
  /** The server advises another rate. */
  readonly onRate?: (framesPerSecond: number) => void;
  /** A picture could not be encoded, or a message of the server not be read. The connection stays. */
  readonly onFault?: (error: unknown) => void;
}

/**
 * What became of a frame, or of its landmarks: `taken`, or dropped because it came sooner than the server can use it (`paced`), because two
 * frames or an encoding are under way (`busy`), because there is no live line (`offline`), or because the server would
 * refuse so many bytes (`tooLarge`).
 */
export type SendOutcome = 'taken' | 'paced' | 'busy' | 'offline' | 'tooLarge';

/** Frames so far. */
export interface SourceCounts {
  /** Given to the line. */
  readonly sent: number;
  readonly sentBytes: number;
  /** Held back on the server's advice. */
  readonly paced: number;
  /** Dropped because the line, or the encoder, was busy, or the frame too large, or its encoding failed. */
  readonly dropped: number;
  /** Offered while there was no live line. */
  readonly offline: number;
}

/** What a sender to one source of a run can be asked. */
export interface IngestConnection extends Disposable {
  readonly state: ConnectionState;
  readonly counts: SourceCounts;
  /** What the server said at the beginning of this line; undefined while there is none. */
  readonly welcome: WelcomeMessage | undefined;
  /** Frames a second that are let through; infinite without advice. */
  readonly framesPerSecond: number;
  /** The server's clock; undefined before the first ping came back. */
  readonly serverClock: ClockEstimate | undefined;
  /** Ends it for good; no timer and no listener is left. */
  close(): void;
}

/** Frames that may be on their way out of this computer at once. A third would only grow old in the line. */
const MOST_UNSENT = 2;

/** The line to a source, whatever is sent on it: knows when there is room for another frame, and counts. */
export class IngestLine implements IngestConnection {
  readonly #socket: LastingSocket;
  readonly #options: SourceOptions;
  readonly #clock: Clock;
  readonly #pacer = new FramePacer();
  readonly #unsent = new UnsentFrames();
  readonly #counts = { sent: 0, sentBytes: 0, paced: 0, dropped: 0, offline: 0 };
  #welcome: WelcomeMessage | undefined;

  /** @throws ConnectionUrlError, NoWebSocketError */
  constructor(options: SourceOptions) {
    this.#options = options;
    this.#clock = options.clock ?? new SystemClock();
    this.#pacer.framesPerSecond = options.maxFramesPerSecond ?? Number.POSITIVE_INFINITY;
    const { onFault } = options;
    this.#socket = new LastingSocket(
      { ...options, onState: (state) => this.#onState(state) },
      {
        query: { clock: clockId(options.clock) },
        onText: (message) => this.#onText(message),
        ...(onFault === undefined ? {} : { onFault }),
      },
    );
  }

  get state(): ConnectionState {
    return this.#socket.state;
  }

  get counts(): SourceCounts {
    return { ...this.#counts };
  }

  get welcome(): WelcomeMessage | undefined {
    return this.#welcome;
  }

  get framesPerSecond(): number {
    return this.#pacer.framesPerSecond;
  }

  get serverClock(): ClockEstimate | undefined {
    return this.#socket.clockSync.estimate;
  }

  /**
   * Asks for room for one frame, which it takes its share of.
   * @param isBusy - its sender has no time for it.
   * @returns what has become of the frame instead; undefined where there is room
   */
  refused(isBusy = false): SendOutcome | undefined {
    if (this.state.state !== 'live') return this.#count('offline');
    if (isBusy || this.#unsent.count(this.#socket.bufferedAmount) >= MOST_UNSENT) return this.#count('busy');
    return this.#pacer.admit(this.#clock.nowMs()) ? undefined : this.#count('paced');
  }

  /** A message there is room for. */
  transmit(message: Uint8Array<ArrayBuffer>): SendOutcome {
    const bytes = message.length;
    if (bytes > (this.#welcome?.maxMessageBytes ?? Number.POSITIVE_INFINITY)) return this.#count('tooLarge');
    if (this.state.state !== 'live' || !this.#socket.send(message)) return this.#count('offline');
    this.#unsent.add(bytes);
    this.#counts.sent += 1;
    this.#counts.sentBytes += bytes;
    return 'taken';
  }

  /** There was room for a frame, but it could not be made. */
  failed(error: unknown): void {
    this.#counts.dropped += 1;
    this.#options.onFault?.(error);
  }

  close(): void {
    this.#socket.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #count(outcome: Exclude<SendOutcome, 'taken'>): SendOutcome {
    this.#counts[outcome === 'paced' || outcome === 'offline' ? outcome : 'dropped'] += 1;
    return outcome;
  }

  #onState(state: ConnectionState): void {
    if (state.state !== 'live') {
      this.#welcome = undefined;
      this.#unsent.clear();
    }
    this.#options.onState?.(state);
  }

  #onText(message: { readonly type?: unknown }): void {
    switch (message.type) {
      case 'welcome':
        this.#welcome = message as WelcomeMessage;
        this.#socket.markLive();
        break;
      case 'rate':
        this.#onRate(message as RateMessage);
        break;
      case 'error':
        this.#options.onError?.(message as ErrorMessage);
        break;
      default: // a newer server may say more
    }
  }

  #onRate({ framesPerSecond }: RateMessage): void {
    if (typeof framesPerSecond !== 'number') return;
    const rate = Math.min(framesPerSecond, this.#options.maxFramesPerSecond ?? Number.POSITIVE_INFINITY);
    this.#pacer.framesPerSecond = rate;
    this.#options.onRate?.(rate);
  }
}
