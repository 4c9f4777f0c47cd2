import { errorMessage } from '../../base/index.js';
import type { Logger } from '../../base/index.js';
import type { ModelCache } from './model-platform.js';
import { sha256Hex } from './sha256.js';

/** The cache as readers see it: only bytes with the right sum come out of it. */
export class CheckedCache {
  constructor(
    private readonly cache: ModelCache,
    private readonly logger: Logger,
  ) {}

  /** A cached file with the right sum. One with a wrong sum is deleted on the spot. */
  async read(model: string, sha256: string): Promise<Uint8Array | undefined> {
    const bytes = await this.cache.read(sha256);
    if (bytes === undefined || (await sha256Hex(bytes)) === sha256) return bytes;
    this.logger.warn(`The cached file of model "${model}" was corrupt; it is deleted and made again.`, {
      file: this.cache.fileOf(sha256),
    });
    await this.cache.remove(sha256);
    return undefined;
  }

  /** @param mustKeep - False: the bytes are good already, so a full or read-only disk must not keep the graph from running. */
  async keep(model: string, sha256: string, bytes: Uint8Array, mustKeep: boolean): Promise<void> {
    try {
      await this.cache.write(sha256, bytes);
    } catch (error) {
      if (mustKeep) throw error;
      this.logger.warn(`Model "${model}" could not be cached and is made again next time: ${errorMessage(error)}`);
    }
  }
}
