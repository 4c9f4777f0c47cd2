import { describe, expect, it } from 'vitest';
import { CameraSourceConfig } from './camera-source-config.js';
import { accessUrlOf, liveInputOf } from './camera-url.js';

const input = (config: object, env: NodeJS.ProcessEnv = {}, platform: NodeJS.Platform = 'linux') =>
  liveInputOf(CameraSourceConfig.parse(config), env, platform);

describe('liveInputOf', () => {
  it('takes the address as it is', () => {
    expect(input({ url: ' rtsp://cam:8554/main?x=1 ', transport: 'udp' })).toEqual({
      kind: 'url',
      url: 'rtsp://cam:8554/main?x=1',
      transport: 'udp',
    });
  });

  it('puts in user name and password, percent-encoded', () => {
    const config = { url: 'http://old:word@cam/video', username: 'the door', passwordEnv: 'KINEGRAPH_CAMERA_DOOR' };
    expect(input(config, { KINEGRAPH_CAMERA_DOOR: 'p@ss/w:rd' })).toMatchObject({
      url: 'http://the%20door:p%40ss%2Fw%3Ard@cam/video',
    });
  });

  it.each([
    ['ftp://admin:s3cret@cam/video', /cameras cannot be reached by ftp:/],
    ['file:///etc/passwd', /cannot be reached by file:/],
    ['concat:a|b', /cannot be reached by concat:/],
    ['rtsp://', /it names no host/],
    ['/dev/video0', /it is no URL/],
    ['device:', /it names no device/],
    [`rtsp://admin:s3cret@cam/${'x'.repeat(3000)}`, /it has 302\d characters, of 2048 at most/],
    ['http://admin:s3cret@:80/', /it is no URL/],
  ])('refuses "%s" without showing a password', (url, fault) => {
    const error = expectError(() => input({ url }));
    expect(error).toMatchObject({ code: 'MEDIA_CAMERA_URL', message: expect.stringMatching(fault) });
    expect(JSON.stringify(error.data) + error.message).not.toContain('s3cret');
  });

  it('tells that the variable of the password is not set', () => {
    const error = expectError(() => input({ url: 'rtsp://cam/', passwordEnv: 'KINEGRAPH_CAMERA_DOOR' }));
    expect(error).toMatchObject({ code: 'MEDIA_CAMERA_PASSWORD', data: { variable: 'KINEGRAPH_CAMERA_DOOR' } });
  });

  it('takes passwords of no other variable, so that a graph cannot send away what else the server knows', () => {
    for (const passwordEnv of ['AWS_SECRET_ACCESS_KEY', 'KINEGRAPH_TOKEN', 'KINEGRAPH_CAMERA_'])
      expect(CameraSourceConfig.safeParse({ url: 'rtsp://cam/', passwordEnv }).success).toBe(false);
  });

  it('knows the cameras of each platform', () => {
    const config = { url: 'device:Integrated Camera', captureSize: '1280x720', captureFps: 30 };
    const rest = { kind: 'device', device: 'Integrated Camera', size: { width: 1280, height: 720 }, fps: 30 };
    expect(input(config, {}, 'linux')).toEqual({ ...rest, format: 'v4l2' });
    expect(input(config, {}, 'darwin')).toEqual({ ...rest, format: 'avfoundation' });
    expect(input(config, {}, 'win32')).toEqual({ ...rest, format: 'dshow' });
  });
});

it('asks for access without user name, password and query', () => {
  expect(accessUrlOf(input({ url: 'rtsp://u:p@cam:8554/main?token=1' }))).toBe('rtsp://cam:8554/main');
  expect(accessUrlOf(input({ url: 'device:/dev/video0' }))).toBe('device:/dev/video0');
});

function expectError(act: () => unknown): Error & { data: unknown } {
  try {
    act();
  } catch (error) {
    if (error instanceof Error && 'data' in error) return error;
  }
  throw new Error('it was taken');
}
