import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatModelSource, parseModelSource } from './model-source.js';
import type { ModelSource } from './model-source.js';

const letters = (characters: string, minLength = 1): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from(characters)), minLength, maxLength: 8 });
const packageName = fc
  .tuple(fc.option(letters('abc019-_.~').filter((scope) => /^[a-z0-9~-]/.test(scope))), letters('abc019-_.~'))
  .filter(([, name]) => /^[a-z0-9~-]/.test(name))
  .map(([scope, name]) => (scope === null ? name : `@${scope}/${name}`));
const path = fc
  .array(
    letters('aZ09-_. +@é').filter((step) => step !== '.' && step !== '..'),
    { minLength: 1, maxLength: 4 },
  )
  .map((steps) => steps.join('/'));
const range = fc.option(fc.record({ offset: fc.nat(2 ** 31 - 1), bytes: fc.integer({ min: 1, max: 2 ** 31 - 1 }) }), {
  nil: undefined,
});
const withRange = <T extends object>(source: T, bytes: { offset: number; bytes: number } | undefined): T =>
  bytes === undefined ? source : { ...source, range: bytes };

const source: fc.Arbitrary<ModelSource> = fc.oneof(
  fc
    .tuple(packageName, path, range)
    .map(([name, file, bytes]) => withRange({ kind: 'npm' as const, packageName: name, path: file }, bytes)),
  fc.tuple(path, range).map(([file, bytes]) => withRange({ kind: 'file' as const, path: file }, bytes)),
  letters('abc-019').map((builder) => ({ kind: 'build' as const, builder: `a${builder}` })),
  fc
    .tuple(letters('ab/c.?='), range)
    .map(([rest, bytes]) => withRange({ kind: 'https' as const, url: `https://example.org/${rest}` }, bytes)),
);

describe('parseModelSource', () => {
  it('reads back what formatModelSource writes', () => {
    fc.assert(
      fc.property(source, (value) => {
        expect(parseModelSource(formatModelSource(value))).toEqual({ source: value });
      }),
    );
  });

  it('never throws, and whatever it accepts reads back', () => {
    const prefix = fc.constantFrom('npm:', 'file:./', 'build:', 'https://', 'http://', '');
    fc.assert(
      fc.property(prefix, fc.string(), fc.constantFrom('', '#bytes=0+1', '#bytes=1'), (start, text, end) => {
        const result = parseModelSource(start + text + end);
        if ('source' in result) expect(formatModelSource(result.source)).toBe(start + text + end);
        else expect(result.fault).not.toBe('');
      }),
    );
  });

  it('never accepts a path that climbs out', () => {
    const climbing = fc.tuple(path, path).map(([before, after]) => `${before}/../${after}`);
    fc.assert(
      fc.property(fc.constantFrom('npm:pkg/', 'npm:@a/b/', 'file:./'), climbing, (start, file) => {
        expect(parseModelSource(start + file)).toHaveProperty('fault');
      }),
    );
  });

  it.each([
    ['npm:@a/b', 'path inside the package'],
    ['npm:pkg', 'path inside the package'],
    ['npm:pkg/', 'path inside the package'],
    ['npm:pkg/a\\b', 'path inside the package'],
    ['file:/etc/passwd', './<path>'],
    ['file:./x#bytes=5', 'bytes=<offset>+<length>'],
    ['file:./x#bytes=5+0', 'bytes=<offset>+<length>'],
    ['build:', 'lower-case letters'],
    ['build:../x', 'lower-case letters'],
    ['http://example.org/x', 'https only'],
    ['https://', 'no valid URL'],
    ['https://anna:secret@example.org/x', 'never sent'],
    ['https://anna@example.org/x', 'never sent'],
    ['C:\\x', 'must start with'],
  ])('refuses %s', (text, fault) => {
    expect(parseModelSource(text)).toEqual({ fault: expect.stringContaining(fault) });
  });

  it('allows plain http from this very machine', () => {
    expect(parseModelSource('http://127.0.0.1:8080/x')).toHaveProperty('source');
    expect(parseModelSource('http://localhost.example.org/x')).toHaveProperty('fault');
  });
});
