import { describe, expect, it } from 'vitest';
import type { DeviceFormat, LiveInput } from '../decoder/live-input.js';
import { liveArguments, liveScript } from './live-arguments.js';

const request = (input: LiveInput) => ({
  input,
  frameTimeoutMs: 10_000,
  allocate: (): never => {
    throw new Error('not here');
  },
});

describe('a camera of the network', () => {
  const input = { kind: 'url', url: "rtsp://admin:it's@cam/main", transport: 'udp' } as const;

  it('keeps its address off the command line', () => {
    expect(liveArguments(request(input)).join(' ')).not.toMatch(/admin|cam/);
    expect(liveScript(request(input))).toContain(String.raw`file 'rtsp://admin:it'\''s@cam/main'`);
  });

  it('may not make the decoder read files, nor open other formats', () => {
    const urls = ['rtsp://cam/main', 'http://cam/video', 'https://cam/live.m3u8'];
    for (const url of urls) {
      const text = `${liveArguments(request({ ...input, url })).join(' ')} ${liveScript(request({ ...input, url }))}`;
      expect(text.match(/protocol_whitelist \S+/g)).toHaveLength(2);
      expect(text.match(/format_whitelist \S+/g)).toHaveLength(2);
      expect(text).not.toMatch(/whitelist\S* '?[^ ]*\b(file|concat:|subfile|fd)\b/);
    }
  });

  it('is told how to carry RTSP', () => {
    expect(liveScript(request(input))).toContain("option rtsp_transport 'udp'");
    expect(liveScript(request({ ...input, transport: 'tcp' }))).toContain("option rtsp_transport 'tcp'");
  });

  it('begins an HLS playlist at its newest segment', () => {
    const script = liveScript(request({ ...input, url: 'https://cam/live.m3u8?x=1' }));
    expect(script).toContain("option live_start_index '-1'");
  });

  it('gives up by itself when its parent is gone', () => {
    expect(liveScript(request(input))).toContain("option timeout '12000000'");
    expect(liveScript(request({ ...input, url: 'http://cam/' }))).toContain("option rw_timeout '12000000'");
  });
});

describe('a camera of this machine', () => {
  const device = (format: DeviceFormat, name: string): string => {
    const input = { kind: 'device', format, device: name, size: { width: 1280, height: 720 }, fps: 30 } as const;
    expect(liveScript(request(input))).toBeUndefined();
    return liveArguments(request(input)).join(' ');
  };

  it('is opened as its platform names it', () => {
    expect(device('v4l2', '/dev/video0')).toContain('-video_size 1280x720 -framerate 30 -f v4l2 -i /dev/video0');
    expect(device('avfoundation', '0')).toContain('-f avfoundation -i 0');
    expect(device('dshow', 'Integrated Camera')).toContain('-f dshow -i video=Integrated Camera');
  });

  it('asks for no size and rate that were not given', () => {
    const input = { kind: 'device', format: 'v4l2', device: '/dev/video2' } as const;
    expect(liveArguments(request(input)).join(' ')).not.toMatch(/video_size|framerate/);
  });
});
