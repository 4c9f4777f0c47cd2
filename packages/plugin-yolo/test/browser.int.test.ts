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
import type { PeopleAndBoxes } from '../src/decode/index.js';
import { anExtractor, plainFrame } from './support/an-extractor.js';
import { layoutOf } from './support/model-output.js';
import type { PlainCandidate } from './support/model-output.js';
import { aPoseModel } from './support/pose-model.js';

/** What the functions inside the page find there. */
declare const entry: { readonly plugin: typeof plugin; readonly core: typeof core };

const root = fileURLToPath(new URL('../../..', import.meta.url));
const fromOnnx = createRequire(path.join(root, 'packages/onnx/package.json'));
const wasmFolder = path.dirname(fromOnnx.resolve('onnxruntime-web/wasm'));

const person: PlainCandidate = {
  box: [16, 16, 32, 48],
  scores: [0.75],
  points: Array.from({ length: 17 }, (_, point) => [16 + point, 32, 0.5] as const),
};
/** One model for each form, the last in 16 bits. */
const MODELS = (['channels-first', 'candidates-first', 'end-to-end'] as const).map((form, index) =>
  aPoseModel({
    layout: layoutOf({ form, classes: 1, points: 17, valuesPerPoint: 3, candidates: 40 }),
    candidates: [person],
    type: index === 2 ? 'float16' : 'float32',
  }),
);

let folder: string;
let browser: Browser;
let server: Server;
let page: Page;

/** Serves the page, the models and the runtime's own files. */
async function answer(url: string): Promise<{ type: string; body: Uint8Array | string }> {
  if (url === '/') return { type: 'text/html', body: '<!doctype html><title>people</title>' };
  const model = MODELS[Number(/^\/model-(\d)\.onnx$/.exec(url)?.[1] ?? Number.NaN)];
  if (model !== undefined) return { type: 'application/octet-stream', body: model };
  const body = await readFile(path.join(wasmFolder, path.basename(url)));
  return { type: url.endsWith('.wasm') ? 'application/wasm' : 'text/javascript', body };
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-yolo-'));
  const entryFile = path.join(folder, 'entry.js');
  const dist = (file: string): string => JSON.stringify(path.join(root, 'packages', file));
  await writeFile(
    entryFile,
    `export * as plugin from ${dist('plugin-yolo/dist/browser.js')};\nexport * as core from ${dist('core/dist/plugin.js')};\n`,
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

it('finds in a page what it finds on a server, with the same class', async () => {
  for (const [index, model] of MODELS.entries()) {
    const { extractor } = anExtractor(model);
    await extractor.open(new AbortController().signal);
    const expected = await extractor.extract(plainFrame());
    await extractor.close();

    const found = await page.evaluate(async (url) => {
      const { PlainPixelKernel, StaticSkeletonCatalog, UncountedMemory, Frame, coco17, silentLogger } = entry.core;
      const registered = new Map<string, unknown>();
      const services: unknown[] = [];
      entry.plugin.activate({
        configuration: { wasmFolder: '/ort/' },
        bind: (module: { load: (by: unknown) => void }) =>
          module.load({ bind: () => ({ toConstantValue: (value: unknown) => services.push(value) }) }),
        nodes: { register: (type: string, nodeClass: unknown) => registered.set(type, nodeClass) },
      } as never);
      const Extractor = registered.get('yolo.pose') as new (...services: unknown[]) => {
        open(signal: AbortSignal): Promise<void>;
        extract(frame: core.Frame): Promise<PeopleAndBoxes>;
        close(): Promise<void>;
      };
      const read = async (model_: string): Promise<Uint8Array> =>
        new Uint8Array(await (await fetch(model_)).arrayBuffer());
      const config = {
        model: url,
        confidence: 0.25,
        iou: 0.7,
        maxPeople: 20,
        skeleton: 'coco-17',
        letterbox: 'centre',
        threads: 1,
        spinning: false,
      };
      const node = new Extractor(
        config,
        { name: 'pose', type: 'yolo.pose', runId: 'page' },
        { read },
        services[0],
        new PlainPixelKernel(),
        new StaticSkeletonCatalog([coco17]),
        silentLogger,
      );
      await node.open(new AbortController().signal);
      const info = { sequence: 0, timestampMs: 0, capturedAtMs: 0, width: 64, height: 64, format: 'rgba8' as const };
      const { people, boxes } = await node.extract(
        new Frame(info, new UncountedMemory(new Uint8Array(64 * 64 * 4).fill(255))),
      );
      await node.close();
      return { boxes, points: people.tracks.map(({ image }) => Array.from(image)) };
    }, `/model-${index}.onnx`);

    expect(found.boxes.detections).toHaveLength(1);
    expect(found.boxes.detections[0]?.box).toEqual(expected.boxes.detections[0]?.box);
    expect(found.boxes.detections[0]?.score).toBeCloseTo(expected.boxes.detections[0]?.score ?? NaN, 3);
    expect(found.points).toEqual(expected.people.tracks.map(({ image }) => Array.from(image)));
  }
});
