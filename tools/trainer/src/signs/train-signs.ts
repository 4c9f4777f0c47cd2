import { createHash } from 'node:crypto';
import { SIGN_LABELS, isStaticSign } from '@kinegraph/signer';
import { Inference, truncate } from '../nn/index.js';
import { exportOnnx } from '../onnx/export-onnx.js';
import { calibrateThresholds } from './calibrate.js';
import { evaluateEncoder } from './evaluate-encoder.js';
import { evaluateSigns, type Predict, type SignFigures } from './evaluate.js';
import { reportOf } from './figures-report.js';
import {
  DEFAULT_PLAN,
  ENCODER_PLAN,
  trainDefault,
  trainEncoder,
  type TrainingPlan,
  type TrainingWatch,
} from './recipe.js';
import { CLASS_LABELS, NONE_LABEL } from './sign-classes.js';
import { softmaxRows } from './softmax-rows.js';

/** How much of everything there is to be: less for a try. */
export interface SignsPlan {
  readonly default: TrainingPlan;
  readonly encoder: TrainingPlan;
  /** Takes of each sign for figures, thresholds and each kind of negative. */
  readonly takes: number;
}

/** What the shipped files are made with. */
export const SHIPPED_PLAN: SignsPlan = { default: DEFAULT_PLAN, encoder: ENCODER_PLAN, takes: 200 };
/** Decides which takes figures and thresholds are drawn from. */
const FIGURES_SEED = 4242;

/** What comes of a training. */
export interface TrainedSigns {
  /** The files of the plugin's `assets`, by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly figures: SignFigures;
}

/** Trains the default model and the encoder, and writes them with their cards and the report. Same plan, same bytes. */
export async function trainSigns(
  plan: SignsPlan,
  watch: TrainingWatch & { readonly onPart?: (part: string) => void } = {},
): Promise<TrainedSigns> {
  watch.onPart?.('default model');
  const classifier = await trainDefault(plan.default, watch);
  const shares = new Inference(classifier.network, classifier.weights);
  const predict: Predict = (inputs) => softmaxRows(shares.run(inputs), CLASS_LABELS.length);
  watch.onPart?.('encoder');
  const encoder = truncate(await trainEncoder(plan.encoder, watch), -1);
  const embedding = new Inference(encoder.network, encoder.weights);
  watch.onPart?.('figures');
  const thresholds = await calibrateThresholds(predict, plan.takes, FIGURES_SEED);
  const size = { takes: plan.takes, negatives: plan.takes };
  const figures = await evaluateSigns(predict, thresholds, size, FIGURES_SEED);
  const embed = (inputs: Float32Array): Float32Array => embedding.run(inputs);
  const oneTake = await evaluateEncoder(embed, 1, FIGURES_SEED);
  const fiveTakes = await evaluateEncoder(embed, 5, FIGURES_SEED);

  const description = 'Trained on made-up hands by Kinegraph; see report.md.';
  const defaultOnnx = exportOnnx(classifier.network, classifier.weights, {
    name: 'signs.default',
    tail: 'softmax',
    description,
  });
  const encoderOnnx = exportOnnx(encoder.network, encoder.weights, {
    name: 'signs.encoder',
    output: { name: 'embedding' },
    description,
  });
  const report = reportOf({
    plans: plan,
    weights: { default: classifier.weights.length, encoder: encoder.weights.length },
    bytes: { default: defaultOnnx.length, encoder: encoderOnnx.length },
    figures,
    encoder: { oneTake, fiveTakes },
  });
  const files = {
    'default.onnx': defaultOnnx,
    'default.json': text(json(defaultCard(defaultOnnx, thresholds, plan.default))),
    'encoder.onnx': encoderOnnx,
    'report.md': text(report),
  };
  return { files, figures };
}

/** The card of the default model, as `SignModelCard` of the plugin says it. */
function defaultCard(onnx: Uint8Array, thresholds: readonly number[], { seed }: TrainingPlan): object {
  const labels = SIGN_LABELS.map((label, index) => ({
    label,
    threshold: thresholds[index],
    static: isStaticSign(label),
  }));
  return {
    'kinegraph-signs': 1,
    title: 'The 30 signs that come along',
    labels: [...labels, { label: NONE_LABEL }],
    features: 'signfeat/1',
    frames: 30,
    spanMs: 1000,
    noneLabel: NONE_LABEL,
    activation: 'probabilities',
    sha256: createHash('sha256').update(onnx).digest('hex'),
    trained: { by: 'npm run train:default', seed },
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
