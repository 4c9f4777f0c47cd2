import { afterEach, describe, expect, it, vi } from 'vitest';
import { InstalledDecoderDrivers } from './drivers.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** As on the command line: every path is as it was given. */
const paths = { resolve: (file: string) => file };

describe('InstalledDecoderDrivers', () => {
  it('runs no program that a graph names where graphs may not', async () => {
    const refusal = new Error('not this one');
    const confined = {
      resolve: () => {
        throw refusal;
      },
    };
    const choice = new InstalledDecoderDrivers().choose({ driver: 'ffmpeg', ffmpegPath: process.execPath }, confined);
    await expect(choice).rejects.toBe(refusal);
  });

  it('takes node-av where there is no ffmpeg', async () => {
    vi.stubEnv('PATH', '');
    const driver = await new InstalledDecoderDrivers().choose({ driver: 'auto', ffmpegPath: '' }, paths);
    expect(driver.name).toBe('node-av');
  });

  it('tells that the ffmpeg that was asked for is not there', async () => {
    vi.stubEnv('PATH', '');
    const drivers = new InstalledDecoderDrivers();
    await expect(drivers.choose({ driver: 'ffmpeg', ffmpegPath: '' }, paths)).rejects.toMatchObject({
      code: 'MEDIA_DECODER_MISSING',
      message: expect.stringMatching(/no ffmpeg on the PATH.*Install ffmpeg 5\.1.*node-av 6\.1/),
    });
    await expect(drivers.choose({ driver: 'auto', ffmpegPath: '/nowhere/ffmpeg' }, paths)).rejects.toMatchObject({
      code: 'MEDIA_DECODER_MISSING',
      message: expect.stringContaining('"/nowhere/ffmpeg" is no program'),
    });
  });
});
