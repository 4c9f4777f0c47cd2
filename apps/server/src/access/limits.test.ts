import { VirtualClock } from '@kinegraph/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyError, LoginLimitedError } from './access-errors.js';
import { ClientAddresses, clientKey } from './client-address.js';
import { FrameRateLimiter } from './frame-rate-limiter.js';
import { parseJsonBody } from './json-body.js';
import { LoginLimiter } from './login-limiter.js';
import { SCOPES, scopesAllow } from './scopes.js';
import { SessionStore } from './session-store.js';

describe('JSON bodies', () => {
  const limits = { jsonBytes: 200, jsonDepth: 4 };
  const codeOf = (body: string | Uint8Array): string => {
    try {
      parseJsonBody(body, limits);
      return 'read';
    } catch (error) {
      if (error instanceof BodyError) return error.code;
      throw error;
    }
  };

  it.each<[string, string | Uint8Array, string]>([
    ['of the right size and depth', '[[[{"a":1}]]]', 'read'],
    ['too deep by one level', '[[[[[1]]]]]', 'SERVER_BODY_TOO_DEEP'],
    ['very deep', '['.repeat(200), 'SERVER_BODY_TOO_DEEP'],
    ['too large by one byte', `"${'a'.repeat(199)}"`, 'SERVER_BODY_TOO_LARGE'],
    ['large by its bytes, not by its characters', `"${'ä'.repeat(100)}"`, 'SERVER_BODY_TOO_LARGE'],
    ['empty', ' ', 'SERVER_BODY_NOT_JSON'],
    ['no JSON', '{a:1}', 'SERVER_BODY_NOT_JSON'],
    ['with a key twice', '{"a":1,"a":2}', 'SERVER_BODY_NOT_JSON'],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'SERVER_BODY_NOT_JSON'],
  ])('%s', (_, body, expected) => {
    expect(codeOf(body)).toBe(expected);
  });

  it('are read as JSON.parse does, or refused', () => {
    const roomy = { jsonBytes: 100_000, jsonDepth: 8 };
    const nested = fc.json({ maxDepth: 12 });
    fc.assert(
      fc.property(
        fc.oneof(
          nested,
          fc.string({ unit: 'binary' }),
          fc.array(fc.constantFrom('[', '{', '"', ':', ',', '1', ']', '}', '\\', 'a')).map((all) => all.join('')),
        ),
        (text) => {
          let value: unknown;
          try {
            value = parseJsonBody(text, roomy);
          } catch (error) {
            expect(error).toBeInstanceOf(BodyError);
            return;
          }
          expect(value).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('frames of one connection', () => {
  const verdicts = (limiter: FrameRateLimiter, framesPerSecond: number, fromMs: number, untilMs: number): string[] => {
    const seen: string[] = [];
    for (let index = 0; fromMs + (index * 1000) / framesPerSecond < untilMs; index += 1)
      seen.push(limiter.frame(fromMs + (index * 1000) / framesPerSecond));
    return seen;
  };

  it('pass at the rate allowed, also in a burst after a pause', () => {
    const limiter = new FrameRateLimiter(60);
    expect(new Set(verdicts(limiter, 60, 0, 60_000))).toEqual(new Set(['take']));
    const burst = Array.from({ length: 27 }, () => limiter.frame(60_450));
    expect(new Set(burst)).toEqual(new Set(['take']));
  });

  it('are dropped above it, so that the rate holds, and the connection is closed after ten seconds of that', () => {
    const limiter = new FrameRateLimiter(60);
    const seen = verdicts(limiter, 240, 0, 15_000);
    const until = seen.indexOf('close');
    expect(until / 240).toBeGreaterThan(10);
    expect(until / 240).toBeLessThan(11);
    expect(seen.slice(0, until).filter((verdict) => verdict === 'take').length).toBeCloseTo(60 * (1 + until / 240), -1);
  });

  it('are forgiven after a rest', () => {
    const limiter = new FrameRateLimiter(60);
    for (let round = 0; round < 5; round += 1) {
      expect(verdicts(limiter, 240, round * 20_000, round * 20_000 + 8_000)).not.toContain('close');
    }
  });
});

describe('what is kept of clients', () => {
  it('does not grow without end: failures', () => {
    const limiter = new LoginLimiter(new VirtualClock(), 1);
    for (let index = 0; index < 12_000; index += 1)
      limiter.failed(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);
    expect(limiter.size).toBe(10_000);
    expect(() => limiter.check('10.0.46.223')).toThrow(LoginLimitedError);
    expect(() => limiter.check('10.0.0.1')).not.toThrow();
  });

  it('does not grow without end: sessions', async () => {
    const clock = new VirtualClock();
    const sessions = new SessionStore(clock, 1000);
    const first = sessions.create('a');
    for (let index = 0; index < 1500; index += 1) sessions.create('a');
    expect([sessions.size, sessions.tokenOf(first)]).toEqual([1000, undefined]);
    await clock.advance(1000);
    sessions.create('b');
    expect(sessions.size).toBe(1);
  });

  it('waits no longer than a quarter of an hour, and forgets after an hour', async () => {
    const clock = new VirtualClock();
    const limiter = new LoginLimiter(clock, 1);
    for (let index = 0; index < 100; index += 1) limiter.failed('a');
    expect(() => limiter.check('a')).toThrow(expect.objectContaining({ data: { retryAfterSeconds: 900 } }));
    await clock.advance(60 * 60_000);
    limiter.failed('a');
    expect(() => limiter.check('a')).toThrow(expect.objectContaining({ data: { retryAfterSeconds: 1 } }));
  });

  it('is one for all addresses of an IPv6 household', () => {
    const keys = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1', '::ffff:1.2.3.4', '1.2.3.4', 'odd'].map(
      clientKey,
    );
    expect([keys[0] === keys[1], keys[0] === keys[2], keys[3] === keys[4], keys[5]]).toEqual([
      true,
      false,
      true,
      'odd',
    ]);
  });
});

describe('the address of a client', () => {
  it('is never one that the client has made up', () => {
    const addresses = new ClientAddresses(['10.0.0.0/8', '::1']);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fc.ipV4()).map((all) => all.join(', ')),
        ),
        (made) => {
          expect(addresses.addressOf('203.0.113.1', made)).toBe('203.0.113.1');
          expect(addresses.addressOf('10.0.0.1', `${made}, 203.0.113.1`)).toBe('203.0.113.1');
          expect(addresses.addressOf('::1', `${made},203.0.113.1, 10.2.3.4`)).toBe('203.0.113.1');
        },
      ),
    );
    expect(addresses.addressOf('10.0.0.1', undefined)).toBe('10.0.0.1');
    expect(addresses.addressOf('10.0.0.1', 'unknown')).toBe('10.0.0.1');
  });
});

it.each([
  ['view', ['view']],
  ['ingest', ['view', 'ingest']],
  ['edit', ['view', 'edit']],
  ['deploy', ['view', 'edit', 'deploy']],
  ['admin', ['view', 'ingest', 'edit', 'deploy', 'admin']],
] as const)('the scope %s allows %j', (scope, allowed) => {
  expect(SCOPES.filter((needed) => scopesAllow([scope], needed))).toEqual(allowed);
  expect(SCOPES.filter((needed) => scopesAllow([], needed))).toEqual([]);
});
