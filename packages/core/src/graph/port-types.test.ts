import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_WINDOW_NESTING,
  bindConfigKeys,
  commonPortType,
  configKeysOf,
  formatPortType,
  parsePortType,
  portTypesFit,
  resolveOutputType,
} from './port-types.js';

const concrete = fc.constantFrom(
  'frame',
  'angles',
  'landmarks/hand-21',
  'landmarks/pose-33',
  'landmarks/mixed',
  'my-plugin.mask',
);
const pattern = fc.oneof(concrete, fc.constantFrom('any', 'landmarks/*', 'landmarks/*|angles', 'frame|window<frame>'));
const inWindows = (base: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(base, fc.integer({ min: 0, max: 3 }))
    .map(([type, depth]) => 'window<'.repeat(depth) + type + '>'.repeat(depth));
const anyType = inWindows(pattern);
const anyConcrete = inWindows(concrete);

describe('parsePortType', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        inWindows(fc.oneof(pattern, fc.constantFrom('$in', 'landmarks/{skeleton}', 'landmarks/{to}|angles'))),
        (text) => {
          const type = parsePortType(text);
          expect(type === undefined ? undefined : formatPortType(type)).toBe(text);
        },
      ),
    );
  });

  it.each([
    '',
    'Frame',
    'window<>',
    'window<frame',
    'frame>',
    'landmarks/',
    'landmarks/*/x',
    '$',
    '$In',
    '*',
    'a b',
    'window<window<frame>',
    'a|',
    '|',
    'frame|$in',
    'window<a|>',
    'landmarks/{}',
    'landmarks/{a',
    'angles/{key}',
    'landmarks/{a}b',
  ])('refuses %j', (text) => {
    expect(parsePortType(text)).toBeUndefined();
  });

  it('refuses windows in windows without end', () => {
    const nested = (depth: number): string => 'window<'.repeat(depth) + 'frame' + '>'.repeat(depth);
    expect(parsePortType(nested(MAX_WINDOW_NESTING))).toBeDefined();
    expect(parsePortType(nested(MAX_WINDOW_NESTING + 1))).toBeUndefined();
  });
});

describe('portTypesFit', () => {
  it.each([
    ['frame', 'frame', true],
    ['frame', 'any', true],
    ['any', 'frame', true],
    ['landmarks/hand-21', 'landmarks/*', true],
    ['landmarks/*', 'landmarks/hand-21', true],
    ['landmarks/hand-21', 'landmarks/pose-33', false],
    ['landmarks/hand-21', 'landmarks', false],
    ['frame', 'landmarks/*', false],
    ['window<landmarks/hand-21>', 'window<landmarks/*>', true],
    ['window<landmarks/hand-21>', 'landmarks/hand-21', false],
    ['window<frame>', 'window<any>', true],
    ['frame', 'window<any>', false],
    ['window<window<frame>>', 'window<any>', true],
    ['any', 'window<frame>', true],
    ['landmarks/hand-21', 'landmarks/*|angles', true],
    ['angles', 'landmarks/*|angles', true],
    ['frame', 'landmarks/*|angles', false],
    ['window<angles>', 'window<landmarks/*|angles>', true],
    ['window<angles>', 'window<landmarks/*>|frame', false],
  ])('%s to %s: %s', (output, input, fits) => {
    expect(portTypesFit(output, input)).toBe(fits);
  });

  it('is true for each type with itself and with any, and the same in both directions', () => {
    fc.assert(
      fc.property(anyType, anyType, (a, b) => {
        expect(portTypesFit(a, a)).toBe(true);
        expect(portTypesFit(a, 'any')).toBe(true);
        expect(portTypesFit(a, b)).toBe(portTypesFit(b, a));
      }),
    );
  });

  it('is true for two concrete types only where they are the same', () => {
    fc.assert(
      fc.property(anyConcrete, anyConcrete, (a, b) => {
        expect(portTypesFit(a, b)).toBe(a === b);
      }),
    );
  });

  it('means that some concrete type fits both', () => {
    fc.assert(
      fc.property(anyType, anyType, anyConcrete, (a, b, witness) => {
        if (portTypesFit(witness, a) && portTypesFit(witness, b)) expect(portTypesFit(a, b)).toBe(true);
      }),
    );
  });
});

describe('commonPortType', () => {
  it('allows exactly what both allow', () => {
    fc.assert(
      fc.property(anyType, anyType, anyConcrete, (a, b, witness) => {
        const common = commonPortType(a, b);
        const fitsBoth = portTypesFit(witness, a) && portTypesFit(witness, b);
        expect(common !== undefined && portTypesFit(witness, common)).toBe(fitsBoth);
      }),
    );
  });
});

describe('a choice', () => {
  it.each([
    ['any', 'landmarks/*|angles', 'landmarks/*|angles'],
    ['landmarks/*|angles', 'angles|frame', 'angles'],
    ['window<any>', 'window<frame>|window<angles>|frame', 'window<frame|angles>'],
    ['landmarks/hand-21|landmarks/*', 'any', 'landmarks/*'],
    ['frame|frame', 'any', 'frame'],
  ])('%s and %s have in common: %s', (left, right, common) => {
    expect(commonPortType(left, right)).toBe(common);
  });
});

describe('a member that the configuration gives', () => {
  it.each([
    ['landmarks/{skeleton}', 'coco-17', 'landmarks/coco-17'],
    ['window<window<landmarks/{skeleton}>>', 'paw-3', 'window<window<landmarks/paw-3>>'],
    ['window<landmarks/{skeleton}|angles>', 'paw-3', 'window<landmarks/paw-3|angles>'],
    ['landmarks/{skeleton}', undefined, 'landmarks/*'],
    ['landmarks/{skeleton}', 'no id', 'landmarks/*'],
    ['landmarks/{skeleton}', '{skeleton}', 'landmarks/*'],
    ['landmarks/{skeleton}', 'a|frame', 'landmarks/*'],
    ['landmarks/{skeleton}', 7, 'landmarks/*'],
    ['landmarks/{other}', 'coco-17', 'landmarks/other-1'],
    ['landmarks/hand-21', 'coco-17', 'landmarks/hand-21'],
    ['$in', 'coco-17', '$in'],
    ['no type <', 'coco-17', 'no type <'],
  ])('%s with %j is %s', (type, value, bound) => {
    expect(bindConfigKeys(type, (key) => (key === 'skeleton' ? value : 'other-1'))).toBe(bound);
  });

  it('is asked for by its key, once', () => {
    expect(configKeysOf('landmarks/{from}|window<landmarks/{to}>|landmarks/{to}')).toEqual(['from', 'to']);
    expect(configKeysOf('landmarks/*')).toEqual([]);
    expect(configKeysOf('no type <')).toEqual([]);
  });

  it('counts as any skeleton while it is not known', () => {
    expect(commonPortType('landmarks/{skeleton}', 'landmarks/hand-21')).toBe('landmarks/hand-21');
    expect(portTypesFit('landmarks/{skeleton}', 'angles')).toBe(false);
  });
});

describe('resolveOutputType', () => {
  it.each([
    ['landmarks/hand-21', 'frame', 'landmarks/hand-21'],
    ['$in', 'frame', 'frame'],
    ['$in', undefined, 'any'],
    ['window<$in>', 'landmarks/*', 'window<landmarks/*>'],
    ['window<$in>', 'window<frame>', 'window<window<frame>>'],
    ['window<$in>', 'landmarks/*|angles', 'window<landmarks/*|angles>'],
    ['$other', 'frame', 'any'],
    ['not a type', 'frame', 'any'],
  ])('%s with %s arriving gives %s', (output, arriving, resolved) => {
    expect(resolveOutputType(output, (port) => (port === 'in' ? arriving : undefined))).toBe(resolved);
  });

  it('gives up on windows in windows without end', () => {
    let type = 'frame';
    for (let depth = 0; depth <= MAX_WINDOW_NESTING; depth += 1) type = resolveOutputType('window<$in>', () => type);
    expect(type).toBe('any');
  });
});
