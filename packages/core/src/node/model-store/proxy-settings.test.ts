import { describe, expect, it } from 'vitest';
import { proxyFor } from './proxy-settings.js';

const asked = (env: Record<string, string>, url: string): boolean =>
  proxyFor({ HTTPS_PROXY: 'http://proxy.test:3128', ...env }, new URL(url)) !== undefined;

describe('proxyFor', () => {
  it.each([
    ['', true],
    [' , ', true],
    ['models.test', false],
    ['MODELS.test', false],
    ['.test', false],
    ['*.test', false],
    ['other.test, test', false],
    ['other.test models.test', false],
    ['est', true],
    ['els.test', true],
    ['www.models.test', true],
    ['models.test:443', false],
    ['models.test:8443', true],
    ['*', false],
    ['other.test,*', false],
  ])('with NO_PROXY=%s for https://models.test: %s', (value, isAsked) => {
    expect(asked({ NO_PROXY: value }, 'https://models.test/net.bin')).toBe(isAsked);
  });

  it.each([
    ['[2001:db8::1]', false],
    ['2001:db8::1', false],
    ['[2001:db8::1]:8443', false],
    ['[2001:db8::1]:443', true],
    ['2001:db8::2', true],
  ])('with NO_PROXY=%s for an address of version 6: %s', (value, isAsked) => {
    expect(asked({ no_proxy: value }, 'https://[2001:db8::1]:8443/net.bin')).toBe(isAsked);
  });

  it.each(['https://localhost/', 'http://127.0.0.1:8080/', 'https://[::1]:1/'])('never for %s', (url) => {
    expect(asked({}, url)).toBe(false);
  });

  it('keeps user and password out of the address, decoded', () => {
    const { uri, token } =
      proxyFor({ https_proxy: 'https://anna:p%40ss@proxy.test' }, new URL('https://a.test/')) ?? {};
    expect(uri).toBe('https://proxy.test');
    expect(token).toBe(`Basic ${Buffer.from('anna:p@ss').toString('base64')}`);
  });
});
