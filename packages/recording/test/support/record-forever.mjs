// Records a packet every 10 ms until it is killed, and tells each on standard output: its number and its stream time.
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { SystemClock } from '@kinegraph/core/plugin';
import { Recorders } from '../../dist/node/index.js';

const none = () => {};
const request = { path: process.argv[2], topic: '/values', runId: 'run', node: 'record', limits: { minFreeBytes: 0 } };
const topic = await new Recorders(new SystemClock()).open(request, {
  dropped: none,
  wrote: none,
  waiting: none,
  finished: none,
  stopped: none,
  resumed: none,
});
let sequence = 0;
setInterval(() => {
  const timestampMs = performance.now();
  const place = { timestampMs, capturedAtMs: timestampMs, clockOffsetMs: 0, sequence, source: 'source' };
  topic.writeValue(place, { sequence, filler: 'x'.repeat(2000) });
  process.stdout.write(`${sequence} ${timestampMs}\n`);
  sequence += 1;
}, 10);
