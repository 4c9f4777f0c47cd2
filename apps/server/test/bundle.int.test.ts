import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { encodeFrameMessage } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolder, inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import { signerJpegs } from './support/signer-jpegs.js';

const HANDS = {
  kinegraph: 1,
  nodes: {
    camera: { type: 'core.source.frames' },
    newest: { type: 'core.buffer.latest' },
    decode: { type: 'core.transform.decode', config: { shortSide: 384 } },
    hands: { type: 'mediapipe.hands', config: { model: 'lite' } },
    out: { type: 'core.sink.results' },
  },
  wires: [
    ['camera.frame', 'newest.in'],
    ['newest.out', 'decode.frame'],
    ['decode.frame', 'hands.frame'],
    ['hands.hands', 'out.in'],
  ],
};

/** Hundreds of packages are linked, on a machine that has more to do. */
const MAKING_MS = 180_000;
const make = (...args: string[]): Promise<{ stderr: string }> =>
  promisify(execFile)(process.execPath, [inRepository('tools/bundle.mjs'), ...args]);

let folder: TemporaryFolder;
let bundle: string;
beforeAll(async () => {
  folder = new TemporaryFolder();
  const made = folder.file('made');
  await make(made, '--without', 'node-av');
  // Another place than it was made in, as after copying it to another machine.
  bundle = folder.file('opt/kinegraph');
  cpSync(made, bundle, { recursive: true, verbatimSymlinks: true });
  rmSync(made, { recursive: true });
}, MAKING_MS);
afterAll(() => folder[Symbol.dispose]());

describe('A bundle', () => {
  it('finds hands where there is nothing else', async () => {
    const cwd = folder.file('work');
    mkdirSync(cwd);
    writeFileSync(path.join(cwd, 'hands.kinegraph.json'), JSON.stringify(HANDS));
    const program = path.join(bundle, 'bin/kinegraph.js');
    await using server = await LiveServer.start(['--graph', 'hands.kinegraph.json'], {}, { program, cwd });
    const viewer = await server.socket('/api/v1/runs/live/results');
    const camera = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    const [jpeg = new Uint8Array()] = await signerJpegs(2000, 2100);
    camera.socket.send(encodeFrameMessage({ format: 'jpeg', sequence: 0, capturedAtMs: performance.now() }, jpeg));
    const { values } = await viewer.message<ResultMessage>(({ type }) => type === 'result');
    const { tracks } = values['out'] as { tracks: { image: unknown[] }[] };
    expect(tracks.map(({ image }) => image.length)).toEqual([21]);
    expect((await server.stop()).code).toBe(0);
  }, 120_000);

  it('serves a plugin that was copied into it, with no network to fetch anything from', async () => {
    const cwd = folder.file('offline');
    mkdirSync(cwd);
    // Without what the workspace has linked for it: it finds the core and zod in the bundle.
    const filter = (file: string): boolean => path.basename(file) !== 'node_modules';
    cpSync(inRepository('examples/plugin-hello'), path.join(bundle, 'plugins/hello'), { recursive: true, filter });
    const plugins = ['@kinegraph/plugin-media', path.join(bundle, 'plugins/hello')];
    writeFileSync(path.join(cwd, 'kinegraph.config.json'), JSON.stringify({ plugins }));
    const nodes = { ...HANDS.nodes, hands: { type: 'hello.brightness' } };
    const wires = [...HANDS.wires.slice(0, -1), ['hands.brightness', 'out.in']];
    writeFileSync(path.join(cwd, 'bright.kinegraph.json'), JSON.stringify({ kinegraph: 1, nodes, wires }));
    const program = path.join(bundle, 'bin/kinegraph.js');
    const env = { KINEGRAPH_OFFLINE: '1' };
    await using server = await LiveServer.start(['--graph', 'bright.kinegraph.json'], env, { program, cwd });
    const viewer = await server.socket('/api/v1/runs/live/results');
    const camera = await server.socket('/api/v1/runs/live/sources/camera/ingest');
    const [jpeg = new Uint8Array()] = await signerJpegs(2000, 2100);
    camera.socket.send(encodeFrameMessage({ format: 'jpeg', sequence: 0, capturedAtMs: performance.now() }, jpeg));
    const { values } = await viewer.message<ResultMessage>(({ type }) => type === 'result');
    expect(values['out']).toMatchObject({ brightness: expect.closeTo(0.5, 0) as number, dark: false });
  }, 120_000);

  it('brings no package that only pages, tests or other platforms load', () => {
    const there = readdirSync(path.join(bundle, 'node_modules/.pnpm'));
    const names = there.map((entry) => entry.replace(/(?<=.)@.*/, '').replace('+', '/'));
    expect(names).toContain('onnxruntime-node');
    for (const name of ['onnxruntime-web', 'vitest', 'vite', 'fast-check', 'typescript', 'node-av']) {
      expect(names).not.toContain(name);
    }
    expect(names.filter((name) => name.startsWith('@seydx/'))).toEqual([]);
    const runtime = there.find((entry) => entry.startsWith('onnxruntime-node@')) ?? '';
    const binaries = path.join(bundle, 'node_modules/.pnpm', runtime, 'node_modules/onnxruntime-node/bin/napi-v6');
    expect(readdirSync(binaries)).toEqual([process.platform]);
    expect(readdirSync(path.join(binaries, process.platform))).toEqual([process.arch]);
  });

  it('has no link that is dead or leaves it, and its licences', () => {
    const top = realpathSync(bundle) + path.sep;
    const links = readdirSync(bundle, { withFileTypes: true, recursive: true }).filter((entry) =>
      entry.isSymbolicLink(),
    );
    expect(links.length).toBeGreaterThan(100);
    for (const { parentPath, name } of links)
      expect(realpathSync(path.join(parentPath, name)).startsWith(top)).toBe(true);
    expect(['LICENSE', 'THIRD_PARTY_NOTICES.md'].filter((file) => !existsSync(path.join(bundle, file)))).toEqual([]);
  });
});

describe('Making a bundle', () => {
  it.each([
    ['no folder', [], 'Name one folder that is not there yet: npm run bundle -- FOLDER [--without PACKAGE]...'],
    ['a folder that is there', [inRepository('docs')], 'is there already. Name a folder that is not there yet.'],
  ])('refuses %s', async (_what, args, sentence) => {
    await expect(make(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(sentence) as string });
  });

  it(
    'refuses to leave out what nothing asks for, and leaves nothing behind',
    async () => {
      const target = folder.file('misspelt');
      await expect(make(target, '--without', 'node-avv')).rejects.toMatchObject({
        stderr: expect.stringContaining(
          'Nothing in the server asks for node-avv; leave --without node-avv out.',
        ) as string,
      });
      expect([target, `${target}.part`].filter((file) => existsSync(file))).toEqual([]);
    },
    MAKING_MS,
  );
});
