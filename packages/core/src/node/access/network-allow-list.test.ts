import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetworkAllowList, NetworkNotAllowedError, isNetworkEntry } from './network-allow-list.js';

function verdict(entries: readonly string[], url: string, addresses?: readonly string[]): string {
  try {
    new NetworkAllowList(entries).check(url, addresses);
    return 'allowed';
  } catch (error) {
    if (error instanceof NetworkNotAllowedError) return error.data.reason;
    throw error;
  }
}

describe('an allow-list of networks', () => {
  it('allows nothing while it is empty', () => {
    expect(verdict([], 'https://example.com/')).toBe('this host is not allowed');
    expect(verdict([], 'rtsp://8.8.8.8/')).toBe('this address is not allowed');
    expect(verdict([], 'device:/dev/video0')).toBe('this device is not allowed');
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://0x7f.0.0.1/',
    'rtsp://0x7f.1/', // no scheme of the web, whose parser leaves such a host alone
    'rtsp://127.0.0.1./',
    'rtsp://127.1./',
    'http://[::ffff:127.0.0.1]/',
    'rtsp://[::ffff:7f00:1]/',
    'rtsp://user:secret@127.0.0.1:8554/a',
    'mqtts://127.1:8883',
    'http://１２７.0.0.1/',
  ])('sees an address behind %s', (url) => {
    expect(verdict(['10.0.0.0/8', '*.example.com'], url)).not.toBe('allowed');
    if (!url.includes('１')) expect(verdict(['127.0.0.0/8'], url)).toBe('allowed');
  });

  it.each(['http://169.254.169.254/latest/meta-data', 'http://[fe80::1]/', 'http://[::1]/', 'http://192.168.1.1/'])(
    'refuses %s while only a name is listed',
    (url) => {
      expect(verdict(['example.com'], url)).toBe('this address is not allowed');
    },
  );

  it('allows listed names, in any spelling, and no others', () => {
    const entries = ['camera.example', '*.example.com'];
    expect(verdict(entries, 'rtsp://CAMERA.example.:554/live')).toBe('allowed');
    expect(verdict(entries, 'https://a.b.example.com/x.m3u8')).toBe('allowed');
    expect(verdict(entries, 'https://example.com/')).toBe('this host is not allowed');
    expect(verdict(entries, 'https://evilexample.com/')).toBe('this host is not allowed');
    expect(verdict(entries, 'https://camera.example.evil.net/')).toBe('this host is not allowed');
  });

  it('checks every address that a listed name leads to', () => {
    const entries = ['camera.example', '192.168.4.0/24'];
    const url = 'rtsp://camera.example/live';
    expect(verdict(entries, url, ['203.0.114.9', '192.168.4.7'])).toBe('allowed');
    expect(verdict(entries, url, ['203.0.114.9', '127.0.0.1'])).toContain('it leads to 127.0.0.1');
    expect(verdict(entries, url, ['::ffff:169.254.169.254'])).toContain('not a public address');
    expect(verdict(entries, url, ['no address'])).toContain('not a public address');
    expect(verdict(entries, url, [])).toBe('it has no address');
  });

  it('refuses a name that is not listed even where its addresses are', () => {
    expect(verdict(['127.0.0.0/8'], 'http://rebind.example/', ['127.0.0.1'])).toBe('this host is not allowed');
  });

  it('takes localhost for the name and for loopback', () => {
    expect(verdict(['localhost'], 'rtsp://localhost:8554/a', ['::1', '127.0.0.1'])).toBe('allowed');
    expect(verdict(['localhost'], 'rtsp://127.0.0.1:8554/a')).toBe('allowed');
    expect(verdict(['localhost'], 'rtsp://localhost/a', ['10.0.0.1'])).toContain('it leads to 10.0.0.1');
  });

  it('allows listed devices', () => {
    expect(verdict(['device:/dev/video0'], 'device:/dev/video0')).toBe('allowed');
    expect(verdict(['device:/dev/video0'], 'device:/dev/video1')).toBe('this device is not allowed');
    expect(verdict(['device:*'], 'device:/dev/video1')).toBe('allowed');
  });

  it.each([
    'file:///etc/passwd',
    'data:text/plain,x',
    'concat:a|b',
    'http:/allowed.example',
    'http://allowed.example\\@127.0.0.1/',
    'http://allowed.example\t/',
    'http://a@b@allowed.example/',
    'http:///allowed.example/',
    'gopher://allowed.example/',
    ' http://allowed.example/',
    'http://',
    '',
  ])('refuses %j, which programs read differently', (url) => {
    expect(verdict(['allowed.example', '127.0.0.1'], url)).not.toBe('allowed');
  });

  it('never repeats credentials', () => {
    const messages = ['rtsp://user:hunter2@10.0.0.1/', 'ftp://user:hunter2@10.0.0.1/', 'http://a:hunter2@b@c/'].map(
      (url) => {
        try {
          new NetworkAllowList([]).check(url);
          return 'allowed';
        } catch (error) {
          return JSON.stringify(error, ['code', 'data', 'host', 'reason', 'mend']) + String(error);
        }
      },
    );
    for (const message of messages) expect(message).toMatch(/^(?!.*hunter2).*CORE_NETWORK_NOT_ALLOWED/s);
  });

  it('answers or refuses any text, and lets none pass whose host is not listed', () => {
    const list = new NetworkAllowList(['allowed.example', '10.0.0.0/8']);
    const pieces = fc.constantFrom(
      'http',
      'rtsp',
      '://',
      ':',
      '/',
      '\\',
      '@',
      '127.0.0.1',
      'allowed.example',
      '.',
      '%',
      '[::1]',
      '#',
      '?',
      'ａ',
      '\u0000',
      '0x7f',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.webUrl(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (url) => {
          try {
            list.check(url);
          } catch (error) {
            expect(error).toBeInstanceOf(NetworkNotAllowedError);
            return;
          }
          expect(url).toMatch(/^(?:https?|rtsps?|mqtts?):\/\/(?:[^@/?#]*@)?allowed\.example\.?(?::\d*)?(?:[/?#]|$)/i);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

it.each([
  ['camera.example', true],
  ['*.example.com', true],
  ['10.0.0.0/8', true],
  ['fd00::/8', true],
  ['device:*', true],
  ['*', false],
  ['http://camera.example', false],
  ['camera.example:554', false],
  ['user@camera.example', false],
  ['10.0.0.0/40', false],
  ['', false],
])('knows whether %j can be listed: %s', (entry, expected) => {
  expect(isNetworkEntry(entry)).toBe(expected);
  const make = (): NetworkAllowList => new NetworkAllowList([entry]);
  if (expected) expect(make).not.toThrow();
  else expect(make).toThrow(TypeError);
});
