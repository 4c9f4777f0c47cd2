/** The array that holds the elements of a tensor, by element type; bool as 0 and 1. */
export interface TensorArrays {
  float32: Float32Array;
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

/** What the elements of a tensor are. */
export type TensorType = keyof TensorArrays;

/** The classes of the arrays; their keys are all element types there are. */
export const TENSOR_ARRAYS = Object.freeze({
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
}) satisfies { readonly [T in TensorType]: new (length: number) => TensorArrays[T] };

/** Numbers in a block: `data` row-major, its length the product of `dims`; no dims make a scalar. */
export type Tensor = {
  [T in TensorType]: { readonly type: T; readonly dims: readonly number[]; readonly data: TensorArrays[T] };
}[TensorType];

/** The value of wires of type `tensors`: what a network gave, by the names that it has for it. Read only. */
export interface Tensors {
  readonly tensors: Readonly<Record<string, Tensor>>;
}
