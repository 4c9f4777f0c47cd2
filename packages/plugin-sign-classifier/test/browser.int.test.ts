import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as core from '@kinegraph/core/plugin';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleForBrowser } from '../../../test/support/browser-bundle.js';
import { CHROMIUM_FLAGS, CHROMIUM_LIMIT_MS, findChromium } from '../../../test/support/chromium.js';
import type * as plugin from '../src/browser.js';
import type { SignClassification } from '../src/model/index.js';
import { aClassifier, aWindow } from './support/a-classifier.js';
import { aCard, aSignModel, sumOf } from './support/sign-models.js';

/** What the functions inside the page find there. */
declare const entry: { readonly plugin: typeof plugin; readonly core: typeof core };

const root = fileURLToPath(new URL('../../..', import.meta.url));
const fromOnnx = createRequire(path.join(root, 'packages/onnx/package.json'));
const wasmFolder = path.dirname(fromOnnx.resolve('onnxruntime-web/wasm'));
const model = aSignModel({ bias: [1, 2, 0], weights: [{ 10: 3 }, { 70: 2 }, {}] });
const card = aCard({ labels: ['a', 'b', 'none'], sha256: sumOf(model) });

let folder: string;
let browser: Browser;
let server: Server;
let page: Page;

/** Serves the page, the model and the runtime's own files. */
async function answer(url: string): Promise<{ type: string; body: Uint8Array | string }> {
  if (url === '/') return { type: 'text/html', body: '<!doctype html><title>signs</title>' };
  if (url === '/mine.onnx') return { type: 'application/octet-stream', body: model };
  if (url === '/mine.json') return { type: 'application/json', body: card };
  const body = await readFile(path.join(wasmFolder, path.basename(url)));
  return { type: url.endsWith('.wasm') ? 'application/wasm' : 'text/javascript', body };
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-signs-'));
  const entryFile = path.join(folder, 'entry.js');
  const dist = (file: string): string => JSON.stringify(path.join(root, 'packages', file));
  await writeFile(
    entryFile,
    `export * as plugin from ${dist('plugin-sign-classifier/dist/browser.js')};\nexport * as core from ${dist('core/dist/plugin.js')};\n`,
  );
  const { script, nodeImports } = await bundleForBrowser(entryFile, root);
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
  await rm(folder, { recursive: true, force: true });
});

it('names in a page what it names on a server, with the same class', async () => {
  const { classifier } = aClassifier({ model, card });
  await classifier.open(new AbortController().signal);
  const expected = await classifier.classify(aWindow());
  await classifier.close();

  const { packets } = aWindow();
  const plain = packets.map((packet) => ({
    ...packet,
    value: { ...packet.value, tracks: packet.value.tracks.map((track) => ({ ...track, image: [...track.image] })) },
  }));
  const found = await page.evaluate(async (sent) => {
    const { SystemClock, silentLogger } = entry.core;
    const registered = new Map<string, unknown>();
    const services: unknown[] = [];
    entry.plugin.activate({
      configuration: { wasmFolder: '/ort/' },
      bind: (module: { load: (by: unknown) => void }) =>
        module.load({ bind: () => ({ toConstantValue: (value: unknown) => services.push(value) }) }),
      nodes: { register: (type: string, nodeClass: unknown) => registered.set(type, nodeClass) },
    } as never);
    const Classifier = registered.get('signs.classifier') as new (...services: unknown[]) => {
      open(signal: AbortSignal): Promise<void>;
      classify(window: unknown): Promise<SignClassification>;
      close(): Promise<void>;
    };
    const read = async (file: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(file)).arrayBuffer());
    const node = new Classifier(
      { model: '/mine.onnx', alternatives: 5 },
      { name: 'signs', type: 'signs.classifier', runId: 'page' },
      { read },
      services[0],
      { inputs: {}, outputs: {} },
      new SystemClock(),
      silentLogger,
    );
    await node.open(new AbortController().signal);
    const toFloats = (packet: (typeof sent)[number]): unknown => ({
      ...packet,
      value: {
        ...packet.value,
        tracks: packet.value.tracks.map((track) => ({ ...track, image: Float32Array.from(track.image) })),
      },
    });
    const answered = await node.classify({ packets: sent.map(toFloats), startMs: 0, endMs: 1000 });
    await node.close();
    return { answered, types: [...registered.keys()] };
  }, plain);

  expect(found.types).toEqual(['signs.features', 'signs.classifier', 'signs.decoder', 'signs.lift-hand-3d']);
  const [theirs, ours] = [found.answered.tracks[0], expected.tracks[0]];
  expect([theirs?.trackId, theirs?.label, theirs?.alternatives.map(({ label }) => label)]).toEqual([
    ours?.trackId,
    ours?.label,
    ours?.alternatives.map(({ label }) => label),
  ]);
  expect(theirs?.score).toBeCloseTo(ours?.score ?? Number.NaN, 4);
});
