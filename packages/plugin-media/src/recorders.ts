import { serviceId } from '@kinegraph/core/plugin';
import type { Recorders } from '@kinegraph/recording/node';

/** Writes the recordings of all runs, so that sinks of one run can share a file. */
export type RecorderService = Pick<Recorders, 'open'>;
export const RecorderService = serviceId<RecorderService>('media.Recorders');
