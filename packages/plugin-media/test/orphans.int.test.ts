import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { findFfmpeg } from '../src/ffmpeg/ffmpeg-finder.js';
import { MjpegCamera } from './support/mjpeg-camera.js';

const ffmpeg = await findFfmpeg(undefined);
// Far more than fits into a pipe, so that the decoder waits in the middle of it.
const clip = fileURLToPath(new URL('../../../examples/clips/signer.mp4', import.meta.url));
const dist = new URL('../dist/', import.meta.url).href;

/** A program that opens a stream, takes one frame, tells the decoder's process id and then does nothing. */
const PARENT = `
  const [dist, name, executable, input, limitMs] = process.argv.slice(1);
  const { NodeAvDriver } = await import(dist + 'node-av/node-av-driver.js');
  const { FfmpegDriver } = await import(dist + 'ffmpeg/ffmpeg-driver.js');
  const driver = name === 'ffmpeg' ? new FfmpegDriver(executable) : new NodeAvDriver();
  const allocate = (byteLength) => ({ bytes: new Uint8Array(byteLength), retain() {}, release() {} });
  const stream = await driver.open({ input: JSON.parse(input), frameTimeoutMs: Number(limitMs), allocate });
  await stream.next();
  console.log(stream.pid);
  setInterval(() => {}, 1000);
`;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Kills such a program and waits until its decoder is gone too. */
async function expectToEndWithItsParent(name: string, input: object, limitMs: number): Promise<void> {
  const executable = ffmpeg.found ? ffmpeg.executable : '';
  const args = ['--input-type=module', '-e', PARENT, dist, name, executable, JSON.stringify(input), String(limitMs)];
  const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(parent, 'exit');
  const [line] = (await Promise.race([once(parent.stdout, 'data'), exit])) as [Buffer | number];
  const decoder = Number(String(line));
  expect(decoder).toBeGreaterThan(1);
  parent.kill('SIGKILL');
  await exit;
  while (isRunning(decoder)) await delay(10); // the test's own time limit is the limit
}

for (const name of ['node-av', 'ffmpeg']) {
  const lacking = name === 'ffmpeg' && !ffmpeg.found ? ` (skipped: ${ffmpeg.reason})` : '';
  it.skipIf(lacking !== '')(`${name} does not outlive a server that is killed${lacking}`, async () => {
    await expectToEndWithItsParent(name, { kind: 'file', path: clip }, 20_000);
  });

  it.skipIf(lacking !== '')(`nor with a camera that says nothing${lacking}`, async () => {
    const jpeg = readFileSync(new URL('fixtures/pictures/1.jpg', import.meta.url));
    await using camera = await MjpegCamera.start([jpeg]);
    camera.mood = { kind: 'freezes', fps: 30, frames: 20 };
    await expectToEndWithItsParent(name, { kind: 'url', url: camera.url(), transport: 'tcp' }, 3000);
  });
}
