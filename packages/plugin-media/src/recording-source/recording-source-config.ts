import { z } from 'zod';
import { Pace } from '../pace.js';

const path = z
  .string()
  .min(1)
  .meta({
    title: 'Recording',
    description:
      'All parts of a recording by what their names begin with ("recordings/hall"), or one file ("recordings/hall.0001.mcap"). ' +
      'A relative path starts at the folder of the graph document.',
    examples: ['recordings/hall'],
  });
const topic = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .meta({
    title: 'Topic',
    description: 'Which one of the recording. Left empty: the only one that there is of this kind.',
    examples: ['/hands'],
  });

/** Configuration of `media.source.recording`. */
export const RecordingSourceConfig = z
  .strictObject({
    path,
    topic,
    pace: Pace,
    decode: z.boolean().default(false).meta({
      title: 'Decode',
      description: 'Give pixels (RGBA) in place of the encoded images that the recording holds.',
    }),
  })
  .meta({ title: 'Recorded frames' });
export type RecordingSourceConfig = z.infer<typeof RecordingSourceConfig>;

/** Configuration of `media.source.recorded-landmarks`. */
export const RecordedLandmarksConfig = z
  .strictObject({
    path,
    topic,
    pace: Pace,
    skeleton: z
      .string()
      .min(1)
      .max(100)
      .meta({
        title: 'Skeleton',
        description: 'Of the landmarks that were recorded; it is the type of the output.',
        examples: ['hand-21'],
      }),
  })
  .meta({ title: 'Recorded landmarks' });
export type RecordedLandmarksConfig = z.infer<typeof RecordedLandmarksConfig>;
