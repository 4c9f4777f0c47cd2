import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listImages } from './image-list.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function fill(...names: string[]): void {
  for (const name of names) writeFileSync(path.join(folder, name), 'x');
}

describe('listImages', () => {
  it('orders as people count and takes only images', async () => {
    fill('frame10.jpg', 'frame2.jpg', 'Frame1.JPEG', 'frame2.png', 'a.webp', 'notes.txt', '.hidden.jpg', 'b.gif');
    mkdirSync(path.join(folder, 'more.jpg'));
    const names = (await listImages(folder)).map((file) => path.basename(file));
    expect(names).toEqual(['a.webp', 'Frame1.JPEG', 'frame2.jpg', 'frame2.png', 'frame10.jpg']);
  });

  it('takes one image by itself, whatever it is called', async () => {
    fill('picture');
    expect(await listImages(path.join(folder, 'picture'))).toEqual([path.join(folder, 'picture')]);
  });

  it('tells of nothing, and of a folder without images', async () => {
    await expect(listImages(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'MEDIA_FILE_MISSING' });
    await expect(listImages(folder)).rejects.toMatchObject({
      code: 'MEDIA_FILE_KIND',
      message: expect.stringContaining('a folder without images'),
    });
  });
});
