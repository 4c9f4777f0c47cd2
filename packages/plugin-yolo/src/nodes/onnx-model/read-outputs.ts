import type { Tensor } from '@kinegraph/core/plugin';
import type { OnnxTensor, OnnxTensors } from '@kinegraph/onnx';
import { widenHalves } from '../../decode/index.js';
import { NotFiniteError } from './errors.js';

/** Tensors as wires carry them: float16 has become float32, all else is as the model gave it. */
export function readOutputs(answer: OnnxTensors): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, widened(value)]));
}

function widened(value: OnnxTensor): Tensor {
  if (value.type !== 'float16') return value;
  const data = new Float32Array(value.data.length);
  widenHalves(value.data, data);
  return { type: 'float32', dims: value.dims, data };
}

/** @throws NotFiniteError - at the first NaN or infinity */
export function checkFinite(model: string, tensors: Readonly<Record<string, Tensor>>): void {
  for (const [output, { dims, data }] of Object.entries(tensors)) {
    if (!(data instanceof Float32Array) && !(data instanceof Float64Array)) continue;
    for (let at = 0; at < data.length; at += 1) {
      const value = data[at] as number; // within its length
      if (!Number.isFinite(value)) throw new NotFiniteError({ model, output, value: String(value), at, dims });
    }
  }
}
