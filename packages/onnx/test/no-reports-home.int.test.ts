import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const MODEL = fileURLToPath(new URL('../../plugin-sign-classifier/assets/default.onnx', import.meta.url));
const RUNTIME = new URL('../dist/node/index.js', import.meta.url).href;

it('a program that opens a model by itself collects nothing to send to the maker of onnxruntime', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'kinegraph-home-'));
  try {
    const program = `const { nodeOnnxRuntime } = await import(${JSON.stringify(RUNTIME)});
      await nodeOnnxRuntime.open(${JSON.stringify(MODEL)});
      console.log('open');`;
    const env = { ...process.env, HOME: home, XDG_CACHE_HOME: home };
    delete (env as NodeJS.ProcessEnv)['ORT_DISABLE_TELEMETRY'];
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], { env, encoding: 'utf8' });
    expect(out).toBe('open\n');
    expect(readdirSync(home)).toEqual([]);
  } finally {
    rmSync(home, { recursive: true });
  }
});
