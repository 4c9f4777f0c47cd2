import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfinedPaths, FileNotAllowedError } from '@kinegraph/core/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServerConfig } from '../config/index.js';
import { confinementOf } from './server-access.js';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(path.join(tmpdir(), 'kinegraph-confinement-'));
});
afterEach(() => rmSync(workspace, { recursive: true }));

describe('Graphs', () => {
  it.each([undefined, 'kept/state'])('neither read nor write what the server keeps (state.folder: %s)', (folder) => {
    const config = ServerConfig.parse({
      workspace,
      ...(folder === undefined ? {} : { state: { folder: path.join(workspace, folder) } }),
    });
    const database = path.join(folder ?? '.kinegraph', 'kinegraph.db');
    mkdirSync(path.dirname(path.join(workspace, database)), { recursive: true });
    writeFileSync(path.join(workspace, database), '');
    writeFileSync(path.join(workspace, 'clip.mp4'), '');
    const paths = new ConfinedPaths(workspace, confinementOf({ config }, {}).files);
    expect(paths.resolve('clip.mp4')).toContain('clip.mp4');
    for (const use of ['read', 'write'] as const) {
      expect(() => paths.resolve(database, use)).toThrow(FileNotAllowedError);
      expect(() => paths.resolve(database, use)).toThrow('it belongs to the server itself');
    }
  });

  it('do not write over graphs', () => {
    const config = ServerConfig.parse({ workspace });
    mkdirSync(path.join(workspace, 'graphs'));
    const paths = new ConfinedPaths(workspace, confinementOf({ config }, {}).files);
    expect(() => paths.resolve('graphs/hands.kinegraph.json', 'write')).toThrow('it belongs to the server itself');
    expect(() => paths.resolve('graphs/new.ndjson', 'write')).toThrow(FileNotAllowedError);
  });
});
