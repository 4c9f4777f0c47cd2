import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFrame, valuePacketOf } from '../../testing/index.js';
import { WindowSnapshot } from '../buffers/window-snapshot.js';
import { toJson } from './to-json.js';

describe('toJson', () => {
  it('writes landmarks as rows and other arrays as lists', () => {
    const image = Float32Array.from([0.1, 0.2, 0.3, 1, 0.4, 0.5, 0.6, 0.75]);
    expect(toJson({ tracks: [{ image, weights: image }] }, 2)).toEqual({
      tracks: [
        {
          image: [
            [0.1, 0.2, 0.3, 1],
            [0.4, 0.5, 0.6, 0.75],
          ],
          weights: [0.1, 0.2, 0.3, 1, 0.4, 0.5, 0.6, 0.75],
        },
      ],
    });
  });

  it('tells frames by their size and raw bytes by their number', () => {
    using frame = aFrame({ width: 4, height: 3 });
    expect(toJson({ frame, mask: new Uint8Array(12) }, 5)).toEqual({
      frame: { width: 4, height: 3, format: 'rgba8' },
      mask: { bytes: 12 },
    });
  });

  it('writes a window as its packets', () => {
    const window = new WindowSnapshot<unknown>([
      valuePacketOf({ score: 0.123456 }, 10),
      valuePacketOf({ score: 1 }, 20),
    ]);
    expect(toJson(window, 3)).toEqual({
      packets: [
        { timestampMs: 10, value: { score: 0.123 } },
        { timestampMs: 20, value: { score: 1 } },
      ],
    });
  });

  it('writes null for what is no number, numbers for big ones, and leaves functions out', () => {
    expect(
      JSON.stringify(toJson({ a: Number.NaN, b: -Infinity, c: 10n, d: () => 1, e: null, f: true, g: 'text' }, 5)),
    ).toBe('{"a":null,"b":null,"c":10,"e":null,"f":true,"g":"text"}');
  });

  it('changes any JSON value by no more than the rounding', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.integer({ min: 0, max: 10 }), (value, digits) => {
        const written: unknown = JSON.parse(JSON.stringify(toJson(value, digits)));
        expectClose(written, value, 10 ** -digits);
      }),
    );
  });

  it('changes any JSON value by no more than the rounding', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 10 }), (value, digits) => {
        const written: unknown = JSON.parse(JSON.stringify(toJson(value, digits)));
        expectClose(written, value, 10 ** -digits);
      }),
    );
  });
});
function expectClose(actual: unknown, wanted: unknown, within: number): void {
  if (typeof wanted === 'number')
    expect(Math.abs((actual as number) - wanted)).toBeLessThanOrEqual(within + Math.abs(wanted) * 1e-9);
  else if (typeof wanted === 'object' && wanted !== null) {
    expect(Object.keys(actual as object)).toEqual(Object.keys(wanted));
    for (const [key, item] of Object.entries(wanted))
      expectClose((actual as Record<string, unknown>)[key], item, within);
  } else expect(actual).toBe(wanted);
}
