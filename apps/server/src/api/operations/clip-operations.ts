import { z } from 'zod';
import { operation } from '../operation.js';

const Clip = z
  .object({
    path: z.string().meta({ description: 'As the path of a source says it: relative where it is in the workspace.' }),
    bytes: z.int(),
  })
  .meta({ id: 'Clip', description: 'A video file that graphs may read.' });

export const listClips = operation({
  id: 'listClips',
  method: 'get',
  path: '/api/v1/clips',
  scope: 'view',
  tag: 'Catalogue',
  summary: 'The video files that graphs may read: those of the workspace and of the media folders.',
  description: 'Hidden folders, installed packages and what links lead to are left out.',
  answer: {
    status: 200,
    description: 'By path, 200 at most.',
    schema: z.object({
      clips: z.array(Clip),
      isCut: z.boolean().meta({ description: 'There may be more, deeper in the folders.' }),
    }),
  },
  errors: [],
});
