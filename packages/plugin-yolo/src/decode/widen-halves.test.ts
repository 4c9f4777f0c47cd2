import { expect, it } from 'vitest';
import { widenHalves } from './widen-halves.js';

it('16-bit floats are written out as 32-bit ones, as many as are wanted', () => {
  const floats = new Float32Array(3).fill(9);
  widenHalves(Uint16Array.of(0x3c_00, 0xc0_00, 0x7c_00, 0x00_00), floats);
  expect([...floats]).toEqual([1, -2, Infinity]);
});
