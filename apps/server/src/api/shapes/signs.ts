import { z } from 'zod';
import { SET_NAME } from '../../signs/sign-sets.js';
import { Fault } from './problem.js';

export const SetName = z
  .string()
  .regex(SET_NAME)
  .meta({ description: 'Letters, digits, "_" and "-", 64 at most.', examples: ['mine'] });

export const SignSet = z
  .object({ set: z.string(), labels: z.int(), takes: z.int(), hasModel: z.boolean() })
  .meta({ id: 'SignSet', description: 'A set of takes, in a list.' });

export const TakeQuality = z
  .object({
    verdict: z.enum(['good', 'usable', 'poor']),
    advice: z.string().meta({ description: 'One sentence: what to do better.' }),
    part: z
      .object({ startMs: z.number(), endMs: z.number(), kind: z.enum(['held', 'moving']) })
      .optional()
      .meta({ description: 'The part in which the sign was found.' }),
    seenShare: z.number().meta({ description: 'Of the frames of that part, 0-1.' }),
    handSize: z.number().meta({ description: "As a share of the frame's height." }),
    edgeShare: z.number().meta({ description: 'Of the frames in which the hand reaches over the edge, 0-1.' }),
    speed: z.number().meta({ description: 'Palm lengths a second, the fastest twentieth.' }),
    rate: z.number().meta({ description: 'Frames a second in that part.' }),
  })
  .meta({ id: 'TakeQuality', description: 'What is thought of a take.' });

const TakeSummary = z
  .object({
    id: z.string(),
    recordedAt: z.string().optional(),
    source: z.string().optional(),
    frames: z.int().optional(),
    quality: TakeQuality.optional(),
    damage: z.object({ lines: z.int(), isCut: z.boolean(), problem: z.string() }).optional(),
    problem: z.string().optional().meta({ description: 'Where it cannot be read at all.' }),
  })
  .meta({ id: 'TakeSummary', description: 'A take, in a list.' });

const TrainingReport = z
  .object({
    takes: z.int(),
    windows: z.int(),
    accuracy: z.number().optional().meta({ description: 'Share of windows told right by a model without their take.' }),
    labels: z.array(
      z.object({ label: z.string(), takes: z.int(), accuracy: z.number().optional(), threshold: z.number() }),
    ),
    alikes: z
      .array(z.object({ label: z.string(), taken: z.string(), share: z.number(), advice: z.string() }))
      .meta({ description: 'Labels that are taken for each other, the worst first.' }),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'TrainingReport', description: 'How good a model is, told by takes it was not trained with.' });

export const SignTraining = z
  .object({
    id: z.string(),
    set: z.string(),
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    step: z.string(),
    share: z.number().meta({ description: 'Of the whole, 0-1.' }),
    startedAt: z.iso.datetime(),
    elapsedMs: z.number().optional(),
    model: z.string().optional().meta({ description: 'The model, as graphs of this server name it.' }),
    report: TrainingReport.optional(),
    error: Fault.optional(),
  })
  .meta({ id: 'SignTraining', description: 'A training, and how far it is.' });

export const SignSetDetail = z
  .object({
    set: z.string(),
    labels: z.array(z.object({ label: z.string(), takes: z.array(TakeSummary) })),
    trainings: z.array(SignTraining).meta({ description: 'Those that run, and the last that have ended.' }),
  })
  .meta({ id: 'SignSetDetail', description: 'A set with its takes.' });

export const RecordedTake = z
  .object({
    label: z.string(),
    id: z.string(),
    frames: z.int(),
    quality: TakeQuality,
    isFull: z.boolean().meta({ description: 'It is as long as one may be, and ended for that.' }),
  })
  .meta({ id: 'RecordedTake', description: 'A take that was just recorded.' });

export const SignModelInfo = z
  .object({
    model: z.string().meta({ description: 'The model, as graphs of this server name it.' }),
    card: z.unknown().meta({ description: 'What its numbers mean (docs/signs.md).' }),
  })
  .meta({ id: 'SignModelInfo', description: 'The model of a set.' });
