/** The order of the planes. */
export type PlaneOrder = 'rgb' | 'bgr';

/** What samples become: `(sample - mean) * scale` in 32-bit floats, with samples of 0-255. */
export interface PlanarOptions {
  /** Default: `rgb`. */
  readonly order?: PlaneOrder;
  /** Of red, green, blue, whatever the order of the planes. Default: 0. */
  readonly mean?: readonly [number, number, number];
  /** Of red, green, blue, likewise. Default: 1/255. */
  readonly scale?: readonly [number, number, number];
}

/** Where one channel goes and what becomes of it. */
export interface PlaneRule {
  /** 0 red, 1 green, 2 blue. */
  readonly channel: number;
  readonly mean: number;
  readonly scale: number;
}

/** The rules of the three planes in their order, with means and scales as 32-bit floats. */
export function planeRules({ order = 'rgb', mean, scale }: PlanarOptions): readonly [PlaneRule, PlaneRule, PlaneRule] {
  const ruleOf = (channel: 0 | 1 | 2): PlaneRule => ({
    channel,
    mean: Math.fround(mean?.[channel] ?? 0),
    scale: Math.fround(scale?.[channel] ?? 1 / 255),
  });
  return order === 'rgb' ? [ruleOf(0), ruleOf(1), ruleOf(2)] : [ruleOf(2), ruleOf(1), ruleOf(0)];
}

/** The value of one sample 0-255, rounded after each step as 32-bit arithmetic does. */
export function planeValue(sample: number, { mean, scale }: PlaneRule): number {
  return Math.fround(Math.fround(sample - mean) * scale);
}

/** A picture within a plane, in pixels. */
export interface PlanePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Puts one channel of interleaved pixels into a plane.
 * @param channels - samples for each pixel; of 1 (grey) each plane gets the same.
 */
export function fillPlane(
  source: Uint8Array,
  channels: number,
  rule: PlaneRule,
  plane: Float32Array,
  planeWidth: number,
  place: PlanePlace,
): void {
  const values = Float32Array.from({ length: 256 }, (_, sample) => planeValue(sample, rule));
  let from = channels === 1 ? 0 : rule.channel;
  for (let y = 0; y < place.height; y += 1) {
    let to = (place.y + y) * planeWidth + place.x;
    for (let x = 0; x < place.width; x += 1) {
      plane[to] = values[source[from] as number] as number; // both within their arrays by the sizes checked before
      from += channels;
      to += 1;
    }
  }
}
