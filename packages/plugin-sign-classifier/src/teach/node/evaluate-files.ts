import { silentLogger } from '@kinegraph/core/plugin';
import type { ModelStore } from '@kinegraph/core/plugin';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { SignFeaturesError, SignModel, loadSignModel } from '../../model/index.js';
import { evaluateSigns } from '../evaluate.js';
import type { Evaluation } from '../evaluate.js';
import { TakeStore } from './take-store.js';
import type { UnreadableTake } from './take-store.js';

/** What takes are brought to. */
const FEATURES = 'signfeat/1';

/** How a model does on the takes of a folder. */
export interface FolderEvaluation extends Evaluation {
  /** Takes that were left out. */
  readonly unreadable: readonly UnreadableTake[];
}

/**
 * Runs a model of signs on the takes of a folder.
 * @param model - the path of an .onnx file with its card beside it, the id of a listed model, or a URL
 * @throws SignFeaturesError - where it was trained with others than takes are brought to; SignModelInputError,
 *   SignModelOutputError, and what loading and opening the model throws
 */
export async function evaluateFiles(models: ModelStore, model: string, folder: string): Promise<FolderEvaluation> {
  const opened = await SignModel.open(await loadSignModel(models, model), nodeOnnxRuntime, silentLogger);
  try {
    const { card, labels, inputSize, name } = opened;
    if (card.features !== FEATURES) throw new SignFeaturesError({ model: name, needs: card.features, wired: FEATURES });
    const { takes, unreadable } = await new TakeStore(folder).load();
    const evaluation = await evaluateSigns(
      takes.map(({ take }) => take),
      labels,
      card.noneLabel,
      async (features, count) => {
        const windows = Array.from({ length: count }, (_, at) =>
          features.subarray(at * inputSize, (at + 1) * inputSize),
        );
        const scores = new Float32Array(count * labels.length);
        for (const [row, one] of (await opened.scores(windows)).entries()) scores.set(one, row * labels.length);
        return scores;
      },
    );
    return { ...evaluation, unreadable };
  } finally {
    await opened.release();
  }
}
