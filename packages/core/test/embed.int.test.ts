import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const workspace = fileURLToPath(new URL('../../..', import.meta.url));
const program = path.join(workspace, 'examples/embed/main.mjs');

describe('the example that embeds the runtime', () => {
  it('changes its graph while it runs, and loses no result over that', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [program]);
    expect(stderr).toBe('');
    const lines = stdout.trimEnd().split('\n');
    const results = lines.filter((line) => line.startsWith('result '));
    expect(results.map((line) => Number(/^result (\d+)/.exec(line)?.[1]))).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
    // A frame may be under way when the run is paused: it is still measured by the old threshold.
    expect(results.slice(0, 10).filter((line) => line.endsWith(', dark'))).toEqual([]);
    expect(results.slice(12).filter((line) => !line.endsWith(', dark'))).toEqual([]);
    expect(lines.filter((line) => !line.startsWith('result '))).toEqual([
      'darkBelow taken over live: true',
      expect.stringContaining('RUN_CONFIG_REFUSED: Node "brightness" cannot be given this value for "darkBelow".'),
      'stepPx taken over live: false',
      'applied: added frames, restarted 0',
      'run completed',
      'clip: 30 in, 30 out, 0 failed',
      'brightness: 30 in, 30 out, 0 failed',
      expect.stringMatching(/^frames: (9|10) in, 0 out, 0 failed$/),
      'results: 30 in, 0 out, 0 failed',
    ]);
  });

  it('is what docs/embedding.md ends with, and shows once', async () => {
    const page = await readFile(path.join(workspace, 'docs/embedding.md'), 'utf8');
    const [, shown] = page.split('## The whole of it\n');
    expect(shown?.slice(shown.indexOf('```js\n'))).toBe(`\`\`\`js\n${await readFile(program, 'utf8')}\`\`\`\n`);
    expect(page.split("from '@kinegraph/core/node'")).toHaveLength(2);
  });
});
