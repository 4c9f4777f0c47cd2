import { Frame, KinegraphError, StreamItem, readImageHeader } from '@kinegraph/core';
import type { Clock, Inlet } from '@kinegraph/core';
import { isLandmarksMessage, readFrameMessage, readLandmarksMessage, sentSequence } from '@kinegraph/core/protocol';
import type { ErrorMessage, IngestServerMessage, PongMessage } from '@kinegraph/core/protocol';
import { FrameRateLimiter, TooManyFramesError } from '../access/index.js';
import type { CountingSender, FrameCounts } from '../runs/frame-tally.js';
import { ClockOffset } from './clock-offset.js';
import { readControlText } from '../sockets/control-text.js';
import { IngestKindError, PictureFormatError, PictureTooLargeError } from './ingest-errors.js';
import { RateAdvisor } from './rate-advisor.js';

/** Pings in quick succession at the start, then one now and then: clocks drift. */
const FIRST_PINGS = 5;
const FIRST_PING_EVERY_MS = 100;
const PING_EVERY_MS = 5_000;
/** How often rates are looked at. */
const ADVISE_EVERY_MS = 1_000;
/** Between two error messages to one client: a camera that sends nonsense sends it sixty times a second. */
const TELL_ERRORS_EVERY_MS = 1_000;

export interface IngestOptions {
  readonly clock: Clock;
  /** What is known of the sender's clock; left out: nothing yet, and no other connection has the same. */
  readonly senderClock?: ClockOffset;
  readonly maxPixels: number;
  /** More than this are let go undecoded; a sender that goes on is closed. */
  readonly framesPerSecond: number;
  /** The source, which may be another after the graph has changed; undefined while there is none. */
  readonly receiver: () => Inlet | undefined;
  /** Results that frames of the source have come to so far. */
  readonly results: () => number;
  /** Frames of the source that nodes have dropped so far. */
  readonly dropped: () => number;
  readonly send: (message: IngestServerMessage) => void;
  readonly close: (error: KinegraphError) => void;
}

/** Counts so far, at one moment. */
interface Seen {
  readonly frames: number;
  /** Frames that the source was given. */
  readonly taken: number;
  readonly results: number;
  readonly dropped: number;
  readonly atMs: number;
}

/** One sender's side of the ingest socket, without the socket: reads messages, keeps clocks, advises rates. */
export class IngestConnection implements CountingSender, Disposable {
  readonly #clockOffset: ClockOffset;
  readonly #advisor = new RateAdvisor();
  readonly #rate: FrameRateLimiter;
  readonly #timers = new Set<Disposable>();
  #sequence = 0;
  #frames = 0;
  #refused = 0;
  #homeless = 0;
  #pings = 0;
  /** When those pings were sent that are not answered yet. */
  readonly #pinged = new Map<number, number>();
  #seen: Seen;
  #toldErrorMs = Number.NEGATIVE_INFINITY;
  #isOver = false;

  constructor(private readonly options: IngestOptions) {
    this.#clockOffset = options.senderClock ?? new ClockOffset();
    this.#rate = new FrameRateLimiter(options.framesPerSecond);
    options.receiver()?.connected(true);
    this.#seen = this.#look();
    this.#ping();
    this.#later(ADVISE_EVERY_MS, () => this.#advise());
  }

  get counts(): FrameCounts {
    return { frames: this.#frames, refused: this.#refused, homeless: this.#homeless };
  }

  /** A binary message: takes over the bytes, which must not change any more. */
  receive(message: Uint8Array): void {
    const nowMs = this.options.clock.nowMs();
    this.#frames += 1;
    const verdict = this.#rate.frame(nowMs);
    if (verdict !== 'take') {
      const error = new TooManyFramesError({ framesPerSecond: this.options.framesPerSecond });
      this.#refuse(error, undefined);
      if (verdict === 'close') this.options.close(error);
      return;
    }
    try {
      if (isLandmarksMessage(message)) this.#takeLandmarks(message, nowMs);
      else this.#takeFrame(message, nowMs);
    } catch (error) {
      this.#refuse(error, sentSequence(message));
    }
  }

  /** A text message. */
  receiveText(data: Uint8Array): void {
    const { clock, send } = this.options;
    try {
      const message = readControlText(data);
      const nowMs = clock.nowMs();
      if (message.type === 'ping') send({ type: 'pong', id: message.id, sentMs: message.sentMs, clockMs: nowMs });
      else this.#answered(message, nowMs);
    } catch (error) {
      this.#refuse(error, undefined);
    }
  }

  [Symbol.dispose](): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const timer of this.#timers) timer[Symbol.dispose]();
    this.#timers.clear();
  }

  /** @throws FrameHeaderError, ImageError, PictureFormatError, PictureTooLargeError, IngestKindError */
  #takeFrame(message: Uint8Array, nowMs: number): void {
    const { maxPixels, receiver } = this.options;
    const target = receiver();
    if (target !== undefined && target.takes !== 'frames')
      throw new IngestKindError({ sent: 'frames', takes: target.takes });
    const { header, image } = readFrameMessage(message);
    const { format, width, height } = readImageHeader(image);
    if (header !== undefined && header.format !== format)
      throw new PictureFormatError({ said: header.format, found: format });
    if (width * height > maxPixels) throw new PictureTooLargeError({ width, height, mostPixels: maxPixels });
    const capturedAtMs = header?.capturedAtMs ?? nowMs;
    const offsetMs = header === undefined ? 0 : this.#clockOffset.frameAt(capturedAtMs, nowMs);
    const timestampMs = capturedAtMs + offsetMs;
    const info = { sequence: header?.sequence ?? this.#sequence, timestampMs, capturedAtMs, width, height, format };
    this.#sequence = info.sequence + 1;
    if (target === undefined) this.#homeless += 1;
    else target.push(Frame.fromEncoded(info, image), offsetMs);
  }

  /** @throws LandmarksMessageError, IngestKindError */
  #takeLandmarks(message: Uint8Array, nowMs: number): void {
    const target = this.options.receiver();
    if (target === undefined) {
      this.#homeless += 1; // nobody knows yet of which skeleton they should be
      return;
    }
    if (target.takes !== 'landmarks') throw new IngestKindError({ sent: 'landmarks', takes: target.takes });
    const { sequence, capturedAtMs, landmarks } = readLandmarksMessage(message, target.skeleton);
    const offsetMs = this.#clockOffset.frameAt(capturedAtMs, nowMs);
    const place = { sequence, capturedAtMs, timestampMs: capturedAtMs + offsetMs };
    target.push(new StreamItem(place, landmarks), offsetMs);
  }

  /** @throws what is no fault of the client */
  #refuse(error: unknown, sequence: number | undefined): void {
    if (!(error instanceof KinegraphError)) throw error;
    this.#refused += 1;
    const nowMs = this.options.clock.nowMs();
    if (nowMs - this.#toldErrorMs < TELL_ERRORS_EVERY_MS) return;
    this.#toldErrorMs = nowMs;
    const { code, message } = error;
    const told: ErrorMessage = { type: 'error', code, message, ...(sequence === undefined ? {} : { sequence }) };
    this.options.send(told);
  }

  /** Only answers to pings that were sent count, and by our own note of when. */
  #answered({ id, clockMs }: PongMessage, nowMs: number): void {
    const sentMs = this.#pinged.get(id);
    if (sentMs !== undefined) this.#clockOffset.answered(sentMs, clockMs, nowMs);
    this.#pinged.delete(id);
  }

  #ping(): void {
    const { clock, send } = this.options;
    const sentMs = clock.nowMs();
    this.#pinged.delete(this.#pings - FIRST_PINGS); // long overdue
    this.#pinged.set(this.#pings, sentMs);
    send({ type: 'ping', id: this.#pings, sentMs });
    this.#pings += 1;
    this.#later(this.#pings < FIRST_PINGS ? FIRST_PING_EVERY_MS : PING_EVERY_MS, () => this.#ping());
  }

  #advise(): void {
    const [before, now] = [this.#seen, this.#look()];
    this.#seen = now;
    // Most frames may be looked at and say nothing, as those of a sign; or be dropped by one branch and used by another.
    const kept = now.taken - before.taken - (now.dropped - before.dropped);
    const framesPerSecond = this.#advisor.observe({
      frames: now.frames - before.frames,
      used: Math.max(kept, now.results - before.results),
      intervalMs: now.atMs - before.atMs,
    });
    if (framesPerSecond !== undefined) this.options.send({ type: 'rate', framesPerSecond });
    this.#later(ADVISE_EVERY_MS, () => this.#advise());
  }

  #look(): Seen {
    const { clock, results, dropped } = this.options;
    const taken = this.#frames - this.#refused - this.#homeless;
    return { frames: this.#frames, taken, results: results(), dropped: dropped(), atMs: clock.nowMs() };
  }

  #later(delayMs: number, act: () => void): void {
    if (this.#isOver) return;
    const timer = this.options.clock.schedule(delayMs, () => {
      this.#timers.delete(timer);
      act();
    });
    this.#timers.add(timer);
  }
}
