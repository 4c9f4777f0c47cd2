import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { silentLogger } from '@kinegraph/core';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { SignModel, loadSignModel } from '@kinegraph/plugin-sign-classifier/model';

const ASSETS = new URL('./assets/', import.meta.resolve('@kinegraph/plugin-sign-classifier/package.json'));

/** Opens the default model that the plugin ships, with its card. */
export async function openShippedModel(): Promise<SignModel> {
  const models = { read: async (path: string) => new Uint8Array(await readFile(path)) };
  const files = await loadSignModel(models, fileURLToPath(new URL('default.onnx', ASSETS)));
  return await SignModel.open(files, nodeOnnxRuntime, silentLogger);
}
