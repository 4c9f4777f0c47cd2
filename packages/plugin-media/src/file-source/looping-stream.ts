import type { DecodedFrame, FrameStream } from '../decoder/frame-stream.js';

/** Opens the recording from its start. */
export type OpenStream = () => Promise<FrameStream>;

/** Where a stream of one frame only goes on: 25 frames a second. */
const LONE_FRAME_MS = 40;

/**
 * Plays a recording once or for ever. With every round the timestamps go on where the last one ended: the first frame of
 * a round comes one frame's length after the last of the round before.
 */
export class LoopingStream {
  #current: FrameStream | undefined;
  /** The next round, opened while the current one plays, so that a loop has no pause. */
  #upcoming: Promise<FrameStream> | undefined;
  #offsetMs = 0;
  #lastMs: number | undefined;
  #frameLengthMs = LONE_FRAME_MS;
  #isNewRound = true;
  #isRoundOver = false;

  /**
   * @param loop - false: end after the first round
   * @param onRoundOver - gets the complaints of the decoder at the end of each round
   */
  constructor(
    private readonly openStream: OpenStream,
    private readonly loop: boolean,
    private readonly onRoundOver: (complaints: readonly string[]) => void = () => {},
  ) {}

  /** The next frame with its timestamp in the endless stream; undefined at the end. @throws as FrameStream.next */
  async next(signal: AbortSignal): Promise<DecodedFrame | undefined> {
    this.#current ??= await this.openStream();
    let frame = await this.#current.next(signal);
    if (frame === undefined && !this.#isRoundOver) {
      this.#isRoundOver = true;
      this.onRoundOver(this.#current.complaints);
    }
    if (frame === undefined && this.loop && this.#lastMs !== undefined) {
      await this.#beginRound();
      frame = await this.#current.next(signal);
    }
    return frame === undefined ? undefined : this.#place(frame);
  }

  async close(): Promise<void> {
    const upcoming = this.#upcoming;
    this.#upcoming = undefined;
    await Promise.all([this.#current?.close(), upcoming?.then((stream) => stream.close(), ignoreFailedOpening)]);
  }

  async #beginRound(): Promise<void> {
    await this.#current?.close();
    const upcoming = this.#upcoming ?? this.openStream();
    this.#upcoming = undefined;
    this.#current = await upcoming;
    this.#isNewRound = true;
    this.#isRoundOver = false;
  }

  #place(frame: DecodedFrame): DecodedFrame {
    if (this.#isNewRound) {
      this.#isNewRound = false;
      if (this.#lastMs !== undefined) this.#offsetMs = this.#lastMs + this.#frameLengthMs - frame.timestampMs;
      if (this.loop) {
        this.#upcoming = this.openStream();
        this.#upcoming.catch(ignoreFailedOpening); // told when its turn comes
      }
    } else if (this.#lastMs !== undefined) {
      const lengthMs = frame.timestampMs + this.#offsetMs - this.#lastMs;
      if (lengthMs > 0) this.#frameLengthMs = lengthMs;
    }
    this.#lastMs = frame.timestampMs + this.#offsetMs;
    return this.#offsetMs === 0 ? frame : { ...frame, timestampMs: this.#lastMs };
  }
}

function ignoreFailedOpening(): void {}
