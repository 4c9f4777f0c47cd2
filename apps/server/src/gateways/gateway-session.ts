import { Frame, readImageHeader } from '@kinegraph/core';
import type { Clock, FrameReceiver, Inlets } from '@kinegraph/core';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { FrameRateLimiter, TooManyFramesError } from '../access/index.js';
import { PictureTooLargeError } from '../ingest/ingest-errors.js';
import type { CountingSender, FrameCounts } from '../runs/frame-tally.js';
import type { LiveRun } from '../runs/live-run.js';
import type { ResultViewer } from '../runs/results-hub.js';

/** Frames under way that are remembered: more than any graph holds. */
const REMEMBERED = 256;

/** A frame that a client has sent, as it was. */
export interface SentFrame<Tag> {
  /** What the client calls it. */
  readonly tag: Tag;
  /** Of the picture as it was sent: results refer to the size that the graph has made of it. */
  readonly width: number;
  readonly height: number;
  /** Server clock. */
  readonly receivedMs: number;
}

export interface GatewaySessionOptions<Tag> {
  readonly live: LiveRun;
  /** The source that frames go to. */
  readonly node: string;
  readonly inlets: Inlets;
  readonly clock: Clock;
  readonly maxPixels: number;
  /** More than this are let go undecoded; a client that goes on is closed. */
  readonly framesPerSecond: number;
  /** A result, and the frame that it belongs to. @returns false where the client is too slow for it */
  readonly onResult: (message: ResultMessage, frame: SentFrame<Tag>) => boolean;
  readonly onEnd: () => void;
  /** The client sends too many frames, and does not stop. */
  readonly onTooMany: (error: TooManyFramesError) => void;
}

/** One client of a published protocol: its frames into a run, the run's results back to their frames. */
export class GatewaySession<Tag> implements ResultViewer, CountingSender, Disposable {
  readonly #sent = new Map<number, SentFrame<Tag>>();
  readonly #watching: Disposable;
  readonly #counting: Disposable;
  readonly #rate: FrameRateLimiter;
  #sequence = 0;
  #refused = 0;
  #homeless = 0;

  constructor(private readonly options: GatewaySessionOptions<Tag>) {
    this.#rate = new FrameRateLimiter(options.framesPerSecond);
    this.#watching = options.live.results.watch(this);
    this.#counting = options.live.received.add(options.node, this);
    this.#receiver()?.connected(true);
  }

  get counts(): FrameCounts {
    return { frames: this.#sequence + this.#refused, refused: this.#refused, homeless: this.#homeless };
  }

  /** The client has sent something that cannot be used. */
  refuse(): void {
    this.#refused += 1;
  }

  /** Takes over the bytes of a picture. @throws ImageError - code `IMAGE_*`; PictureTooLargeError, TooManyFramesError */
  push(image: Uint8Array, tag: Tag): void {
    const { clock, maxPixels } = this.options;
    const receivedMs = clock.nowMs();
    const verdict = this.#rate.frame(receivedMs);
    if (verdict !== 'take') {
      const error = new TooManyFramesError({ framesPerSecond: this.options.framesPerSecond });
      if (verdict === 'close') this.options.onTooMany(error);
      throw error;
    }
    const { width, height, format } = readImageHeader(image);
    if (width * height > maxPixels) throw new PictureTooLargeError({ width, height, mostPixels: maxPixels });
    const sequence = this.#sequence;
    this.#sequence += 1;
    this.#sent.set(sequence, { tag, width, height, receivedMs });
    this.#sent.delete(sequence - REMEMBERED);
    const timing = { sequence, timestampMs: receivedMs, capturedAtMs: receivedMs };
    const receiver = this.#receiver();
    if (receiver === undefined) this.#homeless += 1;
    else receiver.push(Frame.fromEncoded({ ...timing, width, height, format }, image), 0);
  }

  offer({ message }: { readonly message: ResultMessage }): boolean {
    if (message.source !== this.options.node) return true; // of another source, whose count is its own
    const frame = this.#sent.get(message.sequence);
    return frame === undefined || this.options.onResult(message, frame);
  }

  end(): void {
    this.options.onEnd();
  }

  [Symbol.dispose](): void {
    this.#watching[Symbol.dispose]();
    this.#counting[Symbol.dispose]();
    this.#receiver()?.connected(false);
  }

  #receiver(): FrameReceiver | undefined {
    const inlet = this.options.inlets.find(this.options.live.id, this.options.node);
    return inlet?.takes === 'frames' ? inlet : undefined; // an applied graph may have another source in its place
  }
}
