import { z } from 'zod';

/** Configuration of `mediapipe.pose`. */
export const PoseConfig = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(4096)
      .default('lite')
      .meta({
        title: 'Model',
        description:
          '"lite", "full" or "heavy" (each slower and more exact than the one before), the path of a .task file, or an https URL of one (add #sha256=<hex> to pin it).',
        examples: ['lite', 'full', 'heavy'],
      }),
    numPoses: z.int().min(1).max(6).default(1).meta({
      title: 'Persons at most',
      description:
        'How many persons to follow. While fewer are in sight, the whole frame is searched for more each time.',
    }),
    minPoseDetectionConfidence: z.number().min(0).max(1).default(0.5).meta({
      title: 'Detection confidence',
      description: 'Least score of the person detector for a new person to be taken up.',
    }),
    minPosePresenceConfidence: z.number().min(0).max(1).default(0.5).meta({
      title: 'Presence confidence',
      description:
        'Least score of the landmark model that a person is there at all; below it the frame is searched anew.',
    }),
    minTrackingConfidence: z.number().min(0).max(1).default(0.5).meta({
      title: 'Tracking confidence',
      description: 'Least overlap of a person with the place in the frame before, to be followed without a new search.',
    }),
  })
  .meta({ title: 'MediaPipe Pose' });
export type PoseConfig = z.infer<typeof PoseConfig>;
