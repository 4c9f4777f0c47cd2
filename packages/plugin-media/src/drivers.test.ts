import { afterEach, describe, expect, it, vi } from 'vitest';
import { InstalledDecoderDrivers } from './drivers.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('InstalledDecoderDrivers', () => {
  it('takes node-av where there is no ffmpeg', async () => {
    vi.stubEnv('PATH', '');
    const driver = await new InstalledDecoderDrivers().choose({ driver: 'auto', ffmpegPath: '' });
    expect(driver.name).toBe('node-av');
  });

  it('tells that the ffmpeg that was asked for is not there', async () => {
    vi.stubEnv('PATH', '');
    const drivers = new InstalledDecoderDrivers();
    await expect(drivers.choose({ driver: 'ffmpeg', ffmpegPath: '' })).rejects.toMatchObject({
      code: 'MEDIA_DECODER_MISSING',
      message: expect.stringMatching(/no ffmpeg on the PATH.*Install ffmpeg 5\.1.*node-av 6\.1/),
    });
    await expect(drivers.choose({ driver: 'auto', ffmpegPath: '/nowhere/ffmpeg' })).rejects.toMatchObject({
      code: 'MEDIA_DECODER_MISSING',
      message: expect.stringContaining('"/nowhere/ffmpeg" is no program'),
    });
  });
});
