import { createRequire } from 'node:module';
import { injectable, serviceId, type PathResolver } from '@kinegraph/core/plugin';
import { FfmpegDriver } from './ffmpeg/ffmpeg-driver.js';
import { findFfmpeg, type FfmpegSearch } from './ffmpeg/ffmpeg-finder.js';
import { NodeAvDriver } from './node-av/node-av-driver.js';
import { DecoderMissingError } from './decoder/errors.js';
import type { DecoderDriver } from './decoder/frame-stream.js';

/** Which driver a node wants. */
export interface DriverWish {
  readonly driver: 'auto' | 'ffmpeg' | 'node-av';
  /** The program; empty: the `ffmpeg` on the PATH. */
  readonly ffmpegPath: string;
}

/** Knows which drivers can run here. */
export interface DecoderDrivers {
  /**
   * @param paths - say whether a graph may name a program at all; on a server it may not.
   * @throws DecoderMissingError that names both mends, FileNotAllowedError
   */
  choose(wish: DriverWish, paths: PathResolver): Promise<DecoderDriver>;
}
export const DecoderDrivers = serviceId<DecoderDrivers>('media.DecoderDrivers');

/** Looks for what is installed; asks each ffmpeg for its version only once. */
@injectable()
export class InstalledDecoderDrivers implements DecoderDrivers {
  readonly #searches = new Map<string, Promise<FfmpegSearch>>();

  async choose(wish: DriverWish, paths: PathResolver): Promise<DecoderDriver> {
    const { driver } = wish;
    const ffmpegPath = wish.ffmpegPath && paths.resolve(wish.ffmpegPath, 'execute');
    if (driver === 'node-av') return nodeAv(driver);
    const search = await this.#find(ffmpegPath);
    if (search.found) return new FfmpegDriver(search.executable);
    // A path that the operator has set and that leads nowhere is told, not passed over.
    if (driver === 'ffmpeg' || ffmpegPath !== '')
      throw new DecoderMissingError({ wanted: driver, reason: search.reason });
    return nodeAv(driver, search.reason);
  }

  #find(ffmpegPath: string): Promise<FfmpegSearch> {
    const known = this.#searches.get(ffmpegPath);
    if (known !== undefined) return known;
    const search = findFfmpeg(ffmpegPath);
    this.#searches.set(ffmpegPath, search);
    return search;
  }
}

function nodeAv(wanted: string, otherReason?: string): NodeAvDriver {
  try {
    createRequire(import.meta.url).resolve('node-av/lib');
  } catch (error) {
    const reasons = [...(otherReason === undefined ? [] : [otherReason]), 'the package node-av is not installed'];
    throw new DecoderMissingError({ wanted, reason: reasons.join(' and ') }, { cause: error });
  }
  return new NodeAvDriver();
}
