import { z } from 'zod';
import { Fault } from './problem.js';

const STATES = ['complete', 'writing', 'incomplete', 'damaged'] as const;
const STATES_TOLD =
  '`writing`: by a run; `incomplete`: its writer is gone, what is whole can be played, `kinegraph recordings repair` completes ' +
  'it; `damaged`: it can be read up to a place, or not at all.';

const RecordedTopic = z.object({
  topic: z.string(),
  schema: z.string().meta({ description: 'What its messages are, for example `foxglove.CompressedImage`.' }),
  messages: z.int(),
  isLossy: z.boolean().meta({ description: 'Its frames came as pixels, and are not the same to the bit any more.' }),
});

const RecordingPart = z.object({
  part: z.int().min(0).meta({ description: 'Its number.' }),
  file: z.string().meta({ description: 'The name of its file.' }),
  state: z.enum(STATES),
  bytes: z.int(),
  messages: z.int(),
  error: Fault.optional().meta({ description: 'Why it is damaged.' }),
});

/** What a client has asked to be recorded. */
const StartedRecording = z.object({
  run: z.string(),
  nodes: z.array(z.string()),
  dropped: z.record(z.string(), z.int()).meta({ description: 'Messages that are in no file, by cause.' }),
  error: Fault.optional().meta({ description: 'Why nothing is being written just now; it goes on by itself.' }),
});

export const Recording = z
  .object({
    id: z.string().meta({ description: 'What the names of its files begin with.' }),
    state: z.enum(STATES).meta({ description: STATES_TOLD }),
    isPlayed: z.boolean().meta({ description: 'A run plays it just now.' }),
    run: z.string().optional().meta({ description: 'The run that was recorded.' }),
    startedAt: z.iso.datetime().optional().meta({ description: 'Of its first message.' }),
    durationMs: z.number().optional().meta({ description: 'From the first message to the last.' }),
    bytes: z.int(),
    messages: z.int(),
    topics: z.array(RecordedTopic),
    parts: z.array(RecordingPart).meta({ description: 'Its files, in their order.' }),
    started: StartedRecording.optional().meta({ description: 'Only while it goes on, and where a client started it.' }),
  })
  .meta({ id: 'Recording', description: 'What was recorded of a run, in one file or several.' });

export const RecordingDetails = Recording.extend({
  metadata: z
    .record(z.string(), z.record(z.string(), z.string()))
    .meta({ description: 'What the files say of how they came about, by record; docs/recordings.md tells.' }),
}).meta({ id: 'RecordingDetails', description: 'A recording with how it came about.' });

/** Ids of recordings that clients choose: names of files on every system. */
export const RecordingId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
