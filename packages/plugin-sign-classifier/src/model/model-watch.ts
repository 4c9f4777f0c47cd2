import type { Clock } from '@kinegraph/core/plugin';

/** How often files are looked at. */
const LOOK_EVERY_MS = 500;
/** How long a pair that does not fit together may stay so before somebody is told. */
const PATIENCE_MS = 5000;

/** What a watch needs. */
export interface ModelWatchOptions {
  readonly clock: Clock;
  /** What changes when the files do; undefined while one of them is missing. */
  readonly version: () => Promise<string | undefined>;
  /** Takes over what the files are now. Rejects while they do not fit together; the old model then goes on. */
  readonly takeOver: () => Promise<void>;
  /** The files have not fitted together for a while. Called once, until they were taken over. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Takes a model over whose files were replaced. Files that still change are waited for, and so are a model and a card of which
 * only one has been replaced so far.
 */
export class ModelWatch implements AsyncDisposable {
  #timer: Disposable | undefined;
  #looking: Promise<void> = Promise.resolve();
  #ended = false;
  /** What runs. */
  #taken: string | undefined;
  /** At the last look. */
  #seen: string | undefined;
  #troubleSinceMs: number | undefined;
  #told = false;
  /** What was there when somebody was told: looked into again only once it has changed. */
  #toldOf: string | undefined;

  constructor(private readonly options: ModelWatchOptions) {}

  /** @param taken - the version that runs */
  start(taken: string | undefined): void {
    this.#taken = taken;
    this.#seen = taken;
    this.#troubleSinceMs = undefined;
    this.#told = false;
    this.#next();
  }

  /** Nothing is taken over any more once this has settled. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    this.#timer?.[Symbol.dispose]();
    await this.#looking;
  }

  #next(): void {
    this.#timer?.[Symbol.dispose]();
    if (this.#ended) return;
    this.#timer = this.options.clock.schedule(LOOK_EVERY_MS, () => {
      this.#looking = this.#look().then(() => this.#next());
    });
  }

  async #look(): Promise<void> {
    const { clock, version, takeOver, onTrouble } = this.options;
    try {
      const now = await version();
      const isStill = now === this.#seen;
      this.#seen = now;
      if (now === this.#taken) {
        this.#troubleSinceMs = undefined;
        this.#told = false;
        return;
      }
      if (!isStill || this.#ended) return;
      if (this.#told && now === this.#toldOf) return;
      await takeOver();
      this.#taken = now;
      this.#troubleSinceMs = undefined;
      this.#told = false;
    } catch (error) {
      const nowMs = clock.nowMs();
      this.#troubleSinceMs ??= nowMs;
      if (this.#ended || this.#told || nowMs - this.#troubleSinceMs < PATIENCE_MS) return;
      this.#told = true;
      this.#toldOf = this.#seen;
      onTrouble(error);
    }
  }
}
