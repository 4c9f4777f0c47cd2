import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostNotAllowedError, OriginNotAllowedError } from './access-errors.js';
import { OriginPolicy, parseHost } from './origin-policy.js';

const open = new OriginPolicy({ host: '127.0.0.1', allowedOrigins: [], allowedHosts: [], isOpen: true });
const passes = (act: () => void): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof HostNotAllowedError || error instanceof OriginNotAllowedError) return false;
    throw error;
  }
};

describe('the name that a server is asked for', () => {
  it.each([
    ['localhost:4242', true],
    ['LOCALHOST', true],
    ['127.0.0.1:4242', true],
    ['127.0.0.1', true],
    ['[::1]:4242', true],
    ['studio.localhost:4242', true],
    ['evil.example:4242', false],
    ['localhost.evil.example', false],
    ['evil.example#localhost', false],
    ['evil.example@localhost', false],
    ['192.168.1.5:4242', false],
    ['127.0.0.1.nip.io', false],
    ['', false],
    ['localhost:4242, evil.example', false],
  ])('is %j on an open server: %s', (host, expected) => {
    expect(passes(() => open.checkHost(host))).toBe(expected);
  });

  it('must be there', () => {
    expect(passes(() => open.checkHost(undefined))).toBe(false);
  });

  it('may be one that the operator has listed', () => {
    const policy = new OriginPolicy({
      host: '127.0.0.1',
      allowedOrigins: [],
      allowedHosts: ['studio.example'],
      isOpen: true,
    });
    expect([
      passes(() => policy.checkHost('STUDIO.example:80')),
      passes(() => policy.checkHost('studio.example.evil')),
    ]).toEqual([true, false]);
  });

  it('may be any where a token is demanded, unless names are listed', () => {
    const rules = { host: '0.0.0.0', allowedOrigins: [], isOpen: false };
    const any = new OriginPolicy({ ...rules, allowedHosts: [] });
    const listed = new OriginPolicy({ ...rules, allowedHosts: ['studio.example'] });
    const ask = (policy: OriginPolicy, host: string): boolean => passes(() => policy.checkHost(host));
    expect(['box.lan', '192.168.1.5', 'studio.example'].map((host) => ask(any, host))).toEqual([true, true, true]);
    expect(['box.lan', '192.168.1.5', 'studio.example'].map((host) => ask(listed, host))).toEqual([false, true, true]);
  });
});

describe('the origin of a request', () => {
  const ask = (headers: Readonly<Record<string, string>>, isSecure = false, policy = open): boolean =>
    passes(() => policy.checkOrigin({ host: 'localhost:4242', ...headers }, isSecure));

  it.each([
    ['http://localhost:4242', true],
    ['http://localhost', false],
    ['http://localhost:4243', false],
    ['http://127.0.0.1:4242', false],
    ['http://evil.example', false],
    ['https://localhost:4242', true], // a proxy with TLS in front
    ['null', false],
    ['', false],
    ['http://localhost:4242/', false],
    ['http://localhost:4242@evil.example', false],
    ['HTTP://LOCALHOST:4242', false],
    ['file://', false],
  ])('%j passes: %s', (origin, expected) => {
    expect(ask({ origin })).toBe(expected);
  });

  it('is the same with the default port left out', () => {
    expect(ask({ host: 'studio.example:443', origin: 'https://studio.example' })).toBe(true);
    expect(ask({ host: 'studio.example', origin: 'http://studio.example' })).toBe(true);
    expect(ask({ host: 'studio.example', origin: 'http://studio.example:443' })).toBe(false);
  });

  it('must be https where the server is', () => {
    expect(ask({ origin: 'http://localhost:4242' }, true)).toBe(false);
    expect(ask({ origin: 'https://localhost:4242' }, true)).toBe(true);
  });

  it('may be one that the operator has listed', () => {
    const policy = new OriginPolicy({
      host: 'h',
      allowedOrigins: ['https://studio.example'],
      allowedHosts: [],
      isOpen: true,
    });
    expect(ask({ origin: 'https://studio.example' }, true, policy)).toBe(true);
    expect(ask({ origin: 'https://studio.example.evil' }, true, policy)).toBe(false);
  });

  it('may be missing, unless a browser says that it comes from elsewhere', () => {
    expect(['same-origin', 'none', 'same-site', 'cross-site'].map((site) => ask({ 'sec-fetch-site': site }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(ask({})).toBe(true);
  });
});

describe('any header', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc
      .array(
        fc.constantFrom(
          'localhost',
          '127.0.0.1',
          'evil.example',
          ':',
          '4242',
          '@',
          '/',
          '\\',
          '[',
          ']',
          '::1',
          '.',
          '#',
          '%00',
          ' ',
        ),
      )
      .map((all) => all.join('')),
  );

  it('names this machine, or is refused', () => {
    fc.assert(
      fc.property(text, (host) => {
        if (!passes(() => open.checkHost(host))) return;
        expect(parseHost(host)?.hostname).toMatch(/^(?:.*\.)?localhost$|^127\.\d+\.\d+\.\d+$|^\[::1\]$/);
      }),
      { numRuns: 3000 },
    );
  });

  it('is of the server itself, or is refused', () => {
    fc.assert(
      fc.property(text, (origin) => {
        if (passes(() => open.checkOrigin({ host: 'localhost:4242', origin }, false)))
          expect(origin).toMatch(/^https?:\/\/localhost:4242$/);
      }),
      { numRuns: 3000 },
    );
  });
});
