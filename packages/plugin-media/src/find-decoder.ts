import type { PathResolver } from '@kinegraph/core/plugin';
import { DecoderMissingError } from './decoder/errors.js';
import { InstalledDecoderDrivers } from './drivers.js';

/** Nothing is resolved where no program is named. */
const NO_PATHS: PathResolver = { resolve: (path) => path };

/** What nodes that leave the choice would decode video with on this machine, or why they could not. */
export async function findDecoder(): Promise<{ readonly driver: string } | { readonly reason: string }> {
  try {
    const { name } = await new InstalledDecoderDrivers().choose({ driver: 'auto', ffmpegPath: '' }, NO_PATHS);
    return { driver: name };
  } catch (error) {
    if (error instanceof DecoderMissingError) return { reason: error.data.reason };
    throw error;
  }
}
