import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { findFfmpeg } from '../src/ffmpeg/ffmpeg-finder.js';

const ffmpeg = await findFfmpeg(undefined);
// Far more than fits into a pipe, so that the decoder waits in the middle of it.
const clip = fileURLToPath(new URL('../../../examples/clips/signer.mp4', import.meta.url));
const dist = new URL('../dist/', import.meta.url).href;

/** A program that opens a stream, takes one frame, tells the decoder's process id and then does nothing. */
const PARENT = `
  const [dist, name, executable, path] = process.argv.slice(1);
  const { NodeAvDriver } = await import(dist + 'node-av/node-av-driver.js');
  const { FfmpegDriver } = await import(dist + 'ffmpeg/ffmpeg-driver.js');
  const driver = name === 'ffmpeg' ? new FfmpegDriver(executable) : new NodeAvDriver();
  const allocate = (byteLength) => ({ bytes: new Uint8Array(byteLength), retain() {}, release() {} });
  const stream = await driver.open({ input: { kind: 'file', path }, frameTimeoutMs: 20_000, allocate });
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

for (const name of ['node-av', 'ffmpeg']) {
  const lacking = name === 'ffmpeg' && !ffmpeg.found ? ` (skipped: ${ffmpeg.reason})` : '';
  it.skipIf(lacking !== '')(`${name} does not outlive a server that is killed${lacking}`, async () => {
    const executable = ffmpeg.found ? ffmpeg.executable : '';
    const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT, dist, name, executable, clip], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(parent, 'exit');
    const [line] = (await Promise.race([once(parent.stdout, 'data'), exit])) as [Buffer | number];
    const decoder = Number(String(line));
    expect(decoder).toBeGreaterThan(1);
    parent.kill('SIGKILL');
    await exit;
    while (isRunning(decoder)) await delay(10); // the test's own time limit is the limit
  });
}
