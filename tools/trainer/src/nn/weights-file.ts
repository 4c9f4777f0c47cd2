import { TrainerError } from '../errors.js';
import { checkWeights } from './shapes.js';
import type { NetworkSpec } from './spec.js';

const MARK = 'kinegraph-weights 1 ';

/** Weights as bytes: a line `kinegraph-weights 1 COUNT`, then so many little-endian floats. */
export function saveWeights(weights: Float32Array): Uint8Array {
  const head = new TextEncoder().encode(`${MARK}${weights.length}\n`);
  const bytes = new Uint8Array(head.length + weights.byteLength);
  bytes.set(head);
  bytes.set(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength), head.length);
  return bytes;
}

/** @throws TrainerError `TRAINER_BAD_WEIGHTS` - no such file, one cut short, or that of another network */
export function loadWeights(bytes: Uint8Array, network: NetworkSpec): Float32Array {
  const end = bytes.indexOf(10);
  const head = new TextDecoder().decode(bytes.subarray(0, end === -1 || end > 64 ? 0 : end));
  const count = head.startsWith(MARK) ? Number(head.slice(MARK.length)) : Number.NaN;
  if (!Number.isInteger(count)) throw bad('The file holds no weights of this trainer. Save them with saveWeights.');
  const values = bytes.slice(end + 1);
  if (values.length !== count * 4)
    throw bad(
      `The file tells of ${count} weights, but has ${values.length} bytes of them, not ${count * 4}. Save it anew.`,
    );
  const weights = new Float32Array(values.buffer, 0, count);
  checkWeights(network, weights);
  return weights;
}

function bad(sentence: string): TrainerError {
  return new TrainerError('TRAINER_BAD_WEIGHTS', sentence);
}
