import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const CAMERA_WIDTH = 640;
export const CAMERA_HEIGHT = 480;
/** Frames of the film; the camera plays it over and over. */
export const CAMERA_FRAMES = 64;
/** The frame's number is written across the top, a bright block for each 1. */
export const CAMERA_BITS = 6;

/**
 * A film for Chromium's fake camera (`--use-file-for-fake-video-capture`) whose frames bear their number.
 * @returns Its path; disposing removes it.
 */
export async function numberedFilm(): Promise<{ file: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-camera-'));
  const file = path.join(folder, 'camera.y4m');
  await using film = await open(file, 'w');
  await film.write(`YUV4MPEG2 W${CAMERA_WIDTH} H${CAMERA_HEIGHT} F30:1 Ip A1:1 C420jpeg\n`);
  const planes = Buffer.alloc((CAMERA_WIDTH * CAMERA_HEIGHT * 3) / 2, 128);
  for (let frame = 0; frame < CAMERA_FRAMES; frame += 1) {
    for (let y = 0; y < CAMERA_HEIGHT; y += 1) {
      for (let bit = 0; bit < CAMERA_BITS; bit += 1) {
        const start = y * CAMERA_WIDTH + Math.floor((bit * CAMERA_WIDTH) / CAMERA_BITS);
        const end = y * CAMERA_WIDTH + Math.floor(((bit + 1) * CAMERA_WIDTH) / CAMERA_BITS);
        planes.fill((frame >> bit) & 1 ? 220 : 30, start, end);
      }
    }
    await film.write('FRAME\n');
    await film.write(planes);
  }
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
