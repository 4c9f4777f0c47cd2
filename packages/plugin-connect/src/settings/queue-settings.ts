import { z } from 'zod';
import { RECEIVER_NAME } from './connect-settings.js';

/** What both sinks may be told of the queue before their receiver. */
export const queueSettings = {
  queueMessages: z.int().min(1).max(100_000).default(1000).meta({
    title: 'Queue (results)',
    description: 'How many results may wait for a receiver that is slow or away.',
  }),
  queueKib: z.int().min(16).max(1_048_576).default(16_384).meta({
    title: 'Queue (KiB)',
    description: 'How large they may be together.',
  }),
  whenFull: z.enum(['drop-oldest', 'drop-newest']).default('drop-oldest').meta({
    title: 'When full',
    description: 'Which result goes when another comes and there is no room.',
  }),
  flushMs: z.int().min(0).max(4500).default(3000).meta({
    title: 'Time to finish (ms)',
    description: 'How long the end of a run waits for results that are still to be sent.',
  }),
  digits: z.int().min(0).max(10).default(5).meta({
    title: 'Digits',
    description: 'Decimals that numbers are rounded to.',
  }),
};

/** The receiver of a sink, by its name in the settings. */
export const receiverName = z.string().regex(RECEIVER_NAME);
