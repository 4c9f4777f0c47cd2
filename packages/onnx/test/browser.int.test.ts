import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleForBrowser } from '../../../test/support/browser-bundle.js';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';
import type * as web from '../src/browser/index.js';
import { encodeModel, tensor } from '../src/index.js';

/** What the functions inside the page find there. */
declare const entry: typeof web;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const wasmFolder = path.dirname(createRequire(import.meta.url).resolve('onnxruntime-web/wasm'));

/** y = x + 1 on four numbers. */
const model = encodeModel({
  graph: {
    name: 'add one',
    inputs: [{ name: 'x', type: 'float32', dims: [4] }],
    outputs: [{ name: 'y', type: 'float32', dims: [4] }],
    nodes: [{ op: 'Add', inputs: ['x', 'one'], outputs: ['y'] }],
    initializers: { one: tensor('float32', [1], [1]) },
  },
});

let browser: Browser;
let server: Server;
let page: Page;

/** Serves the page, the model and the runtime's own files. */
async function answer(url: string): Promise<{ type: string; body: Uint8Array | string }> {
  if (url === '/') return { type: 'text/html', body: '<!doctype html><title>models</title>' };
  if (url === '/model.onnx') return { type: 'application/octet-stream', body: model };
  const body = await readFile(path.join(wasmFolder, path.basename(url)));
  return { type: url.endsWith('.wasm') ? 'application/wasm' : 'text/javascript', body };
}

beforeAll(async () => {
  const { script, nodeImports } = await bundleForBrowser(path.join(root, 'packages/onnx/dist/browser/index.js'), root);
  expect(nodeImports).toEqual([]);
  server = createServer((request, response) => {
    answer(request.url ?? '/').then(
      ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS] });
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.addScriptTag({ content: script });
}, CHROMIUM_LIMIT_MS);
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it('runs a model in a page, on WebGPU or else on WASM, from a URL', async () => {
  const result = await page.evaluate(async () => {
    const runtime = new entry.WebOnnxRuntime({ wasmFolder: '/ort/' });
    const session = await runtime.open('/model.onnx');
    const x = { type: 'float32', dims: [4], data: Float32Array.of(1, 2, 3, 4) } as const;
    const y = { type: 'float32', dims: [4], data: new Float32Array(4) } as const;
    await session.run({ x }, { y });
    x.data.fill(-1);
    const { y: second } = await session.run({ x });
    const { provider, inputs } = session;
    await session.release();
    return { provider, inputs, first: [...y.data], second: Array.from((second?.data ?? []) as Float32Array) };
  });

  expect(result).toEqual({
    provider: expect.stringMatching(/^(?:cpu|webgpu)$/) as string,
    inputs: [{ name: 'x', type: 'float32', dims: [4] }],
    first: [2, 3, 4, 5],
    second: [0, 0, 0, 0],
  });
});

it('falls back to WASM with one warning where there is no such provider, and tells of a file that is not there', async () => {
  const result = await page.evaluate(async () => {
    const lines: string[] = [];
    const log = (level: string, message: string): void => void lines.push(`${level}: ${message}`);
    const runtime = new entry.WebOnnxRuntime({ wasmFolder: '/ort/' });
    const session = await runtime.open('/model.onnx', { providers: ['cuda'], logger: { log } as never });
    const { provider } = session;
    await session.release();
    const missing = await runtime.open('/missing.onnx').then(String, (error: unknown) => (error as Error).message);
    return { provider, lines, missing };
  });

  expect(result.provider).toBe('cpu');
  expect(result.lines).toEqual([
    expect.stringMatching(/^warn: Model "\/model.onnx" cannot run on provider "cuda": .* on the CPU instead\.$/),
  ]);
  expect(result.missing).toBe(
    'Model file "/missing.onnx" cannot be read: the server answers 404. Give the path of an ONNX file.',
  );
});
