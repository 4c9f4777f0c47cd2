import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bearerOf, credentialOf, readCookie, tokenOf, withoutToken } from './credentials.js';

describe('credentials', () => {
  it('are taken from the header, then the query, then the cookie', () => {
    const cookie = 'kinegraph-1=session';
    expect(credentialOf({ authorization: 'Bearer a', cookie }, '/?token=b', 'kinegraph-1')).toEqual({
      kind: 'token',
      secret: 'a',
    });
    expect(credentialOf({ cookie }, '/x?y=1&token=b', 'kinegraph-1')).toEqual({ kind: 'token', secret: 'b' });
    expect(credentialOf({ cookie }, '/?token=', 'kinegraph-1')).toEqual({ kind: 'session', secret: 'session' });
    expect(credentialOf({ cookie }, '/', 'kinegraph-2')).toBeUndefined();
  });

  it.each([
    ['Bearer kg_a-b', 'kg_a-b'],
    ['bearer  x ', 'x'],
    ['Basic eDp5', undefined],
    ['Bearer', undefined],
    ['Bearer a b', undefined],
    [`Bearer ${'a'.repeat(201)}`, undefined],
    [undefined, undefined],
  ])('are %j in a header: %j', (header, expected) => {
    expect(bearerOf(header)).toBe(expected);
  });

  it.each([
    ['a=b; kinegraph-1=x', 'x'],
    ['kinegraph-1=x; kinegraph-1=y', 'x'],
    ['xkinegraph-1=x', undefined],
    ['kinegraph-1', undefined],
    ['kinegraph-1=', undefined],
    ['kinegraph-1="x"', undefined],
    [';;=;', undefined],
  ])('are in the cookie %j: %j', (header, expected) => {
    expect(readCookie(header, 'kinegraph-1')).toBe(expected);
  });

  it('leave the address without a trace', () => {
    expect(['/?token=a', '/x?token=a&y=1', '/x?y=1', '/x', '/?token=a&token=b'].map(withoutToken)).toEqual([
      '/',
      '/x?y=1',
      '/x?y=1',
      '/x',
      '/',
    ]);
  });

  it('are read or not from any header, in time that grows with it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc
        .array(fc.constantFrom('Bearer', ' ', '=', ';', 'kinegraph-1', '?token=', '&', '%', 'a'))
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (header) => {
        for (const found of [bearerOf(header), tokenOf(header), readCookie(header, 'kinegraph-1')])
          if (found !== undefined) expect(found.length).toSatisfy((length: number) => length > 0 && length <= 200);
        expect(tokenOf(withoutToken(header))).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});
