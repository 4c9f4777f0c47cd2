import type { EncodedFrameCache, EncodedImage, PreviewOptions } from '../../kinds/index.js';
import type { Frame } from '../../vision/index.js';

/**
 * One run's part of the platform's cache: sources of the same name in two runs never meet, and what a run leaves behind goes
 * with it.
 */
export class RunFrameCache implements EncodedFrameCache {
  readonly #sources = new Map<string, string>();

  constructor(
    private readonly shared: EncodedFrameCache,
    private readonly runId: string,
  ) {}

  get(source: string, frame: Frame, options: PreviewOptions): Promise<EncodedImage> {
    return this.shared.get(this.#key(source), frame, options);
  }

  forgetSource(source: string): void {
    this.shared.forgetSource(this.#key(source));
  }

  /** Forgets all sources of the run. */
  clear(): void {
    for (const key of this.#sources.values()) this.shared.forgetSource(key);
    this.#sources.clear();
  }

  /** Made once for each source: a hit must not cost a new string. */
  #key(source: string): string {
    let key = this.#sources.get(source);
    if (key === undefined) {
      key = previewSource(this.runId, source);
      this.#sources.set(source, key);
    }
    return key;
  }
}

/** The name of a run's source in the cache of the platform. */
export function previewSource(runId: string, source: string): string {
  return `${runId}/${source}`;
}
