import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const MODEL = fileURLToPath(new URL('../../plugin-sign-classifier/assets/default.onnx', import.meta.url));
const RUNTIME = new URL('../dist/node/index.js', import.meta.url).href;

const OPEN = `const { nodeOnnxRuntime } = await import(${JSON.stringify(RUNTIME)});
  await nodeOnnxRuntime.open(${JSON.stringify(MODEL)});
  console.log('open');`;
/** What a worker sets in its environment comes too late for native code: its program has to have done it. */
const IN_A_WORKER = `await import(${JSON.stringify(RUNTIME)});
  const { Worker } = await import('node:worker_threads');
  new Worker(new URL(${JSON.stringify(`data:text/javascript,${encodeURIComponent(OPEN)}`)}));`;

it.each([
  ['itself', OPEN],
  ['in a worker', IN_A_WORKER],
])('a program that opens a model %s collects nothing to send to the maker of onnxruntime', (_where, program) => {
  const home = mkdtempSync(path.join(tmpdir(), 'kinegraph-home-'));
  try {
    const env = { ...process.env, HOME: home, XDG_CACHE_HOME: home };
    delete (env as NodeJS.ProcessEnv)['ORT_DISABLE_TELEMETRY'];
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], { env, encoding: 'utf8' });
    expect(out).toBe('open\n');
    expect(readdirSync(home)).toEqual([]);
  } finally {
    rmSync(home, { recursive: true });
  }
});
