import { errorMessage, withoutSecrets } from '@kinegraph/core/plugin';
import type { ModelStore } from '@kinegraph/core/plugin';
import { ExternalDataError, MAX_BYTES, TooLargeError, inspectModel } from '@kinegraph/onnx';
import type { ModelInfo } from '@kinegraph/onnx';

/** An ONNX model in memory, with what it says of itself. */
export interface LoadedModel {
  /** What to call it in errors and logs: as it was asked for, without what may be a secret in a URL. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly info: ModelInfo;
  /** Files that it keeps weights in, by the names it has for them. */
  readonly externalData: Readonly<Record<string, Uint8Array>>;
}

/** Steps of a path further in: no drive, no root, no way up. */
const INSIDE = /^(?!.*(?:^|[\\/])\.\.(?:[\\/]|$))(?![\\/])[^:]+$/;
/** Exports with a file for each weight come to some hundreds. */
const MAX_FILES = 1024;

/**
 * Reads a model: a path, the id of a listed model, or a URL. Weights in further files are read from beside it.
 * @throws the ModelStore's errors (`MODEL_*`), NotAModelError, ModelTruncatedError, ExternalDataError, TooLargeError
 */
export async function loadModel(models: ModelStore, model: string, signal: AbortSignal): Promise<LoadedModel> {
  const name = withoutSecrets(model);
  const bytes = await models.read(model, signal);
  const info = inspectModel(bytes, name);
  const files = filesByPath(info.externalFiles);
  const refuse = (problem: string): ExternalDataError =>
    new ExternalDataError({ model: name, files: [...files.keys()].slice(0, 8), problem });
  if (files.size > 0 && /^https?:/i.test(model)) throw refuse('the files beside a URL are not fetched');
  if (files.size > MAX_FILES) throw refuse(`these and others are ${files.size} files, and ${MAX_FILES} are the most`);
  const folder = model.replace(/[^\\/]*$/, '');
  const entries: [string, Uint8Array][] = [];
  let totalBytes = 0;
  for (const [path, locations] of files) {
    if (!INSIDE.test(path)) throw refuse(`"${path}" leads out of the folder of the model`);
    const data = await models.read(folder + path, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw refuse(errorMessage(error).replace(/[.\s]+$/, ''));
    });
    totalBytes += data.byteLength;
    if (totalBytes > MAX_BYTES) {
      const what = `The files with the weights of model "${name}", up to "${path}",`;
      throw new TooLargeError({ what, bytes: totalBytes, maxBytes: MAX_BYTES });
    }
    for (const location of locations) entries.push([location, data]);
  }
  return { name, bytes, info, externalData: Object.fromEntries(entries) };
}

/** The names that a model has for files, by the path each leads to: `w.bin` and `./w.bin` are one file. */
function filesByPath(locations: readonly string[]): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const location of locations) {
    const steps = location.split('/').filter((step, at) => step !== '.' && (step !== '' || at === 0));
    const path = steps.join('/');
    files.set(path, [...(files.get(path) ?? []), location]);
  }
  return files;
}
