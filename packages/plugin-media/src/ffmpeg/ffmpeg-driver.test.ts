import { describe, expect, it } from 'vitest';
import { CountedMemory } from '../../test/support/counted-memory.js';
import { ffmpegArguments } from './ffmpeg-driver.js';

const request = {
  input: { kind: 'file', path: '/clips/a.mp4' },
  frameTimeoutMs: 1000,
  allocate: new CountedMemory().allocate,
} as const;

describe('ffmpegArguments', () => {
  it('names the file as a file, whatever its name looks like', () => {
    const given = ffmpegArguments({ ...request, input: { kind: 'file', path: '/clips/http:x' } }, 0);
    expect(given[given.indexOf('-i') + 1]).toBe('file:/clips/http:x');
    expect(given[given.indexOf('-protocol_whitelist') + 1]).toBe('file');
  });

  it('seeks before the input, and only when there is a place to seek to', () => {
    expect(ffmpegArguments(request, 0)).not.toContain('-ss');
    const given = ffmpegArguments(request, 1234.5);
    expect(given[given.indexOf('-ss') + 1]).toBe('1.234500');
    expect(given.indexOf('-ss')).toBeLessThan(given.indexOf('-i'));
  });

  it('opens no playlist and no text', () => {
    const list = ffmpegArguments(request, 0);
    const containers = list[list.indexOf('-format_whitelist') + 1]?.split(',') ?? [];
    for (const refused of ['hls', 'concat', 'dash', 'sdp', 'tty', 'image2', 'lavfi'])
      expect(containers).not.toContain(refused);
    expect(containers).toContain('mov');
  });
});
