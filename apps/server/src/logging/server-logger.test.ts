import fc from 'fast-check';
import { KinegraphError } from '@kinegraph/core';
import type { LogFields, LogLevel, Logger } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import { hideInText, hideSecrets } from './hide-secrets.js';
import { aboutOf, loggableUrl } from './request-log.js';
import { serverLogger } from './server-logger.js';

class LensError extends KinegraphError {
  override readonly name = 'LensError';
  readonly code = 'TEST_LENS';
}

function aLog(format: 'json' | 'text', level: LogLevel | 'silent' = 'info'): { log: Logger; written: () => string } {
  let text = '';
  const destination = { write: (line: string) => void (text += line) };
  const now = (): Date => new Date(2025, 0, 1, 12, 34, 56);
  return { log: serverLogger({ level, format, destination, now }), written: () => text };
}

const anError = (): LensError => new LensError('The lens is wet.', { cause: new RangeError('90 % of water') });

describe('The log for machines', () => {
  it('has one object a line, with level, time, place and the whole error', () => {
    const { log, written } = aLog('json');
    log.child({ run: 'live' }).child({ node: 'camera' }).warn('It rains.\nStill.', { error: anError() });
    expect(written().match(/\n/g)?.length).toBe(1);
    expect(JSON.parse(written())).toMatchObject({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      message: 'It rains.\nStill.',
      run: 'live',
      node: 'camera',
      error: {
        name: 'LensError',
        code: 'TEST_LENS',
        message: 'The lens is wet.',
        stack: expect.stringContaining('server-logger.test'),
        cause: { name: 'RangeError', message: '90 % of water', stack: expect.stringContaining('server-logger.test') },
      },
    });
  });

  it('takes whatever a plugin logs', () => {
    const { log, written } = aLog('json');
    const circle: Record<string, unknown> = { big: 2n ** 70n, bytes: new Uint8Array(9), when: new Date(Number.NaN) };
    circle['again'] = circle;
    log.info('odd', circle);
    expect(JSON.parse(written())).toMatchObject({ big: '1180591620717411303424', bytes: '9 bytes', when: null });
  });
});

describe('The log for people', () => {
  it('has time, level and place, and the code of the error', () => {
    const { log, written } = aLog('text');
    log.warn('It rains.', { run: 'live', node: 'camera', error: anError() });
    log.info('Up.');
    expect(written()).toBe('12:34:56 warn  live/camera: It rains. (TEST_LENS)\n12:34:56 info  Up.\n');
  });

  it.each([
    ['error', 'info'],
    ['warn', 'debug'],
  ] as const)('has stack and causes of a line of level %s where the log is at %s', (lineLevel, level) => {
    const { log, written } = aLog('text', level);
    log.log(lineLevel, 'It rains.', { error: anError() });
    const [head, ...rest] = written().trimEnd().split('\n');
    expect(head).toMatch(/It rains\. \(TEST_LENS\)$/);
    expect(rest.every((line) => line.startsWith('    '))).toBe(true);
    expect(rest.join('\n')).toMatch(
      /LensError: The lens is wet\.[\s\S]*\n +at [\s\S]*caused by RangeError: 90 % of water/,
    );
  });

  it('lets no message begin a line of its own, or steer a terminal', () => {
    const { log, written } = aLog('text');
    log.info('a\n12:34:56 error forged \u001b[2J');
    expect(written()).toBe('12:34:56 info  a\n    12:34:56 error forged \ufffd[2J\n');
  });
});

describe('Levels', () => {
  it.each(['json', 'text'] as const)('are kept by the log as %s, and nothing is looked at below them', (format) => {
    const { log, written } = aLog(format, 'warn');
    const untouchable = {
      get secret(): string {
        throw new Error('nobody reads this');
      },
    };
    log.debug('quiet', { untouchable });
    log.info('quiet', { untouchable });
    expect(written()).toBe('');
    log.warn('loud');
    expect(written()).toContain('loud');
    expect(aLog(format, 'silent').written()).toBe('');
  });
});

describe('Secrets', () => {
  it.each([
    ['rtsp://admin:s3cret@cam:554/live is away', 'rtsp://***@cam:554/live is away'],
    ['rtsp://admin:p@ss@cam/live', 'rtsp://***@cam/live'],
    ['rtsp://admin:p/ss@cam/live', 'rtsp://***@cam/live'],
    ['rtsp://s3cret@cam', 'rtsp://***@cam'],
    ['http://cam:8080/a@b', 'http://cam:8080/a@b'],
    [
      'at file:///app/node_modules/@kinegraph/core/dist/a.js:1:2',
      'at file:///app/node_modules/@kinegraph/core/dist/a.js:1:2',
    ],
    ['GET /x?size=3&token=abc&q=1', 'GET /x?size=3&token=***&q=1'],
    ['GET /x?access_token=abc', 'GET /x?access_token=***'],
    ['Authorization: Bearer abcdefghij.k', 'Authorization: Bearer ***'],
    ['Authorization: Basic YWRtaW46czNjcmV0', 'Authorization: Basic ***'],
    ['Open kg_abcdefghijklmnopqrst here', 'Open *** here'],
  ])('leave %j', (text, hidden) => {
    expect(hideInText(text)).toBe(hidden);
  });

  it('leave fields and nested texts, and what has no secret stays as it is', () => {
    const plain = { run: 'live', counts: [1, null, true], nested: { at: 'http://cam:80/x' } };
    expect(hideSecrets(plain)).toEqual(plain);
    expect(
      hideSecrets({ password: 'a', list: [{ apiKey: 1, url: 'rtsp://a:b@c' }], headers: { cookie: 'x=y' } }),
    ).toEqual({ password: '***', list: [{ apiKey: '***', url: 'rtsp://***@c' }], headers: { cookie: '***' } });
  });

  it('reach the log in no way, wherever a URL has them', () => {
    const letters = fc.constantFrom(...'abcXYZ019-._~!$&()*+,;=%:@'.split(''));
    const secret = fc.array(letters, { minLength: 1, maxLength: 12 }).map((chars) => `Zq${chars.join('')}qZ`);
    fc.assert(
      fc.property(secret, fc.constantFrom('json', 'text'), (word, format) => {
        const { log, written } = aLog(format, 'debug');
        const error = new LensError(`cannot open rtsp://me:${word}@cam/1`, {
          cause: new Error(`rtsp://me:${word}@cam`),
        });
        log.debug(`cannot open rtsp://me:${word}@cam/1`, { error, urls: [`x rtsp://${word}@cam`] });
        expect(written()).not.toContain(word);
      }),
    );
  });
});

describe('The address of a request', () => {
  it.each([
    ['/api/v1/runs', '/api/v1/runs'],
    ['/x?token=abc', '/x'],
    ['/x?a=1&tok%65n=abc&b=2&Token=c&access_token=d', '/x?a=1&b=2'],
    ['http://me:s3cret@host/x?a=1', '/x?a=1'],
    ['/x?%', '/x?%25='],
  ])('%j is logged as %j', (url, logged) => {
    expect(loggableUrl(url)).toBe(logged);
  });

  it.each<[string, LogFields]>([
    ['/api/v1/runs/live/nodes/camera/snapshot.jpg?size=3', { run: 'live', node: 'camera' }],
    ['/api/v1/runs/live/sources/phone/ingest', { run: 'live', node: 'phone' }],
    ['/api/v1/runs/live', { run: 'live' }],
    ['/api/v1/runs?x=/api/v1/runs/no', {}],
  ])('%s is about %j', (url, about) => {
    expect(aboutOf(url)).toEqual(about);
  });
});
