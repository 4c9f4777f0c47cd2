import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { packageVersion } from '../package-version.js';

/** What figures were measured on: without it they say nothing. */
export interface MachineFacts {
  /** As the processor calls itself. */
  readonly cpu: string;
  /** Those that this process may use. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** `linux-x64`, for example. */
  readonly platform: string;
  /** Version of Node. */
  readonly node: string;
  /** Version of Kinegraph. */
  readonly kinegraph: string;
  /** Over the last minute; 0 where the system does not tell. */
  readonly loadAverage: number;
}

/** Those of now. */
export function machineFacts(): MachineFacts {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    platform: `${process.platform}-${process.arch}`,
    node: process.version,
    kinegraph: packageVersion(),
    loadAverage: loadavg()[0] ?? 0,
  };
}
