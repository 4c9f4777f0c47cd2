import type { Clock, Logger, PathResolver } from '@kinegraph/core/plugin';
import type { Place } from '@kinegraph/recording';
import { beginPlaying, RecordingReader, type TopicUse } from '@kinegraph/recording/node';
import { FramePacer, type Pace } from '../pace.js';

/** What to play: the part of a source's configuration that all sources of recordings have. */
export interface PlayRequest {
  /** As the configuration says it. */
  readonly path: string;
  readonly topic?: string | undefined;
  readonly pace: Pace;
}

/** What of a recording a source gives. */
export interface Played<Item> {
  readonly use: TopicUse;
  items(reader: RecordingReader, topic: string): AsyncGenerator<Item>;
}

/** Gives what was recorded under one topic, in its order, each no earlier than the pace says. */
export class RecordingPlayer<Item extends Place> {
  #pacer: FramePacer | undefined;
  #items: AsyncGenerator<Item> | undefined;
  #clockOffsetMs = 0;
  #playing: Disposable | undefined;

  constructor(
    private readonly request: PlayRequest,
    private readonly played: Played<Item>,
    private readonly paths: PathResolver,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * What to add to the recorded capture time of the last item to get the run's clock: it counts as captured when it was handed
   * over, so that ages are those of this run.
   */
  get clockOffsetMs(): number {
    return this.#clockOffsetMs;
  }

  /**
   * @throws RecordingMissingError, NotARecordingError, RecordingVersionError, RecordingDamagedError, RecordingCompressedError,
   * RecordingTopicError, FileNotAllowedError
   */
  async open(): Promise<void> {
    const { topic, pace } = this.request;
    const { use } = this.played;
    const path = this.paths.resolve(this.request.path);
    this.#pacer = new FramePacer(this.clock, pace);
    this.#playing = beginPlaying(path); // before it is looked what is there: from now on nobody deletes it
    try {
      const reader = await RecordingReader.open(path);
      this.#items = this.played.items(reader, reader.topicFor(use, topic));
      for (const part of reader.parts)
        if (!part.isComplete)
          this.logger.warn(`"${part.path}" was never completed: it is played up to its last whole chunk.`);
    } catch (error) {
      this.#playing[Symbol.dispose]();
      throw error;
    }
  }

  /** The next item; undefined at the end. @throws AbortedError, RecordingDamagedError after all that could be read */
  async next(signal: AbortSignal): Promise<Item | undefined> {
    const answer = await this.#items?.next();
    if (answer === undefined || answer.done === true || signal.aborted) return undefined;
    await this.#pacer?.untilDue(answer.value.timestampMs, signal);
    this.#clockOffsetMs = this.clock.nowMs() - answer.value.capturedAtMs;
    return answer.value;
  }

  async close(): Promise<void> {
    try {
      await this.#items?.return(undefined);
    } finally {
      this.#playing?.[Symbol.dispose]();
    }
  }
}
