import { serviceId } from '../../base/index.js';

/** What the process has used, all of its threads together. */
export interface ProcessUsage {
  /** Processor time since the process began, in milliseconds; more than elapsed time where several threads work. */
  readonly cpuMs: number;
  /** Memory held in RAM, in bytes. */
  readonly rssBytes: number;
  /** JavaScript heap of the thread that asks, in bytes. */
  readonly heapBytes: number;
}

/** Reads the figures of the process; each platform binds its own. */
export interface ProcessMeter {
  read(): ProcessUsage;
}
export const ProcessMeter = serviceId<ProcessMeter>('core.ProcessMeter');
