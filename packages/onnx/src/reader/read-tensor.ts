import { elementTypeName } from '../tensor/index.js';
import { ProtoFault, type ProtoReader } from './proto-reader.js';

/** What a `TensorProto` claims to be. */
export interface TensorClaim {
  readonly name: string;
  /** Of one element; 0 where the type has no fixed size. */
  readonly bits: number;
  /** As dims and type say; 0 where the type has no fixed size. */
  readonly bytes: number;
  /** The other files that it names; the last is the one that its elements lie in. */
  readonly externalFiles: readonly string[];
}

/** Bits of one element by `TensorProto.DataType`; 0: strings, and numbers that are none. */
const BITS = [0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4];
const EXTERNAL = 1;
/** Tensors in the wild have up to eight axes or so. */
const MAX_AXES = 64;

/**
 * Reads what a tensor claims, without its elements, and refuses one that holds other than it claims.
 * @throws ProtoFault
 */
export function readTensor(tensor: ProtoReader): TensorClaim {
  const dims: number[] = [];
  let name = '';
  let type = 0;
  let location = 0;
  let rawBytes = 0;
  let elements = 0;
  const externalFiles: string[] = [];
  while (tensor.next()) {
    if (tensor.field === 1) pushDims(dims, tensor);
    else if (tensor.field === 2) type = tensor.int();
    else if (tensor.field === 4) elements += tensor.count(4);
    else if (tensor.field === 5 || tensor.field === 7 || tensor.field === 11) elements += tensor.count(0);
    else if (tensor.field === 10) elements += tensor.count(8);
    else if (tensor.field === 8) name = tensor.string();
    else if (tensor.field === 9) rawBytes = tensor.bytes().byteLength;
    else if (tensor.field === 13) externalFiles.push(...readLocation(tensor.inner()));
    else if (tensor.field === 14) location = tensor.int();
  }
  const count = elementCount(dims);
  const bits = BITS[type] ?? 0;
  const bytes = Math.ceil((count * bits) / 8);
  if (location === EXTERNAL)
    return { name, bits, bytes, externalFiles: externalFiles.length > 0 ? externalFiles : [''] };
  const isWhole = bits === 0 || (elements === 0 ? rawBytes === bytes : elements >= typedCount(type, count));
  if (isWhole) return { name, bits, bytes, externalFiles };
  const holds = elements === 0 ? `${rawBytes} bytes` : `${elements} elements`;
  throw new ProtoFault(
    `tensor "${name}" is ${elementTypeName(type)} [${dims.join(', ')}], which is ${bytes} bytes, but holds ${holds}`,
  );
}

/**
 * Reads what a `SparseTensorProto` claims: the files of its values and indices, and the bytes that it takes once a runtime has
 * unfolded it.
 * @throws ProtoFault
 */
export function readSparseTensor(sparse: ProtoReader): TensorClaim {
  const dims: number[] = [];
  const externalFiles: string[] = [];
  let name = '';
  let heldBytes = 0;
  let bits = 0;
  while (sparse.next()) {
    if (sparse.field === 3) pushDims(dims, sparse);
    else if (sparse.field === 1 || sparse.field === 2) {
      const tensor = readTensor(sparse.inner());
      heldBytes += tensor.bytes;
      externalFiles.push(...tensor.externalFiles);
      if (sparse.field === 1) ({ name, bits } = tensor);
    }
  }
  return { name, bits, bytes: Math.max(heldBytes, Math.ceil((elementCount(dims) * bits) / 8)), externalFiles };
}

/** Empty where one axis is, even beside axes whose product is beyond all numbers. */
function elementCount(dims: readonly number[]): number {
  return dims.includes(0) ? 0 : dims.reduce((product, dim) => product * dim, 1);
}

/** Complex numbers are written as two elements each, and 4-bit ones share one. */
function typedCount(type: number, count: number): number {
  if (type === 14 || type === 15) return count * 2;
  return type >= 21 ? Math.ceil(count / 2) : count;
}

function pushDims(dims: number[], tensor: ProtoReader): void {
  for (const dim of tensor.ints()) {
    if (dim < 0 || dims.length === MAX_AXES) throw new ProtoFault(`a tensor has the dims [${dims.join(', ')}, ${dim}]`);
    dims.push(dim);
  }
}

/** An entry of `external_data` is a key and its value: the location in it, if it is that one. */
function readLocation(entry: ProtoReader): string[] {
  let key = '';
  let value = '';
  while (entry.next()) {
    if (entry.field === 1) key = entry.string();
    else if (entry.field === 2) value = entry.string();
  }
  return key === 'location' ? [value] : [];
}
