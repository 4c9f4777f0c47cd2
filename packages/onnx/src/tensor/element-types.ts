import { TENSOR_ARRAYS } from '@kinegraph/core/plugin';
import type { TensorArrays } from '@kinegraph/core/plugin';

/** The array that holds the elements of a tensor, by element type: those that wires carry, and float16 as its bits. */
export interface ElementArrays extends TensorArrays {
  float16: Uint16Array;
}

/** The element types that this package carries; ONNX knows others (strings, complex numbers, eight and four bits). */
export type ElementType = keyof ElementArrays;

/** The arrays of all element types. */
export type ElementArray = ElementArrays[ElementType];

/** Makes arrays of one class, of zeros. */
interface ArrayClass<T extends ElementArray> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): T;
}

const ARRAYS: { readonly [T in ElementType]: ArrayClass<ElementArrays[T]> } = {
  ...TENSOR_ARRAYS,
  float16: Uint16Array,
};

/** Their numbers in `TensorProto.DataType` of onnx.proto. */
const CODES: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
};

/** The element types that this package carries. */
export const ELEMENT_TYPES = Object.freeze(Object.keys(CODES) as ElementType[]);

/** Names of `TensorProto.DataType`, by number. */
const NAMES = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
] as const;

/** True for the element types that this package carries. */
export function isElementType(name: string): name is ElementType {
  return Object.hasOwn(CODES, name);
}

/** The number of an element type in onnx.proto. */
export function elementTypeCode(type: ElementType): number {
  return CODES[type];
}

/** The name of a number of `TensorProto.DataType`; `unknown(99)` for one that is none. */
export function elementTypeName(code: number): string {
  return NAMES[code] ?? `unknown(${code})`;
}

/** The class of arrays that hold an element type. */
export function elementArrayClass<T extends ElementType>(type: T): ArrayClass<ElementArrays[T]> {
  return ARRAYS[type];
}

/** Bytes of one element. */
export function bytesPerElement(type: ElementType): number {
  return ARRAYS[type].BYTES_PER_ELEMENT;
}
