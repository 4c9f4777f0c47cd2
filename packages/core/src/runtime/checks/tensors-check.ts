import { TENSOR_ARRAYS } from '../../vision/index.js';
import type { TensorType } from '../../vision/index.js';
import { describeValue, isRecord, wrongType } from './value-check.js';
import type { ValueCheck, ValueFault } from './value-check.js';

/** A check of `tensors`: blocks of numbers by name, each as long as its dims say. */
export const tensorsCheck: ValueCheck = (value) => {
  const tensors = isRecord(value) ? value['tensors'] : undefined;
  if (!isRecord(tensors)) return wrongType(value, 'tensors', 'an object with "tensors", an object of tensors by name');
  for (const name of Object.keys(tensors)) {
    const fault = tensorFault(tensors[name], name);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

function tensorFault(tensor: unknown, name: string): ValueFault | undefined {
  if (!isRecord(tensor)) {
    return { found: `${describeValue(tensor)} as tensor "${name}"`, mend: 'Allowed is { type, dims, data }.' };
  }
  const { type, dims, data } = tensor;
  if (typeof type !== 'string' || !Object.hasOwn(TENSOR_ARRAYS, type)) {
    const allowed = Object.keys(TENSOR_ARRAYS).join(', ');
    return { found: `the type ${String(type)} of tensor "${name}"`, mend: `Allowed are ${allowed}.` };
  }
  const arrayClass = TENSOR_ARRAYS[type as TensorType];
  if (!(data instanceof arrayClass)) {
    const found = `${describeValue(data)} as the data of tensor "${name}"`;
    return { found, mend: `The elements of ${type} are in a ${arrayClass.name}.` };
  }
  const isShape = Array.isArray(dims) && dims.every((dim) => Number.isSafeInteger(dim) && dim >= 0);
  const count = isShape ? (dims as readonly number[]).reduce((product, dim) => product * dim, 1) : Number.NaN;
  if (count === data.length) return undefined;
  return {
    found: `${data.length} elements in tensor "${name}" with the dims ${Array.isArray(dims) ? `[${dims.join(', ')}]` : describeValue(dims)}`,
    mend: 'Allowed are whole dims from 0 whose product is the number of elements.',
  };
}
