import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfinedPaths, FileNotAllowedError } from './confined-paths.js';

let root: string;
let paths: ConfinedPaths;
const at = (...parts: string[]): string => path.join(root, ...parts);

beforeAll(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'kinegraph-paths-')));
  for (const folder of ['work/clips', 'work/.git', 'media', 'outside', 'work-too'])
    mkdirSync(at(folder), { recursive: true });
  for (const file of ['work/clips/a.mp4', 'media/b.mp4', 'outside/secret', 'work/tokens.json', 'work-too/c.mp4'])
    writeFileSync(at(file), '');
  symlinkSync(at('outside'), at('work/way-out'));
  symlinkSync(at('outside/secret'), at('work/secret-link'));
  symlinkSync(at('outside/not-yet'), at('work/dangling'));
  symlinkSync(at('work/clips'), at('work/way-in'));
  symlinkSync(at('work/loop'), at('work/loop'));
  symlinkSync(at('media'), at('media-link'));
  paths = new ConfinedPaths(at('work'), {
    readFolders: [at('work'), at('media-link')],
    writeFolders: [at('work')],
    protectedPaths: [at('work/tokens.json')],
  });
});
afterAll(() => rmSync(root, { recursive: true }));

const refusal = (asked: string, use?: 'read' | 'write' | 'execute'): string => {
  try {
    return `allowed as ${paths.resolve(asked, use)}`;
  } catch (error) {
    if (error instanceof FileNotAllowedError) return error.data.reason;
    throw error;
  }
};

describe('confined paths', () => {
  it('resolve what is inside, and follow links that stay inside', () => {
    expect(paths.resolve('clips/a.mp4')).toBe(at('work/clips/a.mp4'));
    expect(paths.resolve('clips/../clips/./a.mp4')).toBe(at('work/clips/a.mp4'));
    expect(paths.resolve('way-in/a.mp4')).toBe(at('work/clips/a.mp4'));
    expect(paths.resolve(at('media/b.mp4'))).toBe(at('media/b.mp4'));
    expect(paths.resolve(at('media-link/b.mp4'))).toBe(at('media/b.mp4'));
    expect(paths.resolve('.')).toBe(at('work'));
    expect(paths.resolve('new/deep/out.ndjson', 'write')).toBe(at('work/new/deep/out.ndjson'));
  });

  it.each([
    '../outside/secret',
    'clips/../../outside/secret',
    '/etc/passwd',
    '../work-too/c.mp4',
    'way-out/secret',
    'secret-link',
    '..',
    'way-out/new',
    'C:/../../etc',
  ])('refuse %s', (asked) => {
    if (asked.startsWith('C:')) expect(refusal(asked)).toContain('outside');
    else expect(refusal(asked)).toBe('it is outside of the folders that graphs may use');
  });

  it('refuse links to nothing, through which a file outside would be made', () => {
    expect(refusal('dangling', 'write')).toBe('it leads over a link to nothing');
    expect(refusal('dangling/deeper', 'write')).toBe('it leads over a link to nothing');
    expect(refusal('loop')).toBe('it cannot be looked up');
  });

  it('let nothing be written in media folders, hidden places and packages', () => {
    expect(refusal(at('media/out.ndjson'), 'write')).toContain('outside');
    expect(refusal('.git/hooks/pre-commit', 'write')).toContain('hidden files');
    expect(refusal('a/.bashrc', 'write')).toContain('hidden files');
    expect(refusal('node_modules/x/index.js', 'write')).toContain('hidden files');
    expect(refusal('.git/config')).toContain('allowed');
  });

  it('keep what belongs to the server', () => {
    expect(refusal('tokens.json')).toBe('it belongs to the server itself');
    expect(refusal('tokens.json', 'write')).toBe('it belongs to the server itself');
  });

  it('choose no programs for a graph', () => {
    expect(refusal('clips/a.mp4', 'execute')).toBe('programs are not for graphs to choose');
  });

  it('refuse a NUL, which would end the path for the system', () => {
    expect(refusal('clips/a.mp4\0.png')).toBe('it holds a NUL character');
  });

  it('answer with a place inside or refuse, whatever is asked', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '',
        '/',
        'clips',
        'way-out',
        'way-in',
        'secret-link',
        'dangling',
        'loop',
        'a.mp4',
        'media',
        'outside',
        '\\..',
        '~',
        '%2e%2e',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.constantFrom('', '/', `${root}/`),
        fc.constantFrom('read', 'write'),
        (parts, start, use) => {
          let answer: string;
          try {
            answer = paths.resolve(start + parts.join('/'), use);
          } catch (error) {
            expect(error).toBeInstanceOf(FileNotAllowedError);
            return;
          }
          const inside = answer === at('work') || answer.startsWith(at('work/'));
          const inMedia = use === 'read' && (answer === at('media') || answer.startsWith(at('media/')));
          expect(inside || inMedia).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
