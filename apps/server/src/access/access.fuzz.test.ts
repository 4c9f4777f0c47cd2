import { parseAddress } from '@kinegraph/core/node';
import { describe, expect, it } from 'vitest';
import { FUZZ_LIMIT_MS, expectTrue, fuzz, readOrRefused } from '../../../../test/support/fuzz.js';
import { JSON_TOKENS, mutatedBytes, textsAsBytes } from '../../../../test/support/mutations.js';
import type { Random } from '../../../../test/support/mutations.js';
import { BodyError, HostNotAllowedError, OriginNotAllowedError } from './access-errors.js';
import { ClientAddresses, clientKey } from './client-address.js';
import { credentialOf, withoutToken } from './credentials.js';
import { parseJsonBody } from './json-body.js';
import { OriginPolicy } from './origin-policy.js';

/** Headers are bytes that Node reads as Latin-1. */
function textFrom(seeds: readonly string[], tokens: readonly string[]): (random: Random) => string {
  const [seedBytes, tokenBytes] = [textsAsBytes(...seeds), textsAsBytes(...tokens)];
  return (random) => Buffer.from(mutatedBytes(random, seedBytes, tokenBytes)).toString('latin1');
}

describe('A hundred thousand', { timeout: FUZZ_LIMIT_MS }, () => {
  it('bodies are read as JSON.parse does, or refused by their error', () => {
    const limits = { jsonBytes: 1000, jsonDepth: 12 };
    const seeds = textsAsBytes(
      '{"graph":{"kinegraph":1,"nodes":{"a":{"type":"core.source.frames"}},"wires":[]},"id":"x"}',
      '[[[[[[[[[[[1]]]]]]]]]]]',
      '{"token":"kg_\\u00e4\\n","n":[-1.5e3,true,false,null,""]}',
    );
    let read = 0;
    fuzz({
      make: (random) => mutatedBytes(random, seeds, JSON_TOKENS),
      attempt: (bytes) => {
        const body = readOrRefused(() => ({ value: parseJsonBody(bytes, limits) }), BodyError);
        if (body === undefined) return;
        read += 1;
        const again = JSON.stringify(
          JSON.parse(
            Buffer.from(bytes)
              .toString('utf8')
              .replace(/^\uFEFF/, ''),
          ),
        );
        expectTrue(JSON.stringify(body.value) === again, 'the value that it says');
      },
      mostSteps: (bytes) => 10 * bytes.length + 200,
    });
    expect(read).toBeGreaterThan(1_000);
  });

  it('names of the server are its own, or refused by their error', () => {
    const policy = new OriginPolicy({ host: '127.0.0.1', allowedOrigins: [], allowedHosts: [], isOpen: true });
    const tokens = [
      'localhost',
      '127.0.0.1',
      'evil.example',
      '@',
      '#',
      '/',
      '\\',
      '[::1]',
      '%00',
      ':80',
      '.',
      'https://',
    ];
    const host = textFrom(['localhost:4242', '127.0.0.1:80', '[::1]:4242', 'a.localhost'], tokens);
    const origin = textFrom(['http://localhost:4242', 'https://localhost:4242', 'null', 'http://127.0.0.1'], tokens);
    let read = 0;
    fuzz({
      make: (random) => ({ host: host(random), origin: origin(random) }),
      attempt: (headers) => {
        const passes = (act: () => void): boolean =>
          readOrRefused(
            () => {
              act();
              return true;
            },
            HostNotAllowedError,
            OriginNotAllowedError,
          ) ?? false;
        const isOwn = passes(() => policy.checkHost(headers.host));
        if (isOwn) {
          read += 1;
          const { hostname } = new URL(`http://${headers.host}`);
          expectTrue(/(?:^|\.)localhost$|^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(hostname), `this machine: ${hostname}`);
        }
        const own = { ...headers, host: 'localhost:4242' };
        const isSame = passes(() => policy.checkOrigin(own, false));
        if (isSame) expectTrue(/^https?:\/\/localhost:4242$/.test(headers.origin), 'the same origin');
      },
      mostSteps: () => 400,
    });
    expect(read).toBeGreaterThan(1_000);
  });

  it('headers and addresses show a credential of sensible length, or none, and lose it again', () => {
    const tokens = [
      'Bearer ',
      'token=',
      '?token=',
      '&',
      '%',
      ';',
      '=',
      'kinegraph-1=',
      '%zz',
      '+',
      'x'.repeat(250),
      '?',
    ];
    const header = textFrom(['Bearer kg_abc-def', 'a=b; kinegraph-1=session', 'kinegraph-1=x;'], tokens);
    const url = textFrom(['/?token=kg_abc', '/api/v1/runs?x=1&token=a%2fb&token=c', '//[?token=a'], tokens);
    let read = 0;
    fuzz({
      make: (random) => ({ authorization: header(random), cookie: header(random), url: url(random) }),
      attempt: ({ url: address, ...headers }) => {
        const found = credentialOf(headers, address, 'kinegraph-1');
        if (found !== undefined) read += 1;
        expectTrue(found === undefined || (found.secret.length > 0 && found.secret.length <= 200), 'a sensible length');
        const rest = withoutToken(address);
        expectTrue(credentialOf({}, rest, 'kinegraph-1') === undefined, 'nothing left');
      },
      mostSteps: () => 2_000,
    });
    expect(read).toBeGreaterThan(10_000);
  });

  it('chains of proxies lead to an address, the nearest that is not trusted', () => {
    const addresses = new ClientAddresses(['10.0.0.0/8', '::1']);
    const tokens = [',', ' ', '10.0.0.1', '::', '::ffff:', '%eth0', '.', '1', '/', '203.0.113.1'];
    const chain = textFrom(['203.0.113.1, 10.0.0.2', '2001:db8::1,10.1.1.1', 'unknown', '::ffff:10.0.0.1'], tokens);
    fuzz({
      make: chain,
      attempt: (text) => {
        const found = addresses.addressOf('10.0.0.1', text);
        expectTrue(parseAddress(found) !== undefined, 'an address');
        expectTrue(clientKey(found).length <= 34, 'a short key');
        expectTrue(addresses.addressOf('203.0.113.9', text) === '203.0.113.9', 'nobody is believed but proxies');
      },
      mostSteps: () => 1_000,
    });
  });
});
