import { describe, expect, it } from 'vitest';
import { redactUrl, scrubberFor } from './redact.js';

describe('redactUrl', () => {
  it('leaves out user name, password and query', () => {
    expect(redactUrl('rtsp://admin:s3cret@cam:554/ch1?user=admin&pwd=s3cret')).toBe('rtsp://cam:554/ch1?***');
    expect(redactUrl('http://[fe80::1]:8080/video')).toBe('http://[fe80::1]:8080/video');
  });

  it('shows nothing of what is no URL', () => {
    expect(redactUrl('rtsp://admin:s3cret@')).toBe('rtsp://***');
    expect(redactUrl('s3cret')).toBe('//***');
  });
});

describe('scrubberFor', () => {
  const scrub = scrubberFor('http://admin:s3cr%40t@cam.local:81/video?token=abc123');

  it.each([
    ['http://admin:s3cr%40t@cam.local:81/video?token=abc123: Connection refused', 'the URL itself'],
    ['GET /video?token=abc123 HTTP/1.1', 'the request'],
    ['Authorization: Basic YWRtaW46c2NyQHQ= then s3cr@t', 'the decoded password'],
    ['Authorization: Basic YWRtaW46czNjckB0', 'the Basic header'],
    ["Opening 'http://admin:s3cr%40t@cam.local/seg1.ts' for reading", 'a URL made of it'],
    ['redirected to https://other:pass@elsewhere/x?sig=zzz', 'any other URL'],
  ])('hides the secrets of "%s"', (line) => {
    expect(scrub(line)).not.toMatch(/s3cr|abc123|czNjckB0|pass@|sig=/);
  });

  it('leaves the rest of a line as it is', () => {
    const line = '[rtsp @ 0x55] [error] method DESCRIBE failed: 404 Not Found';
    expect(scrub(line)).toBe(line);
    expect(scrub('http://admin:s3cr%40t@cam.local:81/x failed')).toBe('http://cam.local:81/x failed');
  });

  it('does not make a sieve of the text for a short password', () => {
    expect(scrubberFor('rtsp://a:e@cam/')('the end')).toBe('the end');
  });
});
