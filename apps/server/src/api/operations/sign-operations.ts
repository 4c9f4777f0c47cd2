import { z } from 'zod';
import { operation } from '../operation.js';
import { RecordedTake, SetName, SignModelInfo, SignSet, SignSetDetail, SignTraining } from '../shapes/signs.js';

const SetPath = z.object({ set: SetName });
const LabelPath = SetPath.extend({ label: z.string() });
const TakePath = LabelPath.extend({ take: z.string().meta({ description: 'The id of a take.' }) });
const TrainingPath = SetPath.extend({ training: z.string().meta({ description: 'The id of a training.' }) });
const NDJSON = 'application/x-ndjson';

export const listSignSets = operation({
  tag: 'Signs',
  id: 'listSignSets',
  method: 'get',
  path: '/api/v1/signs/sets',
  scope: 'view',
  summary: 'The sets of takes of signs.',
  answer: { status: 200, description: 'By name.', schema: z.object({ sets: z.array(SignSet) }) },
  errors: [],
});

export const getSignSet = operation({
  tag: 'Signs',
  id: 'getSignSet',
  method: 'get',
  path: '/api/v1/signs/sets/{set}',
  scope: 'view',
  summary: 'The labels of a set, with the quality of each take, and its last trainings.',
  params: SetPath,
  answer: { status: 200, description: 'The set.', schema: SignSetDetail },
  errors: ['SERVER_SIGN_SET_UNKNOWN'],
});

export const importTakes = operation({
  tag: 'Signs',
  id: 'importTakes',
  method: 'post',
  path: '/api/v1/signs/sets/{set}/takes',
  scope: 'deploy',
  summary: 'Adds one take or several to a set, which need not be there yet.',
  params: SetPath,
  body: { description: 'Takes, one after the other, as `exportTakes` gives them.', mediaType: NDJSON },
  answer: {
    status: 201,
    description: 'They are there.',
    schema: z.object({
      added: z.int(),
      same: z.int().meta({ description: 'Takes that were there already.' }),
      damaged: z.int().meta({ description: 'Takes that lacked lines and were taken over with what is whole.' }),
    }),
  },
  errors: [
    'SERVER_BODY_NOT_JSON',
    'SERVER_BODY_TOO_LARGE',
    'SERVER_SIGN_IMPORT_BROKEN',
    'SIGNS_LABEL_REFUSED',
    'SIGNS_LABEL_CLASH',
    'SIGNS_TAKE_UNREADABLE',
    'SIGNS_TAKE_EXISTS',
  ],
});

export const getTake = operation({
  tag: 'Signs',
  id: 'getTake',
  method: 'get',
  path: '/api/v1/signs/sets/{set}/takes/{label}/{take}',
  scope: 'view',
  summary: 'A take as NDJSON.',
  params: TakePath,
  answer: { status: 200, description: 'The take.', mediaType: NDJSON },
  errors: ['SERVER_SIGN_SET_UNKNOWN', 'SIGNS_TAKE_UNKNOWN', 'SIGNS_TAKE_UNREADABLE'],
});

export const deleteTake = operation({
  tag: 'Signs',
  id: 'deleteTake',
  method: 'delete',
  path: '/api/v1/signs/sets/{set}/takes/{label}/{take}',
  scope: 'deploy',
  summary: 'Deletes a take.',
  params: TakePath,
  answer: { status: 204, description: 'It is gone.' },
  errors: ['SERVER_SIGN_SET_UNKNOWN', 'SIGNS_TAKE_UNKNOWN'],
});

export const deleteLabel = operation({
  tag: 'Signs',
  id: 'deleteLabel',
  method: 'delete',
  path: '/api/v1/signs/sets/{set}/takes/{label}',
  scope: 'deploy',
  summary: 'Deletes all takes of a label.',
  params: LabelPath,
  answer: { status: 204, description: 'They are gone.' },
  errors: ['SERVER_SIGN_SET_UNKNOWN', 'SIGNS_TAKE_UNKNOWN'],
});

export const exportTakes = operation({
  tag: 'Signs',
  id: 'exportTakes',
  method: 'get',
  path: '/api/v1/signs/sets/{set}/export',
  scope: 'view',
  summary: 'All takes of a set as one NDJSON text, which `importTakes` takes.',
  params: SetPath,
  answer: { status: 200, description: 'The takes.', mediaType: NDJSON },
  errors: ['SERVER_SIGN_SET_UNKNOWN'],
});

export const recordTake = operation({
  tag: 'Signs',
  id: 'recordTake',
  method: 'post',
  path: '/api/v1/signs/sets/{set}/recordings',
  scope: 'deploy',
  summary: 'Records a take from a run; answers when it is over.',
  params: SetPath,
  body: z.strictObject({
    label: z.string().min(1).max(200),
    run: z
      .string()
      .min(1)
      .max(200)
      .meta({ examples: ['live'] }),
    sink: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Of the run; left out: the first that gets hands.' }),
    seconds: z.number().min(0.2).max(60).default(3),
  }),
  answer: { status: 201, description: 'The take is there.', schema: RecordedTake },
  errors: [
    'SERVER_RUN_UNKNOWN',
    'SERVER_SIGNS_BUSY',
    'SERVER_SIGN_NO_HANDS',
    'SIGNS_LABEL_REFUSED',
    'SIGNS_LABEL_CLASH',
  ],
});

export const startTraining = operation({
  tag: 'Signs',
  id: 'startTraining',
  method: 'post',
  path: '/api/v1/signs/sets/{set}/trainings',
  scope: 'deploy',
  summary: 'Begins to train a model with the takes of a set.',
  params: SetPath,
  body: z
    .strictObject({
      title: z.string().max(200).default(''),
      seed: z.int().min(0).max(999_999_999).default(1),
    })
    .prefault({}),
  answer: { status: 202, description: 'It has begun.', schema: SignTraining },
  errors: ['SERVER_SIGN_SET_UNKNOWN', 'SERVER_SIGNS_BUSY'],
});

export const getTraining = operation({
  tag: 'Signs',
  id: 'getTraining',
  method: 'get',
  path: '/api/v1/signs/sets/{set}/trainings/{training}',
  scope: 'view',
  summary: 'How far a training is; its report, or why it failed.',
  params: TrainingPath,
  answer: { status: 200, description: 'The training.', schema: SignTraining },
  errors: ['SERVER_SIGN_TRAINING_UNKNOWN'],
});

export const cancelTraining = operation({
  tag: 'Signs',
  id: 'cancelTraining',
  method: 'delete',
  path: '/api/v1/signs/sets/{set}/trainings/{training}',
  scope: 'deploy',
  summary: 'Cancels a training.',
  params: TrainingPath,
  answer: { status: 204, description: 'It has ended.' },
  errors: ['SERVER_SIGN_TRAINING_UNKNOWN'],
});

export const getSignModel = operation({
  tag: 'Signs',
  id: 'getSignModel',
  method: 'get',
  path: '/api/v1/signs/sets/{set}/model',
  scope: 'view',
  summary: 'The card of the model of a set, and the name that graphs use it by.',
  params: SetPath,
  answer: { status: 200, description: 'The model.', schema: SignModelInfo },
  errors: ['SERVER_SIGN_SET_UNKNOWN', 'SERVER_SIGN_MODEL_NONE'],
});

export const downloadSignModel = operation({
  tag: 'Signs',
  id: 'downloadSignModel',
  method: 'get',
  path: '/api/v1/signs/sets/{set}/model.onnx',
  scope: 'view',
  summary: 'The model of a set.',
  params: SetPath,
  answer: { status: 200, description: 'An ONNX file.', mediaType: 'application/octet-stream' },
  errors: ['SERVER_SIGN_SET_UNKNOWN', 'SERVER_SIGN_MODEL_NONE'],
});
