export {
  ELEMENT_TYPES,
  bytesPerElement,
  elementArrayClass,
  elementTypeCode,
  elementTypeName,
  isElementType,
  type ElementArray,
  type ElementArrays,
  type ElementType,
} from './element-types.js';
export { fromFloat16Bits, toFloat16Bits } from './float16.js';
export { MAX_BYTES, checkTensor, elementCount, tensor, type OnnxTensor, type OnnxTensors } from './tensor.js';
export type { ValueInfo } from './value-info.js';
