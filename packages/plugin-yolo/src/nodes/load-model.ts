import { errorMessage } from '@kinegraph/core/plugin';
import type { ModelStore } from '@kinegraph/core/plugin';
import { ExternalDataError, inspectModel } from '@kinegraph/onnx';
import type { ModelInfo } from '@kinegraph/onnx';

/** An ONNX model in memory, with what it says of itself. */
export interface LoadedModel {
  readonly bytes: Uint8Array;
  readonly info: ModelInfo;
  /** Files that it keeps weights in, by the names it has for them. */
  readonly externalData: Readonly<Record<string, Uint8Array>>;
}

/** Steps of a path further in: no drive, no root, no way up. */
const INSIDE = /^(?!.*(?:^|[\\/])\.\.(?:[\\/]|$))(?![\\/])[^:]+$/;

/**
 * Reads a model: a path, the id of a listed model, or a URL. Weights in further files are read from beside it.
 * @throws the ModelStore's errors (`MODEL_*`), NotAModelError, ModelTruncatedError, ExternalDataError
 */
export async function loadModel(models: ModelStore, model: string, signal: AbortSignal): Promise<LoadedModel> {
  const bytes = await models.read(model, signal);
  const info = inspectModel(bytes, model);
  const { externalFiles: files } = info;
  const folder = model.replace(/[^\\/]*$/, '');
  const refuse = (problem: string): ExternalDataError => new ExternalDataError({ model, files, problem });
  const entries: [string, Uint8Array][] = [];
  for (const file of files) {
    if (/^https?:/i.test(model)) throw refuse('the files beside a URL are not fetched');
    if (!INSIDE.test(file)) throw refuse(`"${file}" leads out of the folder of the model`);
    try {
      entries.push([file, await models.read(folder + file, signal)]);
    } catch (error) {
      signal.throwIfAborted();
      throw refuse(errorMessage(error).replace(/[.\s]+$/, ''));
    }
  }
  return { bytes, info, externalData: Object.fromEntries(entries) };
}
