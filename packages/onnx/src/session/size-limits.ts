import { TooLargeError, showDims } from '../errors.js';
import type { ModelInfo } from '../reader/index.js';
import { MAX_BYTES, bytesPerElement, isElementType } from '../tensor/index.js';

/**
 * Refuses a model that would take more memory than allowed, by what it says of itself. Sizes that it leaves open count as
 * one: they are known when a tensor is fed, which has its memory by then.
 * @throws TooLargeError
 */
export function checkSizes(model: string, info: ModelInfo, maxBytes = MAX_BYTES): void {
  if (info.weights.bytes > maxBytes) {
    throw new TooLargeError({ what: `The weights of model "${model}"`, bytes: info.weights.bytes, maxBytes });
  }
  for (const side of ['input', 'output'] as const) {
    for (const { name, type, dims } of info[`${side}s`]) {
      if (!isElementType(type)) continue;
      let bytes = bytesPerElement(type);
      for (const dim of dims) bytes *= typeof dim === 'number' ? dim : 1;
      if (bytes > maxBytes) {
        const what = `The ${side} "${name}" of model "${model}", ${type} ${showDims(dims)},`;
        throw new TooLargeError({ what, bytes, maxBytes });
      }
    }
  }
}
