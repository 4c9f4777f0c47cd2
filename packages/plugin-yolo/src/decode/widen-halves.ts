import { fromFloat16Bits } from '@kinegraph/onnx';

let table: Float32Array | undefined;

/** Writes 16-bit floats, given as their bits, out as 32-bit ones; as many as `floats` takes. */
export function widenHalves(halves: Uint16Array, floats: Float32Array): void {
  table ??= Float32Array.from({ length: 65_536 }, (_, bits) => fromFloat16Bits(bits));
  for (let at = 0; at < floats.length; at += 1) floats[at] = table[halves[at] ?? 0] as number; // 16 bits index it all
}
