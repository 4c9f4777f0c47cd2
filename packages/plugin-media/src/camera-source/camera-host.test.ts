import { unrestrictedNetwork } from '@kinegraph/core/plugin';
import { describe, expect, it } from 'vitest';
import type { UrlInput } from '../decoder/live-input.js';
import { allowedInput } from './camera-host.js';

const { signal } = new AbortController();
const input = (url: string): UrlInput => ({ kind: 'url', url, transport: 'tcp' });

describe('allowedInput', () => {
  it('gives RTSP the very address that was asked about', async () => {
    const asked: (readonly string[])[] = [];
    const network = { check: (_url: string, addresses: readonly string[] = []) => void asked.push(addresses) };
    const answer = await allowedInput(input('rtsp://admin:word@localhost:8554/main'), network, 0, signal);
    const [address = ''] = asked[0] ?? [];
    const host = address.includes(':') ? `[${address}]` : address;
    expect(answer).toEqual(input(`rtsp://admin:word@${host}:8554/main`));
  });

  it('keeps the name that HTTP servers and certificates want to see', async () => {
    for (const url of ['http://localhost/video', 'https://localhost/live.m3u8', 'rtsps://localhost/main'])
      expect(await allowedInput(input(url), unrestrictedNetwork, 0, signal)).toEqual(input(url));
  });

  it('takes IPv6 addresses as they are written in URLs', async () => {
    const asked: unknown[] = [];
    const network = { check: (...question: unknown[]) => void asked.push(question) };
    const url = 'rtsp://[::1]:8554/main';
    expect(await allowedInput(input(url), network, 3, signal)).toEqual(input(url));
    expect(asked).toEqual([[url, ['::1']]]);
  });

  it('tells that a name leads nowhere', async () => {
    const url = `rtsp://admin:s3cret@${'a'.repeat(64)}.invalid/main`; // longer than a label may be
    await expect(allowedInput(input(url), unrestrictedNetwork, 0, signal)).rejects.toMatchObject({
      code: 'MEDIA_CAMERA_UNREACHABLE',
      message: expect.not.stringContaining('s3cret'),
    });
  });

  it('leaves a look-up behind when it is aborted', async () => {
    const looking = allowedInput(input('rtsp://localhost/'), unrestrictedNetwork, 0, AbortSignal.abort());
    await expect(looking).rejects.toMatchObject({ code: 'CORE_ABORTED' });
  });

  it('asks nothing about a camera of this machine', async () => {
    const device = { kind: 'device', format: 'v4l2', device: '/dev/video0' } as const;
    expect(await allowedInput(device, unrestrictedNetwork, 0, signal)).toBe(device);
  });
});
