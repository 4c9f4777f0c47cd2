import { z } from 'zod';
import { operation } from '../operation.js';
import { ModelInfo, ModelPull } from '../shapes/models.js';

const PullPath = z.object({ pull: z.string().meta({ description: 'The id of a pull.' }) });

export const listModels = operation({
  id: 'listModels',
  method: 'get',
  path: '/api/v1/models',
  scope: 'view',
  tag: 'Catalogue',
  summary: 'The models that plugins list: what they weigh, their licences, and whether they are there.',
  answer: { status: 200, description: 'The models.', schema: z.object({ models: z.array(ModelInfo) }) },
  errors: [],
});

export const listModelPulls = operation({
  id: 'listModelPulls',
  method: 'get',
  path: '/api/v1/models/pulls',
  scope: 'view',
  tag: 'Catalogue',
  summary: 'Models on their way, and the last that came.',
  answer: { status: 200, description: 'The oldest first.', schema: z.object({ pulls: z.array(ModelPull) }) },
  errors: [],
});

export const pullModels = operation({
  id: 'pullModels',
  method: 'post',
  path: '/api/v1/models/pulls',
  scope: 'admin',
  tag: 'Catalogue',
  summary: 'Fetches models ahead of the runs that need them.',
  body: z
    .strictObject({
      models: z
        .array(z.string().min(1).max(200))
        .max(1000)
        .default([])
        .meta({ description: 'Ids; none: all but those that are pulled by their id only.' }),
      check: z.boolean().default(false).meta({ description: 'Check the sums of those that are there, too.' }),
    })
    .prefault({}),
  answer: { status: 202, description: 'It has begun.', schema: ModelPull },
  errors: ['SERVER_MODEL_PULL_BUSY', 'MODEL_UNKNOWN'],
});

export const getModelPull = operation({
  id: 'getModelPull',
  method: 'get',
  path: '/api/v1/models/pulls/{pull}',
  scope: 'view',
  tag: 'Catalogue',
  summary: 'How far a pull is, and what came of each model.',
  params: PullPath,
  answer: { status: 200, description: 'The pull.', schema: ModelPull },
  errors: ['SERVER_MODEL_PULL_UNKNOWN'],
});

export const cancelModelPull = operation({
  id: 'cancelModelPull',
  method: 'delete',
  path: '/api/v1/models/pulls/{pull}',
  scope: 'admin',
  tag: 'Catalogue',
  summary: 'Cancels a pull; what has come is kept, and the next one goes on from there.',
  params: PullPath,
  answer: { status: 204, description: 'It has ended.' },
  errors: ['SERVER_MODEL_PULL_UNKNOWN'],
});
