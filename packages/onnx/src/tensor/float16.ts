const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);

/** The bits of the float16 nearest to `value`, ties to even; from 65,520 it is infinite. IEEE 754 binary16. */
export function toFloat16Bits(value: number): number {
  scratch[0] = value;
  const high = words[1] ?? 0; // little-endian, as all platforms of Node and browsers
  const sign = (high >>> 16) & 0x8000;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  const exponent = Math.max(((high >>> 20) & 0x7ff) - 1023, -14);
  // Dividing by a power of two is exact, so the double is rounded once. A carry runs over into the exponent, as it should.
  const steps = size / 2 ** (exponent - 10);
  const whole = Math.floor(steps);
  const rest = steps - whole;
  const rounded = rest > 0.5 || (rest === 0.5 && whole % 2 === 1) ? whole + 1 : whole;
  return sign | (((exponent + 14) << 10) + rounded);
}

/** The number that the bits of a float16 stand for. */
export function fromFloat16Bits(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
