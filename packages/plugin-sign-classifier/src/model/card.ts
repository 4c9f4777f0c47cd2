import { z } from 'zod';
import { WINDOW_FRAMES } from '../features/index.js';
import { SignCardError } from './errors.js';

/** One label of a model, with what only it has. */
const LabelEntry = z.object({
  label: z.string().min(1).max(200),
  threshold: z.number().min(0).max(1).optional().meta({
    description: 'Scored lower than this it is answered as none. Left out: the threshold of the card.',
  }),
  static: z.boolean().optional().meta({
    description: 'True for a sign that is a held shape: it counts only after it was held for a while.',
  }),
});

/**
 * The card beside a model of signs, `NAME.json` beside `NAME.onnx`: what its numbers mean. Keys that are not known are let
 * be, so that tools may add theirs.
 */
export const SignModelCard = z
  .object({
    'kinegraph-signs': z.literal(1).meta({ description: 'The version of this form.' }),
    title: z.string().max(200).default(''),
    labels: z
      .array(z.union([z.string().min(1).max(200), LabelEntry]))
      .min(1)
      .max(100_000)
      .meta({ description: "What each of the model's outputs stands for, in their order." }),
    features: z.enum(['signfeat/1', 'signfeat/2', 'landmarks']).meta({
      description: 'What the model is fed: features of a version, or landmarks [30, 63] or [30, 21, 3].',
    }),
    coordinates: z.enum(['image', 'wrist']).default('image').meta({
      description: 'With landmarks: as fractions of the frame, or from the wrist of the same moment.',
    }),
    frames: z.literal(WINDOW_FRAMES).default(WINDOW_FRAMES),
    spanMs: z.number().min(100).max(10_000).default(1000),
    noneLabel: z.string().min(1).max(200).default('none').meta({
      description: 'What to answer where no label is sure; may be one of the labels.',
    }),
    activation: z.enum(['softmax', 'probabilities']).default('softmax').meta({
      description: 'softmax: the model gives logits. probabilities: what it gives are scores from 0 to 1 already.',
    }),
    temperature: z.number().positive().max(100).default(1).meta({ description: 'Logits are divided by it.' }),
    threshold: z.number().min(0).max(1).default(0).meta({ description: 'Of labels without one of their own.' }),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, { error: 'it must be a SHA-256 sum: 64 lower-case hexadecimal digits' })
      .optional()
      .meta({ description: 'Of the .onnx file: tells a pair of which only one half was replaced.' }),
    trained: z
      .looseObject({
        by: z.string().optional(),
        date: z.string().optional(),
        takes: z.int().min(0).optional(),
        seed: z.number().optional(),
      })
      .optional(),
  })
  .superRefine(({ labels }, context) => {
    const names = new Set<string>();
    const twice = labels
      .map((entry) => (typeof entry === 'string' ? entry : entry.label))
      .find((name) => names.size === names.add(name).size);
    if (twice !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['labels'],
        message: `"${twice}" is there twice; each label has one output`,
      });
    }
  })
  .meta({ title: 'Kinegraph model of signs' });
/** A card as people write it. */
export type SignModelCardInput = z.input<typeof SignModelCard>;
/** A card with all that was left out filled in. */
export type SignModelCard = z.infer<typeof SignModelCard>;

/** What a card says of one label. */
export interface SignLabel {
  readonly label: string;
  readonly threshold: number;
  /** A held shape; undefined where the card does not say. */
  readonly static: boolean | undefined;
}

/** The labels of a card, in the order of the model's outputs. */
export function labelsOf(card: Pick<SignModelCard, 'labels' | 'threshold'>): SignLabel[] {
  return card.labels.map((entry) => {
    const {
      label,
      threshold = card.threshold,
      static: isStatic,
    } = typeof entry === 'string' ? { label: entry } : entry;
    return { label, threshold, static: isStatic };
  });
}

/**
 * Reads a card.
 * @param name - what to call its file in errors
 * @throws SignCardError - with all that does not fit
 */
export function parseSignModelCard(bytes: Uint8Array, name: string): SignModelCard {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new SignCardError({ card: name, problem: 'it is no JSON text' }, { cause: error });
  }
  const parsed = SignModelCard.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 5).map(({ path, message }) => {
    const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
    return `${place.replace(/^\./, '') || 'the whole'}: ${message}`;
  });
  throw new SignCardError({ card: name, problem: problems.join('; ') });
}

/**
 * What the card of a model is called: `signs/mine.json` beside `signs/mine.onnx`, and `signs.default-card` of the listed
 * model `signs.default`.
 * @param model - a path, the id of a listed model, or a URL (without the pin of the model, which is not the card's)
 */
export function cardNameOf(model: string): string {
  const place = /^https?:/i.test(model) ? model.replace(/#.*$/, '') : model;
  const beside = place.replace(/\.onnx(?=$|\?)/i, '.json');
  return beside === place ? `${place}-card` : beside;
}
