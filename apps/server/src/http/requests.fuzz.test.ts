import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { silentLogger } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import { FUZZ_LIMIT_MS, expectTrue, fuzz, readOrRefused } from '../../../../test/support/fuzz.js';
import { mutatedBytes, mutatedValue, pick, textsAsBytes } from '../../../../test/support/mutations.js';
import { OriginNotAllowedError } from '../access/access-errors.js';
import { PictureQuery } from '../pictures/picture-query.js';
import { SocketRouter } from '../sockets/socket-router.js';
import type { SocketRequest } from '../sockets/socket-router.js';
import { RequestInvalidError, checkRequest } from './check-request.js';

describe('A hundred thousand', { timeout: FUZZ_LIMIT_MS }, () => {
  it('queries of pictures are read, or refused by their error', () => {
    const queries = [
      { quality: '80', size: '240', overlay: 'hands,body' },
      { quality: ['1', '2'], overlay: 'all', token: 'kg_a' },
    ];
    const texts = textsAsBytes('80', '1e2', '0x20', ' 7 ', 'all', 'hands,body', ','.repeat(40));
    const words = [',', 'e', '-', '.', 'ä', '\r\n', '\u0000', 'x'.repeat(70)];
    const tokens = textsAsBytes(...words);
    let read = 0;
    fuzz({
      make: (random) => {
        if (random() < 0.5) return mutatedValue(random, pick(random, queries));
        const text = (): string => Buffer.from(mutatedBytes(random, texts, tokens)).toString('utf8');
        return {
          [pick(random, ['quality', 'size', 'overlay'])]: text(),
          [pick(random, ['quality', 'overlay'])]: text(),
        };
      },
      attempt: (query) => {
        const wish = readOrRefused(() => checkRequest('query', PictureQuery, query), RequestInvalidError);
        if (wish === undefined) return;
        read += 1;
        const { quality, size = 16, overlay = 'all' } = wish;
        expectTrue(Number.isInteger(quality) && quality >= 1 && quality <= 100, 'a quality');
        expectTrue(Number.isInteger(size) && size >= 16 && size <= 8192, 'a size');
        const sinks = overlay.split(',');
        expectTrue(sinks.length <= 16 && sinks.every(({ length }) => length >= 1 && length <= 64), 'names of sinks');
      },
      mostSteps: () => 500,
    });
    expect(read).toBeGreaterThan(1_000);
  });

  it('addresses of sockets lead to their route, or are refused in words', () => {
    const found: SocketRequest[] = [];
    const gate = { check: (): void => {} };
    const router = new SocketRouter(gate, { messageBytes: 1000 }, silentLogger, { socket: () => {} });
    router.add({
      path: /^\/api\/v1\/runs\/(?<run>[^/]+)\/sources\/(?<node>[^/]+)\/ingest$/,
      prepare: (request) => {
        found.push(request);
        throw new OriginNotAllowedError({ origin: 'elsewhere' }); // so that no handshake follows
      },
    });
    const seeds = textsAsBytes(
      '/api/v1/runs/live/sources/camera/ingest',
      '/api/v1/runs/%6cive/sources/%ff/ingest?token=a',
      '//',
    );
    const words = [
      '//[',
      'http://',
      '@',
      '%',
      '%2f',
      '..',
      '\\',
      '?',
      '#',
      ':99999',
      '\u0000',
      ' ',
      '/ingest',
      '[',
      ']',
    ];
    const tokens = textsAsBytes(...words);
    let routed = 0;
    fuzz({
      make: (random) => Buffer.from(mutatedBytes(random, seeds, tokens)).toString('latin1'),
      attempt: (url) => {
        let said = '';
        // A real one does its work in later turns, of which a test of so many inputs has none.
        const stream = { on: () => {}, end: (text: string) => (said = text) } as unknown as Duplex;
        const isTaken = router.handle({ url } as unknown as IncomingMessage, stream, Buffer.alloc(0)); // all that it reads
        expectTrue(isTaken === /^HTTP\/1\.1 4\d\d Refused\r\n/.test(said), 'refused, or left to others');
        if (found.length === 0) return;
        routed += 1;
        const params = found.pop()?.params ?? {};
        expectTrue(
          Object.values(params).every((value) => value.length > 0),
          'names',
        );
      },
      mostSteps: () => 2_000,
    });
    expect(routed).toBeGreaterThan(1_000);
  });
});
