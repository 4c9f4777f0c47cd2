import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ByteParser } from './byte-parser.js';
import { openPixelPipe } from './pixel-pipe.js';

const parser: ByteParser = { target: () => new Uint8Array(16), commit: () => {}, atBoundary: true, abandon: () => {} };
const events = { onBytes: () => false, onEnd: () => {}, onError: () => {} };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-test-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe.skipIf(process.platform === 'win32')('openPixelPipe', () => {
  it('gives the child a socket of its own and leaves no file behind', async () => {
    vi.stubEnv('TMPDIR', folder);
    const pipe = await openPixelPipe(parser, events);
    expect(pipe.childEnd).not.toBe('pipe');
    expect(readdirSync(folder)).toEqual([]);
    pipe.destroy();
  });

  it('falls back to the ordinary pipe where no socket can be made', async () => {
    vi.stubEnv('TMPDIR', path.join(folder, 'not', 'there'));
    const pipe = await openPixelPipe(parser, events);
    expect(pipe.childEnd).toBe('pipe');
    pipe.destroy();
  });
});
