import { z } from 'zod';
import { operation } from '../operation.js';
import { Recording, RecordingDetails, RecordingId } from '../shapes/recordings.js';

const RecordingPath = z.object({
  recording: z.string().min(1).max(255).meta({ description: 'The id of a recording.' }),
});
const PartPath = RecordingPath.extend({
  part: z.coerce.number().int().min(0).max(1_000_000_000).meta({ description: 'The number of a part.' }),
});

export const listRecordings = operation({
  id: 'listRecordings',
  method: 'get',
  path: '/api/v1/recordings',
  scope: 'view',
  tag: 'Recordings',
  summary: 'The recordings of this server, those that are being written included.',
  answer: {
    status: 200,
    description: 'By their ids.',
    schema: z.object({ recordings: z.array(Recording) }),
  },
  errors: [],
});

export const startRecording = operation({
  id: 'startRecording',
  method: 'post',
  path: '/api/v1/recordings',
  scope: 'deploy',
  tag: 'Recordings',
  summary: 'Records a run as it is, without a change to its graph, until it is stopped or the run ends.',
  body: z.strictObject({
    run: z.string().min(1).max(64),
    id: RecordingId.optional().meta({
      description:
        'Left out: that of the run. Where there is a recording of that name, it becomes `hall-2`, and so on.',
    }),
    nodes: z.array(z.string().min(1).max(200)).min(1).max(100).optional().meta({
      description:
        'Sinks, and nodes that give frames. Left out: all sinks, but those that record, and all sources of frames.',
    }),
    frames: z.boolean().default(true).meta({ description: 'Record frames, too, where no nodes are named.' }),
  }),
  answer: { status: 201, description: 'It has begun.', schema: Recording },
  errors: [
    'SERVER_RUN_UNKNOWN',
    'SERVER_RECORDING_RUN_ENDED',
    'SERVER_NODE_UNKNOWN',
    'SERVER_RECORDING_NODE',
    'SERVER_TOO_MANY_RECORDINGS',
    'SERVER_RECORDING_START',
  ],
});

export const getRecording = operation({
  id: 'getRecording',
  method: 'get',
  path: '/api/v1/recordings/{recording}',
  scope: 'view',
  tag: 'Recordings',
  summary: 'A recording, and how it came about.',
  params: RecordingPath,
  answer: { status: 200, description: 'The recording.', schema: RecordingDetails },
  errors: ['SERVER_RECORDING_UNKNOWN'],
});

export const deleteRecording = operation({
  id: 'deleteRecording',
  method: 'delete',
  path: '/api/v1/recordings/{recording}',
  scope: 'deploy',
  tag: 'Recordings',
  summary: 'Deletes all files of a recording.',
  params: RecordingPath,
  answer: { status: 204, description: 'It is gone.' },
  errors: ['SERVER_RECORDING_UNKNOWN', 'SERVER_RECORDING_IN_USE'],
});

export const stopRecording = operation({
  id: 'stopRecording',
  method: 'post',
  path: '/api/v1/recordings/{recording}/stop',
  scope: 'deploy',
  tag: 'Recordings',
  summary: 'Ends a recording that a client has started; the run goes on.',
  params: RecordingPath,
  answer: { status: 200, description: 'It is complete.', schema: Recording },
  errors: ['SERVER_RECORDING_UNKNOWN', 'SERVER_RECORDING_NOT_STARTED'],
});

export const trimRecording = operation({
  id: 'trimRecording',
  method: 'post',
  path: '/api/v1/recordings/{recording}/trim',
  scope: 'deploy',
  tag: 'Recordings',
  summary: 'Makes a recording of a span of another, which stays as it is.',
  description:
    'Every message of the span is kept with its bytes and times, so it replays as the span of the original does. Answered when it is done.',
  params: RecordingPath,
  body: z
    .strictObject({
      from: z.number().min(0).meta({ description: 'Milliseconds from its first message.' }),
      to: z.number().min(0).meta({ description: 'Likewise; not before `from`.' }),
      id: RecordingId.optional().meta({
        description:
          'Left out: `hall-trim` of `hall`. Where there is a recording of that name, `hall-trim-2`, and so on.',
      }),
    })
    .refine(({ from, to }) => from <= to, { message: '`to` lies before `from`.', path: ['to'] }),
  answer: { status: 201, description: 'It is complete.', schema: Recording },
  errors: [
    'SERVER_RECORDING_UNKNOWN',
    'SERVER_RECORDING_IN_USE',
    'SERVER_TOO_MANY_RECORDINGS',
    'RECORDING_SPAN_EMPTY',
    'SERVER_RECORDING_UNREADABLE',
    'SERVER_RECORDING_START',
  ],
});

export const downloadRecording = operation({
  id: 'downloadRecording',
  method: 'get',
  path: '/api/v1/recordings/{recording}/parts/{part}',
  scope: 'view',
  tag: 'Recordings',
  summary: 'A file of a recording.',
  description:
    'Takes `Range`, and has an ETag: 304 where `If-None-Match` names it, a range only where `If-Range` does. A part that is being ' +
    'written is answered as far as it is.',
  params: PartPath,
  answer: { status: 200, description: 'An MCAP file.', mediaType: 'application/octet-stream' },
  others: {
    206: { description: 'The range that was asked for.', mediaType: 'application/octet-stream' },
    304: { description: 'The client has it.' },
  },
  errors: ['SERVER_RECORDING_UNKNOWN', 'SERVER_RANGE_NOT_SATISFIABLE'],
});
