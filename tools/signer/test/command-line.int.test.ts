import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasFfmpeg } from '../src/encode/ffmpeg-encoder.js';
import { parseTruth } from '../src/truth/truth-reader.js';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const isFfmpegThere = await hasFfmpeg();
let folder = '';

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: folder });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signer-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the command line', () => {
  const small = [
    '--seconds',
    '4',
    '--fps',
    '5',
    '--size',
    '96x64',
    '--seed',
    '2',
    '--workers',
    '2',
    '--out',
    'clips/small',
  ];

  it.each([
    ['node-av', true],
    ['ffmpeg', isFfmpegThere],
  ] as const)('writes a clip and its truth with %s', (encoder, isThere) => {
    if (!isThere) return expect(run(...small, '--encoder', encoder).stderr).toContain('--encoder node-av');
    const { status, stdout, stderr } = run(...small, '--encoder', encoder);
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout).toBe('Wrote clips/small.mp4 and clips/small.truth.ndjson.\n');
    expect(readdirSync(join(folder, 'clips')).toSorted()).toEqual(['small.mp4', 'small.truth.ndjson']);
    const clip = readFileSync(join(folder, 'clips/small.mp4'));
    expect(clip.indexOf('moov')).toBeLessThan(clip.indexOf('mdat'));
    // The sample size box counts the coded frames.
    expect(clip.readUInt32BE(clip.indexOf('stsz') + 12)).toBe(20);
    expect(parseTruth(readFileSync(join(folder, 'clips/small.truth.ndjson'), 'utf8')).header).toMatchObject({
      clip: 'small.mp4',
      frames: 20,
      width: 96,
    });
  });

  it('writes the truth alone when asked', () => {
    expect(run(...small, '--truth-only')).toMatchObject({ status: 0, stdout: 'Wrote clips/small.truth.ndjson.\n' });
    expect(readdirSync(join(folder, 'clips'))).toEqual(['small.truth.ndjson']);
  });

  it('answers a bad option with one sentence and exit code 2', () => {
    const { status, stdout, stderr } = run('--seconds', 'long');
    expect([status, stdout, stderr]).toEqual([2, '', '--seconds is "long", but must be a number from 4 to 600.\n']);
  });

  it('answers a path that cannot be written with one sentence and leaves nothing behind', () => {
    writeFileSync(join(folder, 'taken'), '');
    const { status, stderr } = run(...small.slice(0, -1), 'taken/clip');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Cannot write to --out "taken\/clip": .*\.\n$/);
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('shows its help', () => {
    expect(run('--help')).toMatchObject({ status: 0, stderr: '' });
  });
});
