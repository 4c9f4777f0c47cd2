import type { Clock, Logger } from '@kinegraph/core/plugin';
import type { Place } from '@kinegraph/recording';
import { beginPlaying, RecordingReader, type TopicUse } from '@kinegraph/recording/node';
import { FramePacer, type Pace } from '../pace.js';

/** What to play. */
export interface PlayRequest {
  /** Absolute. */
  readonly path: string;
  readonly topic: string | undefined;
  readonly use: TopicUse;
  readonly pace: Pace;
}

/** Gives what was recorded under one topic, in its order, each no earlier than the pace says. */
export class RecordingPlayer<Item extends Place> {
  readonly #pacer: FramePacer;
  #items: AsyncGenerator<Item> | undefined;
  #clockOffsetMs = 0;
  #playing: Disposable | undefined;

  constructor(
    private readonly request: PlayRequest,
    private readonly items: (reader: RecordingReader, topic: string) => AsyncGenerator<Item>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.#pacer = new FramePacer(clock, request.pace);
  }

  /**
   * What to add to the recorded capture time of the last item to get the run's clock: it counts as captured when it was handed
   * over, so that ages are those of this run.
   */
  get clockOffsetMs(): number {
    return this.#clockOffsetMs;
  }

  /** @throws RecordingMissingError, NotARecordingError, RecordingVersionError, RecordingDamagedError, RecordingCompressedError, RecordingTopicError */
  async open(): Promise<void> {
    const { path, topic, use } = this.request;
    this.#playing = beginPlaying(path); // before it is looked what is there: from now on nobody deletes it
    try {
      const reader = await RecordingReader.open(path);
      this.#items = this.items(reader, reader.topicFor(use, topic));
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
    await this.#pacer.untilDue(answer.value.timestampMs, signal);
    this.#clockOffsetMs = this.clock.nowMs() - answer.value.capturedAtMs;
    return answer.value;
  }

  async close(): Promise<void> {
    this.#playing?.[Symbol.dispose]();
    await this.#items?.return(undefined);
  }
}
