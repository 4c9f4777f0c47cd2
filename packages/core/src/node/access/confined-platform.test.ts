import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

  it('downloads models of a graph from listed hosts only, wherever the server leads', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { location: request.url === '/a' ? '/b' : 'http://127.0.0.2:1/c' }).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo; // it listens on TCP
    try {
      for (const [networkAllow, path] of [[[], '/never'] as const, [['127.0.0.1'], '/a'] as const]) {
        await using host = createNodeHost({
          homeFolder: path === '/a' ? root : `${root}/other`,
          networkAllow,
          offline: false,
        });
        await expect(host.models.read(`http://127.0.0.1:${port}${path}`)).rejects.toMatchObject({
          code: 'CORE_NETWORK_NOT_ALLOWED',
          data: { host: path === '/a' ? '127.0.0.2' : '127.0.0.1' },
        });
      }
      expect(asked).toEqual(['/a', '/b']);
    } finally {
      server.close();
    }
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
