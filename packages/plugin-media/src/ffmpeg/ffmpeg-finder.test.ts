import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFfmpeg, judgeBanner } from './ffmpeg-finder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A program that says what `ffmpeg -version` would. */
function program(name: string, banner: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho '${banner}'\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('judgeBanner', () => {
  it.each(['5.1.9-0+deb12u1', '6.0', 'n7.1.1', '8.0.1-full_build', 'N-118000-gabcdef', 'git-2025-01-01-abc'])(
    'takes %s',
    (version) => {
      expect(judgeBanner('ffmpeg', `ffmpeg version ${version} Copyright (c) 2000-2025`)).toEqual({
        found: true,
        executable: 'ffmpeg',
      });
    },
  );

  it.each(['4.4.2-0ubuntu0.22.04.1', '5.0.3', 'n3.4'])('refuses %s as too old', (version) => {
    expect(judgeBanner('ffmpeg', `ffmpeg version ${version} Copyright`)).toMatchObject({
      found: false,
      reason: expect.stringContaining(version),
    });
  });

  it('refuses what is no ffmpeg', () => {
    expect(judgeBanner('/bin/x', 'GNU bash, version 5.2')).toMatchObject({
      found: false,
      reason: '"/bin/x" is not ffmpeg',
    });
  });
});

describe.skipIf(process.platform === 'win32')('findFfmpeg', () => {
  it('takes the first program of that name on the PATH', async () => {
    const executable = program('ffmpeg', 'ffmpeg version 7.1 Copyright');
    const env = { PATH: ['', path.join(folder, 'none'), folder, '/elsewhere'].join(path.delimiter) };
    expect(await findFfmpeg(undefined, env)).toEqual({ found: true, executable });
    expect(await findFfmpeg('', env)).toEqual({ found: true, executable });
  });

  it('says what is wrong with the PATH and with a configured program', async () => {
    expect(await findFfmpeg(undefined, {})).toEqual({ found: false, reason: 'there is no ffmpeg on the PATH' });
    const missing = path.join(folder, 'missing');
    expect(await findFfmpeg(missing)).toEqual({ found: false, reason: `"${missing}" is no program that can be run` });
    expect(await findFfmpeg(folder)).toMatchObject({ found: false });
    const other = program('other', 'something else');
    expect(await findFfmpeg(other)).toEqual({ found: false, reason: `"${other}" is not ffmpeg` });
  });
});
