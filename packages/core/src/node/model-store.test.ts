import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, utimes, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WriterLogger, deferred, errorCode } from '../base/index.js';
import type { ContributedModel, ModelBuilder, ModelDirectory, ModelDownloader } from '../plugins/index.js';
import { settle } from '../testing/index.js';
import { NodeModelStore } from './model-store.js';
import type { NodeModelStoreOptions } from './model-store.js';

const PALM = new TextEncoder().encode('the palm detector');
const HAND = new TextEncoder().encode('the hand landmarks');
const BUNDLE = new Uint8Array([...PALM, ...HAND]);

function sum(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

let root: string;
let warnings: string[];

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'kinegraph-models-'));
  warnings = [];
  await writePackage('node_modules/@vendor/hands', {
    'packed.data': new Uint8Array([1, 2, 3, ...PALM, 4]),
    'hand.tflite': HAND,
  });
  await writePackage('plugin', { 'models/own.bin': PALM });
});
afterEach(async () => await rm(root, { recursive: true, force: true }));

async function writePackage(folder: string, files: Record<string, Uint8Array>): Promise<void> {
  for (const [name, bytes] of Object.entries({
    ...files,
    'package.json': new TextEncoder().encode('{"exports":{}}'),
  })) {
    const file = path.join(root, folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

function model(id: string, bytes: Uint8Array, from: string, parts?: string[]): ContributedModel {
  return {
    id,
    sha256: sum(bytes),
    bytes: bytes.byteLength,
    license: 'Apache-2.0',
    from,
    ...(parts === undefined ? {} : { parts }),
    plugin: 'kinegraph-plugin-test',
    pluginFolderUrl: pathToFileURL(path.join(root, 'plugin') + path.sep).href,
  };
}

const palm = (): ContributedModel =>
  model('test.part.palm', PALM, `npm:@vendor/hands/packed.data#bytes=3+${PALM.byteLength}`);
const hand = (): ContributedModel => model('test.part.hand', HAND, 'npm:@vendor/hands/hand.tflite');
const bundle = (): ContributedModel => model('test.bundle', BUNDLE, 'build:join', ['test.part.palm', 'test.part.hand']);

/** Joins all parts, as many times as it is called. */
const join: ModelBuilder = async (readPart, { parts }) => {
  const pieces: number[] = [];
  for (const part of parts) pieces.push(...(await readPart(part)));
  return new Uint8Array(pieces);
};

function aStore(
  models: ContributedModel[],
  build: ModelBuilder = join,
  extra: Partial<NodeModelStoreOptions> = {},
): NodeModelStore {
  const directory: ModelDirectory = {
    list: () => models,
    get: (id) => models.find((entry) => entry.id === id),
    builder: () => Promise.resolve(build),
  };
  return new NodeModelStore({
    directory,
    folder: path.join(root, 'cache'),
    logger: new WriterLogger((level, message) => void warnings.push(`${level} ${message}`)),
    paths: { resolve: (file) => path.resolve(root, file) },
    downloader: noDownloads,
    ...extra,
  });
}

const noDownloads: ModelDownloader = { download: (url) => Promise.reject(new Error(`${url} must not be fetched`)) };

async function errorOf(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new TypeError('Something other than an error was thrown.');
  return error;
}

const cachedBundle = (): string => path.join(root, 'cache', sum(BUNDLE));

describe('models in packages', () => {
  it('are read from installed packages, whole or in part, whatever their exports say', async () => {
    const store = aStore([palm(), hand(), model('test.own', PALM, 'file:./models/own.bin')]);
    expect(await store.read('test.part.palm')).toEqual(PALM);
    expect(await store.read('test.part.hand')).toEqual(HAND);
    expect(await store.read('test.own')).toEqual(PALM);
    await expect(stat(path.join(root, 'cache'))).rejects.toThrow('ENOENT');
  });

  it('are found beside the real folder of a linked plugin', async () => {
    await writePackage('store/plugin', {});
    await writePackage('store/node_modules/only-there', { 'x.bin': HAND });
    await symlink(path.join(root, 'store/plugin'), path.join(root, 'linked'), 'dir');
    const entry = {
      ...model('test.x', HAND, 'npm:only-there/x.bin'),
      pluginFolderUrl: `${pathToFileURL(path.join(root, 'linked')).href}/`,
    };
    expect(await aStore([entry]).read('test.x')).toEqual(HAND);
  });

  it('with a wrong sum are never used: the error names model, file, both sums and the mend', async () => {
    const file = path.join(root, 'node_modules/@vendor/hands/hand.tflite');
    const wrong = new Uint8Array([...HAND.slice(0, -1), 0]);
    await writeFile(file, wrong);
    const error = await errorOf(aStore([hand()]).read('test.part.hand'));
    expect(errorCode(error)).toBe('MODEL_CORRUPT');
    for (const told of ['"test.part.hand"', file, sum(HAND), sum(wrong), 'Reinstall the package "@vendor/hands"']) {
      expect(error.message).toContain(told);
    }
  });

  it('that end before the range does are corrupt, not cut', async () => {
    await writeFile(path.join(root, 'node_modules/@vendor/hands/packed.data'), PALM.slice(0, 5));
    expect(errorCode(await errorOf(aStore([palm()]).read('test.part.palm')))).toBe('MODEL_CORRUPT');
  });

  it('of a package that is not installed name it and how to get it', async () => {
    const error = await errorOf(aStore([model('test.x', HAND, 'npm:@vendor/none/x.bin')]).read('test.x'));
    expect(errorCode(error)).toBe('MODEL_MISSING');
    expect(error.message).toContain('the package "@vendor/none" is not installed. Run: npm install @vendor/none.');
    const file = await errorOf(aStore([model('test.x', HAND, 'npm:@vendor/hands/x.bin')]).read('test.x'));
    expect(file.message).toMatch(/there is no file .*x\.bin\. Reinstall the package "@vendor\/hands"/);
  });
});

describe('built models', () => {
  it('are built once from verified parts and then come from the cache', async () => {
    let builds = 0;
    const counted: ModelBuilder = (readPart, request) => {
      builds += 1;
      expect(request).toEqual({ id: 'test.bundle', parts: ['test.part.palm', 'test.part.hand'] });
      return join(readPart, request);
    };
    const models = [bundle(), palm(), hand()];
    expect(await aStore(models, counted).read('test.bundle')).toEqual(BUNDLE);
    expect(await aStore(models, counted).read('test.bundle')).toEqual(BUNDLE);
    expect(builds).toBe(1);
    expect(await readdir(path.join(root, 'cache'))).toEqual([sum(BUNDLE)]);
  });

  it('that are asked for at the same time share one build, and each reader gets bytes of its own', async () => {
    let builds = 0;
    const gate = deferred<undefined>();
    const store = aStore([bundle(), palm(), hand()], async (readPart, request) => {
      builds += 1;
      await gate.promise;
      return await join(readPart, request);
    });
    const reads = [
      store.read('test.bundle'),
      store.read('test.bundle'),
      store.withPaths({ resolve: String }).read('test.bundle'),
    ];
    gate.resolve(undefined);
    const [first, second, third] = await Promise.all(reads);
    expect(builds).toBe(1);
    first?.fill(0);
    expect([second, third]).toEqual([BUNDLE, BUNDLE]);
  });

  it('survive a corrupt cached file: it is deleted, made again, and never used', async () => {
    const store = aStore([bundle(), palm(), hand()]);
    await store.read('test.bundle');
    for (const damage of [new Uint8Array(), BUNDLE.slice(0, 9), new Uint8Array(BUNDLE.byteLength)]) {
      await writeFile(cachedBundle(), damage);
      expect(await store.read('test.bundle')).toEqual(BUNDLE);
      expect(new Uint8Array(await readFile(cachedBundle()))).toEqual(BUNDLE);
    }
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toMatch(/warn The cached file of model "test\.bundle" was corrupt/);
  });

  it('leave no corrupt file in place even where they cannot be made again', async () => {
    const store = aStore([bundle(), palm(), hand()], () => Promise.reject(new Error('no memory')));
    await mkdir(path.join(root, 'cache'));
    await writeFile(cachedBundle(), 'damaged');
    const error = await errorOf(store.read('test.bundle'));
    expect(errorCode(error)).toBe('MODEL_BUILD_FAILED');
    expect(error.message).toContain('could not be built by plugin "kinegraph-plugin-test": no memory.');
    await expect(stat(cachedBundle())).rejects.toThrow('ENOENT');
  });

  it('ignore what a killed process left half-written, and clear it away once it is old', async () => {
    await mkdir(path.join(root, 'cache'));
    const old = `${cachedBundle()}.old.tmp`;
    const fresh = `${cachedBundle()}.fresh.tmp`;
    for (const file of [old, fresh]) await writeFile(file, BUNDLE.slice(0, 7));
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    await utimes(old, longAgo, longAgo);
    // Who put a folder there may know why.
    await mkdir(`${cachedBundle()}.folder.tmp`);
    await utimes(`${cachedBundle()}.folder.tmp`, longAgo, longAgo);
    expect(await aStore([bundle(), palm(), hand()]).read('test.bundle')).toEqual(BUNDLE);
    expect((await readdir(path.join(root, 'cache'))).toSorted()).toEqual(
      [cachedBundle(), `${cachedBundle()}.folder.tmp`, fresh].map((file) => path.basename(file)).toSorted(),
    );
  });

  it('with other bytes than the manifest promises are refused and not kept', async () => {
    const error = await errorOf(aStore([bundle(), palm(), hand()], () => PALM).read('test.bundle'));
    expect(errorCode(error)).toBe('MODEL_BUILD_FAILED');
    expect(error.message).toContain(`has the SHA-256 sum ${sum(PALM)} instead of ${sum(BUNDLE)}`);
    await expect(stat(cachedBundle())).rejects.toThrow('ENOENT');
  });

  it('tell of a corrupt part, whatever the builder makes of it', async () => {
    await writeFile(path.join(root, 'node_modules/@vendor/hands/hand.tflite'), 'x');
    const wraps: ModelBuilder = async (readPart, request) => {
      try {
        return await join(readPart, request);
      } catch (error) {
        throw new Error('zip failed', { cause: error });
      }
    };
    const error = await errorOf(aStore([bundle(), palm(), hand()], wraps).read('test.bundle'));
    expect(errorCode(error)).toBe('MODEL_CORRUPT');
    expect(error.message).toContain('"test.part.hand"');
  });

  it('may read their own parts only', async () => {
    const other = model('test.other', HAND, 'npm:@vendor/hands/hand.tflite');
    const error = await errorOf(
      aStore([bundle(), palm(), hand(), other], (readPart) => readPart('test.other')).read('test.bundle'),
    );
    expect(error.message).toContain('asked for "test.other", which is not among its parts');
  });

  it('are given out even where the cache cannot be written', async () => {
    await writeFile(path.join(root, 'cache'), 'a file where the folder should be');
    expect(await aStore([bundle(), palm(), hand()]).read('test.bundle')).toEqual(BUNDLE);
    expect(warnings[0]).toMatch(/^warn Model "test\.bundle" could not be cached/);
  });

  it('are given up by a reader who no longer waits, not by the others', async () => {
    const gate = deferred<undefined>();
    const store = aStore([bundle(), palm(), hand()], async (readPart, request) => {
      await gate.promise;
      return await join(readPart, request);
    });
    const abort = new AbortController();
    const impatient = errorOf(store.read('test.bundle', abort.signal));
    const patient = store.read('test.bundle');
    await settle();
    abort.abort();
    expect(errorCode(await impatient)).toBe('CORE_ABORTED');
    gate.resolve(undefined);
    expect(await patient).toEqual(BUNDLE);
    expect(errorCode(await errorOf(store.read('test.bundle', AbortSignal.abort())))).toBe('CORE_ABORTED');
  });
});

describe("the user's own files", () => {
  it('are read as they are, relative to the paths of the run', async () => {
    await writeFile(path.join(root, 'my.task'), BUNDLE);
    const store = aStore([]);
    expect(await store.read('my.task')).toEqual(BUNDLE);
    expect(await store.read(path.join(root, 'my.task'))).toEqual(BUNDLE);
    expect(await store.read(pathToFileURL(path.join(root, 'my.task')).href)).toEqual(BUNDLE);
    const elsewhere = store.withPaths({ resolve: (file) => path.join(root, 'plugin', file) });
    expect(await elsewhere.read('./models/own.bin')).toEqual(PALM);
  });

  it.each([
    ['test.bundl', 'MODEL_UNKNOWN', /no plugin lists it.*Did you mean "test\.bundle"\?/],
    ['./none.task', 'MODEL_MISSING', /there is no file .*none\.task\. Correct the path\./],
    ['./plugin', 'MODEL_FILE_INVALID', /it is no file/],
    ['./empty.task', 'MODEL_FILE_INVALID', /it is empty/],
    ['./large.task', 'MODEL_FILE_INVALID', /it has 101 bytes, and 100 are allowed/],
  ])('answer %s with %s', async (file, code, message) => {
    await writeFile(path.join(root, 'empty.task'), '');
    await writeFile(path.join(root, 'large.task'), new Uint8Array(101));
    const error = await errorOf(aStore([bundle()], join, { maxUserBytes: 100 }).read(file));
    expect(errorCode(error)).toBe(code);
    expect(error.message).toMatch(message);
  });
});

it('models of more than 2 GiB less a byte are refused before they are read', async () => {
  await writeFile(path.join(root, 'huge.task'), '');
  await truncate(path.join(root, 'huge.task'), 2 ** 31); // takes no place on the disk
  expect((await errorOf(aStore([]).read('./huge.task'))).message).toContain('2147483648 bytes, and 2147483647 are');
});

it('files have a version that changes with them, listed models one that does not', async () => {
  const store = aStore([palm()]);
  const file = path.join(root, 'own.onnx');
  expect(await store.version(file)).toBeUndefined();
  await writeFile(file, PALM);
  const first = await store.version(file);
  expect(await store.version(file)).toBe(first);
  await utimes(file, 10, 10);
  const touched = await store.version(file);
  await writeFile(file, HAND);
  await utimes(file, 10, 10);
  const other = await store.version(file);
  expect(new Set([first, touched, other, undefined]).size).toBe(4);
  expect(await store.withPaths({ resolve: () => file }).version?.('own.onnx')).toBe(other);
  expect(await store.version('test.part.palm')).toBe(sum(PALM));
  const forbidden = store.withPaths({
    resolve: () => {
      throw new Error('not allowed');
    },
  });
  await expect(forbidden.version?.('own.onnx')).rejects.toThrow('not allowed');
});

describe('list and verify', () => {
  const net = (): ContributedModel => model('test.net', HAND, 'https://models.example.org/net.bin');
  const states = async (store: NodeModelStore, how: 'list' | 'verify'): Promise<Record<string, string>> =>
    Object.fromEntries((await store[how]()).map(({ id, state }) => [id, state]));

  it('tell the state of every model, and why', async () => {
    const gone = model('test.gone', HAND, 'npm:@vendor/none/x.bin');
    const needsGone = model('test.needs-gone', HAND, 'build:join', ['test.gone']);
    const store = aStore([bundle(), palm(), hand(), net(), gone, needsGone]);
    const expected = {
      'test.bundle': 'buildable',
      'test.part.palm': 'ready',
      'test.part.hand': 'ready',
      'test.net': 'not-downloaded',
      'test.gone': 'missing-package',
      'test.needs-gone': 'missing-package',
    };
    expect(await states(store, 'list')).toEqual(expected);
    expect(await states(store, 'verify')).toEqual(expected);
    const list = await store.list();
    expect(list.find(({ id }) => id === 'test.needs-gone')?.reason).toContain('Run: npm install @vendor/none');
    expect(list.map(({ isPart }) => isPart)).toEqual([false, true, true, false, true, false]);
    await store.read('test.bundle');
    expect(await states(store, 'verify')).toMatchObject({ 'test.bundle': 'ready' });
  });

  it('find damage of the same size only by verifying, and delete it from the cache', async () => {
    const store = aStore([bundle(), palm(), hand()]);
    await store.read('test.bundle');
    await writeFile(cachedBundle(), new Uint8Array(BUNDLE.byteLength));
    await writeFile(path.join(root, 'node_modules/@vendor/hands/hand.tflite'), new Uint8Array(HAND.byteLength));
    expect(await states(store, 'list')).toEqual({
      'test.bundle': 'ready',
      'test.part.palm': 'ready',
      'test.part.hand': 'ready',
    });
    expect(await states(store, 'verify')).toEqual({
      'test.bundle': 'corrupt',
      'test.part.palm': 'ready',
      'test.part.hand': 'corrupt',
    });
    await expect(stat(cachedBundle())).rejects.toThrow('ENOENT');
    const [built] = await store.verify();
    expect(built).toMatchObject({
      state: 'corrupt',
      reason: expect.stringContaining('Its part "test.part.hand": Its SHA-256 sum is'),
    });
  });

  it.each(['list', 'verify'] as const)('%s is stopped by its signal', async (how) => {
    const store = aStore([palm(), hand()]);
    expect(errorCode(await errorOf(store[how](AbortSignal.abort())))).toBe('CORE_ABORTED');
    expect(errorCode(await errorOf(store.pull([], { signal: AbortSignal.abort() })))).toBe('CORE_ABORTED');
  });

  it('tell of files of a wrong size without reading them', async () => {
    await writeFile(path.join(root, 'node_modules/@vendor/hands/hand.tflite'), 'x');
    await writeFile(path.join(root, 'node_modules/@vendor/hands/packed.data'), 'x');
    expect(await states(aStore([palm(), hand()]), 'list')).toEqual({
      'test.part.palm': 'corrupt',
      'test.part.hand': 'corrupt',
    });
  });
});
