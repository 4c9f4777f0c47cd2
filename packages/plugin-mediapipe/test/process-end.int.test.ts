import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { CLIP } from './support/run-clip.js';

it('lets the process end by itself, with nothing on the console but what the program wrote', async () => {
  const homeFolder = await mkdtemp(join(tmpdir(), 'kinegraph-mediapipe-'));
  try {
    const script = join(import.meta.dirname, 'fixtures', 'run-both.mjs');
    // Rejects when the process has to be killed or ends with another code than 0.
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, homeFolder, CLIP], {
      timeout: 60_000,
    });
    expect({ stdout: JSON.parse(stdout) as unknown, stderr }).toEqual({
      stdout: { result: 'completed', count: 30 },
      stderr: '',
    });
  } finally {
    await rm(homeFolder, { recursive: true, force: true });
  }
}, 90_000);
