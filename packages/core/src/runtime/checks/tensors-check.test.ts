import { describe, expect, it } from 'vitest';
import { portCheck } from './port-check.js';
import type { ValueFault } from './value-check.js';

function faultOf(value: unknown): ValueFault | undefined {
  return portCheck('tensors', () => undefined)(value, 40);
}

/** A value with one tensor, "y", of two floats unless changed. */
function with2Floats(change: Record<string, unknown>): unknown {
  return { tensors: { y: { type: 'float32', dims: [1, 2], data: new Float32Array(2), ...change } } };
}

describe('tensors', () => {
  it('lets well-formed ones pass, scalars, empty ones and none', () => {
    const values = [
      with2Floats({}),
      with2Floats({ type: 'int64', data: new BigInt64Array(2) }),
      with2Floats({ type: 'bool', data: new Uint8Array(2) }),
      with2Floats({ dims: [], data: new Float32Array(1) }),
      with2Floats({ dims: [0, 7], data: new Float32Array() }),
      { tensors: {} },
    ];
    expect(values.map(faultOf)).toEqual(values.map(() => undefined));
  });

  it.each<[what: string, value: unknown, found: string]>([
    ['no tensors', { y: 1 }, 'an object with "y"'],
    ['a list', [with2Floats({})], 'an array of 1'],
    ['bare numbers', { tensors: { y: new Float32Array(2) } }, 'a Float32Array as tensor "y"'],
    ['an unknown type', with2Floats({ type: 'float16' }), 'the type float16 of tensor "y"'],
    ['an array of another type', with2Floats({ type: 'int32' }), 'a Float32Array as the data of tensor "y"'],
    ['too few elements', with2Floats({ dims: [2, 2] }), '2 elements in tensor "y" with the dims [2, 2]'],
    ['dims that are none', with2Floats({ dims: [-1, -2] }), '2 elements in tensor "y" with the dims [-1, -2]'],
    ['no dims', with2Floats({ dims: undefined }), '2 elements in tensor "y" with the dims undefined'],
  ])('tells of %s', (_, value, found) => {
    expect(faultOf(value)?.found).toBe(found);
    expect(faultOf(value)?.mend).toMatch(/^(?:Allowed|On a wire|The elements) .+\.$/);
  });
});
