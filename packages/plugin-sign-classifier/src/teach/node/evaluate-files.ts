import type { ModelStore } from '@kinegraph/core/plugin';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { SignModelInputError, SignModelOutputError, labelsOf, loadSignModel } from '../../model/index.js';
import { evaluateSigns } from '../evaluate.js';
import type { Evaluation } from '../evaluate.js';
import { TakeStore } from './take-store.js';
import type { UnreadableTake } from './take-store.js';

const FITTING = '[N, 30, 96]';

/** How a model does on the takes of a folder. */
export interface FolderEvaluation extends Evaluation {
  /** Takes that were left out. */
  readonly unreadable: readonly UnreadableTake[];
}

/**
 * Runs a model of signs on the takes of a folder.
 * @param model - the path of an .onnx file with its card beside it, the id of a listed model, or a URL
 * @throws SignModelInputError - also where it was trained with other features; SignModelOutputError, and what loading and
 *   opening the model throws
 */
export async function evaluateFiles(models: ModelStore, model: string, folder: string): Promise<FolderEvaluation> {
  const { name, bytes, card } = await loadSignModel(models, model);
  const labels = labelsOf(card);
  const session = await nodeOnnxRuntime.open(bytes, { name });
  try {
    const [input, output] = [session.inputs[0], session.outputs[0]];
    const found = `${session.inputs.length} inputs, the first [${input?.dims.join(', ')}]`;
    if (card.features !== 'signfeat/1' || input === undefined || input.dims[1] !== 30 || input.dims[2] !== 96)
      throw new SignModelInputError({
        model: name,
        found,
        features: card.features,
        fitting: `${FITTING} (signfeat/1): takes are evaluated with these`,
      });
    if (output === undefined || output.dims.at(-1) !== labels.length)
      throw new SignModelOutputError({ model: name, found: `[${output?.dims.join(', ')}]`, labels: labels.length });
    const takesOneOnly = typeof input.dims[0] === 'number';
    const run = async (features: Float32Array, count: number): Promise<Float32Array> => {
      const answer = (await session.run({ [input.name]: { type: 'float32', dims: [count, 30, 96], data: features } }))[
        output.name
      ];
      return Float32Array.from(answer?.data as Float32Array);
    };
    const { takes, unreadable } = await new TakeStore(folder).load();
    const evaluation = await evaluateSigns(
      takes.map(({ take }) => take),
      labels,
      card.noneLabel,
      async (features, count) => {
        const scores = new Float32Array(count * labels.length);
        if (!takesOneOnly) scores.set(await run(features, count));
        else
          for (let row = 0; row < count; row += 1)
            scores.set(await run(features.subarray(row * 2880, (row + 1) * 2880), 1), row * labels.length);
        if (card.activation === 'softmax') softmaxRows(scores, labels.length, card.temperature);
        return scores;
      },
    );
    return { ...evaluation, unreadable };
  } finally {
    await session.release();
  }
}

function softmaxRows(scores: Float32Array, size: number, temperature: number): void {
  for (let from = 0; from < scores.length; from += size) {
    const row = scores.subarray(from, from + size);
    const most = Math.max(...row);
    let total = 0;
    for (const [at, value] of row.entries()) total += row[at] = Math.exp((value - most) / temperature);
    for (const at of row.keys()) row[at] = (row[at] ?? 0) / total;
  }
}
