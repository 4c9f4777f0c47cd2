import { describe, expect, it } from 'vitest';
import { installWebNames } from './web-names.js';

const NAMES = ['ImageData', 'OffscreenCanvas', 'WebGLRenderingContext', 'WebGL2RenderingContext'];
const present = (): string[] => NAMES.filter((name) => name in globalThis);

describe('installWebNames', () => {
  it('adds the names for as long as anybody uses them', () => {
    const [first, second] = [installWebNames(), installWebNames()];
    expect(present()).toEqual(NAMES);
    first[Symbol.dispose]();
    first[Symbol.dispose](); // twice counts once
    expect(present()).toEqual(NAMES);
    second[Symbol.dispose]();
    expect(present()).toEqual([]);
  });

  it('leaves names alone that are there already', () => {
    const own = class {};
    Object.defineProperty(globalThis, 'ImageData', { value: own, configurable: true });
    try {
      const handle = installWebNames();
      expect(Reflect.get(globalThis, 'ImageData')).toBe(own);
      handle[Symbol.dispose]();
      expect(Reflect.get(globalThis, 'ImageData')).toBe(own);
    } finally {
      Reflect.deleteProperty(globalThis, 'ImageData');
    }
  });
});
