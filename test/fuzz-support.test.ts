import { describe, expect, it } from 'vitest';
import { FUZZ_LIMIT_MS, StepCounter, fuzz } from './support/fuzz.js';
import { mutatedBytes, mutatedValue } from './support/mutations.js';
import { seededRandom } from '../packages/core/src/testing/seeded-random.js';

const make = (random: () => number): Uint8Array => mutatedBytes(random, [Uint8Array.of(1, 2, 3, 4)]);

describe('fuzz', { timeout: FUZZ_LIMIT_MS }, () => {
  it('passes a reader that does as it should', () => {
    const figures = fuzz({ make, attempt: (bytes) => void bytes.length, inputs: 20_000 });
    expect(figures).toMatchObject({ inputs: 20_000 });
  });

  it('finds the one input in thousands that a reader cannot stand, and tells it', () => {
    const attempt = (bytes: Uint8Array): void => {
      if (bytes[0] === 0xfe && bytes.length === 3) throw new RangeError('too short');
    };
    expect(() => fuzz({ make, attempt })).toThrow(/Buffer\.from\('fe[0-9a-f]{4}', 'hex'\)/);
  });

  it('finds a reader that keeps a little of every input', () => {
    const kept: object[] = [];
    const attempt = (bytes: Uint8Array): void => void kept.push({ length: bytes.length });
    expect(() => fuzz({ make, attempt })).toThrow(/Memory has grown/);
  });

  it('finds a reader that goes over its input once for each byte', () => {
    const attempt = (bytes: Uint8Array): void => {
      const view = new DataView(bytes.buffer);
      for (let end = 0; end < bytes.length; end += 1) for (let at = 0; at < end; at += 1) view.getUint8(at);
    };
    const mostSteps = (bytes: Uint8Array): number => 2 * bytes.length;
    expect(() => fuzz({ make, attempt, mostSteps })).toThrow(/Reading took \d+ steps/);
  });
});

describe('counting steps', () => {
  it('counts, and leaves everything as it was', () => {
    const view = new DataView(new ArrayBuffer(8));
    const { getUint8 } = DataView.prototype;
    {
      using counter = new StepCounter();
      expect([view.getUint8(0), /a/.test('a'), JSON.stringify(1)]).toEqual([0, true, '1']);
      expect(counter.steps).toBeGreaterThanOrEqual(3);
    }
    expect(DataView.prototype.getUint8).toBe(getUint8);
  });
});

describe('mutations', () => {
  it('are decided by the seed, and differ from one to the next', () => {
    const some = (seed: number): string[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 200 }, () => Buffer.from(make(random)).toString('hex'));
    };
    expect(some(1)).toEqual(some(1));
    expect(new Set(some(1)).size).toBeGreaterThan(150);
  });

  it('of values leave no mark on any prototype', () => {
    const random = seededRandom(1);
    const kinds = new Set<string>();
    for (let index = 0; index < 2000; index += 1) {
      const value = mutatedValue(random, { a: [1, { b: 'c' }], d: { e: null } });
      kinds.add(Array.isArray(value) ? 'list' : typeof value);
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(kinds.size).toBeGreaterThan(3);
  });
});
