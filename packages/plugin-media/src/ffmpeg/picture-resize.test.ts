import { expect, it } from 'vitest';
import { resizedBy } from './picture-resize.js';

const input = { kind: 'url', url: 'rtsp://admin:s3cret@cam/main', transport: 'tcp' } as const;
const scaler = (from: string, to: string): string =>
  `[scaler_out_0_0 @ 0x5631da1fc640] [verbose] ${from} fmt:rgba sar:1/1 -> ${to} fmt:rgba sar:1/1 flags:0x0`;

it('tells that a camera has turned its picture', () => {
  expect(resizedBy(scaler('w:720 h:1280', 'w:1280 h:720'), input)).toMatchObject({
    code: 'MEDIA_CAMERA_RESIZED',
    data: { camera: 'rtsp://cam/main', from: '1280x720', to: '720x1280' },
  });
});

it.each([
  scaler('w:1280 h:720', 'w:1280 h:720'),
  "[scaler_out_0_0 @ 0x5631da1fc640] [verbose] w:32 h:24 flags:'' interl:0",
  '[Parsed_scale_0 @ 0x5631da21a400] [verbose] w:48 h:36 fmt:yuvj420p sar:1/1 -> w:24 h:18 fmt:rgba sar:1/1 flags:0x2',
  '[graph 0 input from stream 0:0 @ 0x1] [verbose] w:48 h:36 pixfmt:yuvj420p tb:1/25 fr:25/1 sar:1/1',
])('says nothing about "%s"', (line) => {
  expect(resizedBy(line, input)).toBeUndefined();
});
