import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PathResolverFactory } from '../../runtime/index.js';
import { createNodeHost } from '../platform.js';

let root: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'kinegraph-confined-')));
  mkdirSync(path.join(root, 'work'));
  writeFileSync(path.join(root, 'work/model.bin'), 'inside');
  writeFileSync(path.join(root, 'secret.bin'), 'outside');
});
afterAll(() => rmSync(root, { recursive: true }));

describe('a platform whose files are confined', () => {
  const open = (): ReturnType<typeof createNodeHost> => {
    const work = path.join(root, 'work');
    return createNodeHost({
      homeFolder: path.join(root, 'home'),
      files: { readFolders: [work], writeFolders: [work] },
    });
  };

  it('resolves paths of runs inside only', async () => {
    await using host = open();
    const paths = host.container.get<PathResolverFactory>(PathResolverFactory)(path.join(root, 'work'));
    expect(paths.resolve('model.bin')).toBe(path.join(root, 'work/model.bin'));
    expect(() => paths.resolve('../secret.bin')).toThrow(expect.objectContaining({ code: 'CORE_FILE_NOT_ALLOWED' }));
  });

  it.each([
    ['a path', (file: string) => file],
    ['a file URL', (file: string) => pathToFileURL(file).href],
  ])('reads models inside only, named by %s', async (_, nameOf) => {
    await using host = open();
    const bytes = await host.models.read(nameOf(path.join(root, 'work/model.bin')));
    expect(Buffer.from(bytes).toString()).toBe('inside');
    for (const file of ['secret.bin', 'not-there.bin'])
      await expect(host.models.read(nameOf(path.join(root, file)))).rejects.toMatchObject({
        code: 'CORE_FILE_NOT_ALLOWED',
      });
  });
});
