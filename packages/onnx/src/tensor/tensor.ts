import { TensorMisfitError, TooLargeError, showDims } from '../errors.js';
import {
  bytesPerElement,
  elementArrayClass,
  isElementType,
  type ElementArray,
  type ElementArrays,
  type ElementType,
} from './element-types.js';
import { toFloat16Bits } from './float16.js';

/**
 * Numbers in a block: `data` row-major, its length the product of `dims`; no dims make a scalar. Type, dims and the array
 * stay as they are for the tensor's life, the elements may change: a session that has seen a tensor knows that it fits.
 */
export type OnnxTensor<T extends ElementType = ElementType> = {
  [K in T]: { readonly type: K; readonly dims: readonly number[]; readonly data: ElementArrays[K] };
}[T];

/** Tensors by the name of the input or output they belong to. */
export type OnnxTensors = Readonly<Record<string, OnnxTensor>>;

/** What a tensor, a model's inputs and outputs and its weights may take unless told otherwise: 2 GiB. */
export const MAX_BYTES = 2 ** 31;

/** How many elements a tensor of these dims has; 1 for a scalar. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/**
 * Makes a tensor. Plain numbers become elements of the type (float16 rounds to the nearest, int64 must be whole); an
 * array that already is of the type's class is taken as it is, without a copy.
 * @param dims - whole, from 0
 * @param data - left out: zeros
 * @throws TensorMisfitError; TooLargeError - zeros of more than 2 GiB
 */
export function tensor<T extends ElementType>(
  type: T,
  dims: readonly number[],
  data?: ElementArrays[T] | readonly number[] | readonly bigint[],
): OnnxTensor<T> {
  if (!isElementType(type)) throw unknownType('tensor', type);
  const made = { type, dims, data: data === undefined ? zeros(type, dims) : elements(type, data) };
  checkTensor('tensor', made);
  return made as unknown as OnnxTensor<T>;
}

/**
 * Refuses a tensor whose parts do not fit each other.
 * @param name - for the sentence
 * @throws TensorMisfitError
 */
export function checkTensor(
  name: string,
  value: { readonly type: string; readonly dims: readonly number[]; readonly data: unknown },
): void {
  const { type, dims, data } = value;
  if (!isElementType(type)) throw unknownType(name, type);
  const bad = dims.find((dim) => !Number.isSafeInteger(dim) || dim < 0);
  if (bad !== undefined) throw new TensorMisfitError({ name, problem: `has the dim ${bad} in [${dims.join(', ')}]` });
  const expected = elementArrayClass(type);
  if (!(data instanceof expected)) {
    throw new TensorMisfitError({ name, problem: `holds its ${type} elements in a ${className(data)}` });
  }
  if (data.length !== elementCount(dims)) {
    throw new TensorMisfitError({
      name,
      problem: `has ${data.length} elements, but dims [${dims.join(', ')}] make ${elementCount(dims)}`,
    });
  }
}

function unknownType(name: string, type: string): TensorMisfitError {
  return new TensorMisfitError({ name, problem: `has the element type "${type}"` });
}

function zeros(type: ElementType, dims: readonly number[]): ElementArray {
  const count = elementCount(dims);
  const bytes = count * bytesPerElement(type);
  if (bytes > MAX_BYTES)
    throw new TooLargeError({ what: `A ${type} tensor ${showDims(dims)}`, bytes, maxBytes: MAX_BYTES });
  // Left to `checkTensor`, which tells what is wrong with the dims.
  return new (elementArrayClass(type))(Number.isSafeInteger(count) && count > 0 ? count : 0);
}

function elements(type: ElementType, data: ElementArray | readonly number[] | readonly bigint[]): unknown {
  if (!Array.isArray(data)) return data;
  const values = data as readonly (number | bigint)[];
  if (type === 'float16') return Uint16Array.from(values, (value) => toFloat16Bits(Number(value)));
  if (type === 'int64') return BigInt64Array.from(values, (value) => wholeNumber(value));
  if (type === 'uint64') return BigUint64Array.from(values, (value) => wholeNumber(value));
  const filled = new (elementArrayClass(type) as unknown as new (length: number) => Float64Array)(values.length);
  for (const [index, value] of values.entries()) filled[index] = Number(value);
  return filled;
}

function wholeNumber(value: number | bigint): bigint {
  if (typeof value === 'number' && !Number.isInteger(value)) {
    throw new TensorMisfitError({ name: 'tensor', problem: `has the element ${value}, which is not whole` });
  }
  return BigInt(value);
}

function className(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : typeof value;
}
