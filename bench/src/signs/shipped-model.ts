import { readFile } from 'node:fs/promises';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import type { OnnxSession } from '@kinegraph/onnx';
import type { Predict } from '@kinegraph/trainer';

/** A file of the plugin's assets. */
export function assetUrl(name: string): URL {
  return new URL(`./assets/${name}`, import.meta.resolve('@kinegraph/plugin-sign-classifier/package.json'));
}

/** The model that the plugin ships, as its files stand there. */
export interface ShippedModel extends AsyncDisposable {
  readonly predict: Predict;
  /** By class. */
  readonly thresholds: readonly number[];
}

/** Opens the shipped default model on one thread. */
export async function openShippedModel(): Promise<ShippedModel> {
  const session = await openAsset('default.onnx');
  const card = JSON.parse(await readFile(assetUrl('default.json'), 'utf8')) as {
    readonly labels: readonly { readonly threshold?: number }[];
  };
  return {
    predict: (inputs, windows) => runOn(session, inputs, windows),
    thresholds: card.labels.map(({ threshold = 0 }) => threshold),
    [Symbol.asyncDispose]: () => session.release(),
  };
}

/** Opens one of the shipped networks on one thread. */
export async function openAsset(name: string): Promise<OnnxSession> {
  const signal = AbortSignal.timeout(30_000);
  return await nodeOnnxRuntime.open(await readFile(assetUrl(name)), { name, threads: 1 }, signal);
}

/** The one output of a network that takes windows of features. */
export async function runOn(session: OnnxSession, inputs: Float32Array, windows: number): Promise<Float32Array> {
  const data = new Float32Array(inputs);
  const answer = await session.run({
    features: { type: 'float32', dims: [windows, 30, data.length / windows / 30], data },
  });
  const [tensor] = Object.values(answer);
  if (!(tensor?.data instanceof Float32Array)) throw new TypeError('The network gave no 32-bit numbers.');
  return tensor.data;
}
