import { errorMessage, toErrorRecord } from '@kinegraph/core';
import type { Logger } from '@kinegraph/core';
import { repairFolder } from '@kinegraph/recording/node';

/** Completes the parts in a folder whose writers are gone, and tells of each. Never throws. */
export async function repairRecordings(folder: string, logger: Logger): Promise<void> {
  try {
    for (const one of await repairFolder(folder)) {
      if (one.outcome === 'repaired') {
        const { path, messages, cutBytes } = one.repair;
        logger.info(`A recording that was cut off is complete now: ${path}, ${messages} messages.`, {
          messages,
          cutBytes,
        });
      } else if (one.outcome === 'failed') {
        logger.warn(`The recording ${one.file} cannot be repaired: ${errorMessage(one.error)}`, {
          error: toErrorRecord(one.error),
        });
      }
    }
  } catch (error) {
    logger.warn(`The recordings in ${folder} cannot be looked after: ${errorMessage(error)}`, {
      error: toErrorRecord(error),
    });
  }
}
