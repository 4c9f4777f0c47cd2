import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClipFolders } from './clip-folders.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'kinegraph-clips-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...names: string[]): void {
  for (const name of names) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), 'video');
  }
}
const listed = async (folders: readonly string[] = []): Promise<readonly string[]> => {
  const { clips } = await new ClipFolders({ workspace: path.join(root, 'work'), folders }).list();
  return clips.map((clip) => clip.path);
};

describe('Clips that graphs may read', () => {
  it('are named as a source has to name them, with their sizes', async () => {
    write('work/wave.mp4', 'work/deep/er/HALL.MOV', 'elsewhere/a.webm');
    const elsewhere = path.join(root, 'elsewhere');
    expect(await listed([elsewhere])).toEqual([path.join(elsewhere, 'a.webm'), 'deep/er/HALL.MOV', 'wave.mp4']);
    const { clips, isCut } = await new ClipFolders({ workspace: path.join(root, 'work'), folders: [] }).list();
    expect([clips.at(-1), isCut]).toEqual([{ path: 'wave.mp4', bytes: 5 }, false]);
  });

  it('are no other files, none of packages or hidden folders, and nothing that a link leads to', async () => {
    write('work/notes.txt', 'work/.kinegraph/a.mp4', 'work/node_modules/p/b.mp4', 'outside/secret.mp4');
    symlinkSync(path.join(root, 'outside'), path.join(root, 'work/link'));
    symlinkSync(path.join(root, 'outside/secret.mp4'), path.join(root, 'work/link.mp4'));
    expect(await listed()).toEqual([]);
  });

  it('are cut where there are very many, the nearest first', async () => {
    write('work/near.mp4');
    write(...Array.from({ length: 230 }, (_, index) => `work/deep/${index}.mp4`));
    const { clips, isCut } = await new ClipFolders({ workspace: path.join(root, 'work'), folders: [] }).list();
    expect([clips.length, isCut]).toEqual([200, true]);
    expect(clips.map((clip) => clip.path)).toContain('near.mp4');
  });

  it('are none where there is no folder', async () => {
    expect(await listed([path.join(root, 'nowhere')])).toEqual([]);
  });
});
