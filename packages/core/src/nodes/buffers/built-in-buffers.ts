import type { BuiltInNode } from '../built-in-node.js';
import { FifoBuffer, FifoBufferConfig } from './fifo-buffer.js';
import { LatestBuffer, LatestBufferConfig } from './latest-buffer.js';
import { RingBuffer, RingBufferConfig } from './ring-buffer.js';
import { WindowBuffer, WindowBufferConfig } from './window-buffer.js';

const anyIn = { in: { type: 'any', description: 'What is to be kept.' } } as const;
const sameOut = { out: { type: '$in', description: 'The same packets.' } } as const;

export const builtInBuffers: readonly BuiltInNode[] = [
  {
    type: 'core.buffer.latest',
    typeVersion: 1,
    kind: 'buffer',
    title: 'Latest',
    description: 'Keeps one packet; the newest replaces the one that waits. Between a live source and a slower node.',
    inputs: anyIn,
    outputs: sameOut,
    config: LatestBufferConfig,
    liveConfig: ['admit'],
    nodeClass: LatestBuffer,
  },
  {
    type: 'core.buffer.fifo',
    typeVersion: 1,
    kind: 'buffer',
    title: 'FIFO',
    description: 'Keeps up to n packets in order; when full it blocks, drops the oldest, or refuses the newest.',
    inputs: anyIn,
    outputs: sameOut,
    config: FifoBufferConfig,
    liveConfig: ['capacity', 'whenFull', 'deadlineMs'],
    nodeClass: FifoBuffer,
  },
  {
    type: 'core.buffer.ring',
    typeVersion: 1,
    kind: 'buffer',
    title: 'Ring',
    description: 'Passes every packet on at once and keeps the last n for looking back by index.',
    inputs: anyIn,
    outputs: sameOut,
    config: RingBufferConfig,
    liveConfig: [],
    nodeClass: RingBuffer,
  },
  {
    type: 'core.buffer.window',
    typeVersion: 1,
    kind: 'buffer',
    title: 'Window',
    description: 'Emits a snapshot of the last packets each stride, and never holds up its producer.',
    inputs: anyIn,
    outputs: { out: { type: 'window<$in>', description: 'A snapshot of the window, oldest packet first.' } },
    config: WindowBufferConfig,
    liveConfig: [],
    nodeClass: WindowBuffer,
  },
];
