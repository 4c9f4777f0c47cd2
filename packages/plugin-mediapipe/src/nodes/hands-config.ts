import { z } from 'zod';

/** Configuration of `mediapipe.hands`. */
export const HandsConfig = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(4096)
      .default('full')
      .meta({
        title: 'Model',
        description:
          '"full" or "lite" (nearly twice as fast, a little less exact), the path of a .task file, or an https URL of one (add #sha256=<hex> to pin it).',
        examples: ['full', 'lite'],
      }),
    numHands: z.int().min(1).max(8).default(2).meta({
      title: 'Hands at most',
      description:
        'How many hands to follow. While fewer are in sight, the whole frame is searched for more each time, which takes about twice as long.',
    }),
    minHandDetectionConfidence: z.number().min(0).max(1).default(0.5).meta({
      title: 'Detection confidence',
      description: 'Least score of the palm detector for a new hand to be taken up.',
    }),
    minHandPresenceConfidence: z.number().min(0).max(1).default(0.5).meta({
      title: 'Presence confidence',
      description:
        'Least score of the landmark model that a hand is there at all; below it the frame is searched anew.',
    }),
    minTrackingConfidence: z.number().min(0).max(1).default(0.5).meta({
      title: 'Tracking confidence',
      description: 'Least overlap of a hand with its place in the frame before, to be followed without a new search.',
    }),
  })
  .meta({ title: 'MediaPipe Hands' });
export type HandsConfig = z.infer<typeof HandsConfig>;
