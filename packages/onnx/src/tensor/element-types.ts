/** The array that holds the elements of a tensor, by element type. float16 is held as its bits, bool as 0 and 1. */
export interface ElementArrays {
  float32: Float32Array;
  float16: Uint16Array;
  float64: Float64Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  bool: Uint8Array;
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

/** What holds each element type, and its number in `TensorProto.DataType` of onnx.proto. */
const TYPES: { readonly [T in ElementType]: { readonly array: ArrayClass<ElementArrays[T]>; readonly code: number } } =
  {
    float32: { array: Float32Array, code: 1 },
    uint8: { array: Uint8Array, code: 2 },
    int8: { array: Int8Array, code: 3 },
    uint16: { array: Uint16Array, code: 4 },
    int16: { array: Int16Array, code: 5 },
    int32: { array: Int32Array, code: 6 },
    int64: { array: BigInt64Array, code: 7 },
    bool: { array: Uint8Array, code: 9 },
    float16: { array: Uint16Array, code: 10 },
    float64: { array: Float64Array, code: 11 },
    uint32: { array: Uint32Array, code: 12 },
    uint64: { array: BigUint64Array, code: 13 },
  };

/** The element types that this package carries. */
export const ELEMENT_TYPES = Object.freeze(Object.keys(TYPES) as ElementType[]);

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
  return Object.hasOwn(TYPES, name);
}

/** The number of an element type in onnx.proto. */
export function elementTypeCode(type: ElementType): number {
  return TYPES[type].code;
}

/** The name of a number of `TensorProto.DataType`; `unknown(99)` for one that is none. */
export function elementTypeName(code: number): string {
  return NAMES[code] ?? `unknown(${code})`;
}

/** The class of arrays that hold an element type. */
export function elementArrayClass<T extends ElementType>(type: T): ArrayClass<ElementArrays[T]> {
  return TYPES[type].array;
}

/** Bytes of one element. */
export function bytesPerElement(type: ElementType): number {
  return TYPES[type].array.BYTES_PER_ELEMENT;
}
