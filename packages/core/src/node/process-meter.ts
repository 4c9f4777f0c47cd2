import process from 'node:process';
import type { ProcessMeter, ProcessUsage } from '../runtime/index.js';

/** The figures of this Node process; worker threads count, processes that it started do not. */
export class NodeProcessMeter implements ProcessMeter {
  read(): ProcessUsage {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    return { cpuMs: (user + system) / 1000, rssBytes: rss, heapBytes: heapUsed };
  }
}
