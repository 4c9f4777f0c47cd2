import { z } from 'zod';

/** Configuration of `media.sink.recording`. */
export const RecordingSinkConfig = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .meta({
        title: 'Recording',
        description:
          'What the names of the files begin with: "recordings/hall" gives recordings/hall.0001.mcap, and so on. Where there is one ' +
          'of that name already, it becomes hall-2. A relative path starts at the folder of the graph document.',
        examples: ['recordings/hall'],
      }),
    topic: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({
        title: 'Topic',
        description:
          'Under which name the values stand in the file. Left empty: "/" and the name of the node. Sinks of one run with the same ' +
          'path write into the same file.',
        examples: ['/hands'],
      }),
    quality: z.int().min(1).max(100).default(90).meta({
      title: 'JPEG quality',
      description: 'Of frames that come as pixels. Frames that come encoded are kept as they are.',
    }),
    partBytes: z
      .int()
      .min(1024 ** 2)
      .max(2 ** 40)
      .default(1024 ** 3)
      .meta({
        title: 'Bytes of a file',
        description: 'Before a file gets larger it is completed, and the next one begun.',
      }),
    partSeconds: z
      .number()
      .min(1)
      .max(7 * 86_400)
      .default(3600)
      .meta({ title: 'Seconds of a file', description: 'A file of this age is completed, and the next one begun.' }),
    minFreeBytes: z
      .int()
      .min(0)
      .max(2 ** 50)
      .default(256 * 1024 ** 2)
      .meta({
        title: 'Bytes to leave free',
        description: 'Recording stops before less of the disk is free, and begins again once there is room.',
      }),
    keepBytes: z
      .int()
      .min(1024 ** 2)
      .max(2 ** 50)
      .optional()
      .meta({
        title: 'Bytes to keep',
        description:
          'Whenever a file is complete, the oldest ones that this path has recorded are deleted, as far as all together are larger. ' +
          'Earlier recordings count: hall-2 and so on, too. What is being played stays. Left empty: nothing is deleted.',
        examples: [50 * 1024 ** 3],
      }),
    keepHours: z
      .number()
      .min(0.01)
      .max(100_000)
      .optional()
      .meta({
        title: 'Hours to keep',
        description:
          'When the recording begins, and whenever a file is complete, those that this path completed longer ago are deleted. ' +
          'Left empty: nothing is deleted.',
        examples: [72],
      }),
  })
  .meta({ title: 'Recording' });
export type RecordingSinkConfig = z.infer<typeof RecordingSinkConfig>;
