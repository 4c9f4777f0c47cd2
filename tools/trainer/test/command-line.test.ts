import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const run = promisify(execFile);

describe('The command line', () => {
  it('lists its commands, and fails for one that there is not', async () => {
    const { stdout } = await run(process.execPath, [MAIN]);
    expect(stdout).toMatch(/gflops {2,}measures the matrix kernel/);
    await expect(run(process.execPath, [MAIN, 'constructor'])).rejects.toMatchObject({ code: 2 });
  });
});
