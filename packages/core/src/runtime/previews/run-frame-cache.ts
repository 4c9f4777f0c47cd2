import type { EncodedFrameCache, EncodedImage, PreviewOptions } from '../../kinds/index.js';
import type { Frame } from '../../vision/index.js';

/**
 * One run's part of the platform's cache: sources of the same name in two runs never meet, and what a run leaves behind goes
 * with it. Frames of a source that has disconnected are still under way for a while, and viewers may keep some for longer:
 * they get their previews, which are not kept.
 */
export class RunFrameCache implements EncodedFrameCache {
  readonly #keys = new Map<string, string>();
  /** How many sources of a name are connected: a change begins one before the one of that name ends whose place it takes. */
  readonly #connected = new Map<string, number>();

  constructor(
    private readonly shared: EncodedFrameCache,
    private readonly runId: string,
  ) {}

  get(source: string, frame: Frame, options: PreviewOptions): Promise<EncodedImage> {
    const image = this.shared.get(this.#key(source), frame, options);
    if (!this.#connected.has(source)) void Promise.allSettled([image]).then(() => this.#forgetGone(source));
    return image;
  }

  /** What is made of frames of this source is kept from now on. @returns what tells that it has disconnected, called once. */
  connect(source: string): () => void {
    this.#connected.set(source, (this.#connected.get(source) ?? 0) + 1);
    return () => {
      const left = (this.#connected.get(source) ?? 0) - 1;
      if (left > 0) this.#connected.set(source, left);
      else this.#connected.delete(source);
      this.forgetSource(source);
    };
  }

  forgetSource(source: string): void {
    this.shared.forgetSource(this.#key(source));
  }

  /** Forgets all sources of the run, which has ended. */
  clear(): void {
    this.#connected.clear();
    for (const key of this.#keys.values()) this.shared.forgetSource(key);
    this.#keys.clear();
  }

  #forgetGone(source: string): void {
    if (!this.#connected.has(source)) this.forgetSource(source);
  }

  /** Made once for each source: a hit must not cost a new string. */
  #key(source: string): string {
    let key = this.#keys.get(source);
    if (key === undefined) {
      key = previewSource(this.runId, source);
      this.#keys.set(source, key);
    }
    return key;
  }
}

/** The name of a run's source in the cache of the platform. */
export function previewSource(runId: string, source: string): string {
  return `${runId}/${source}`;
}
