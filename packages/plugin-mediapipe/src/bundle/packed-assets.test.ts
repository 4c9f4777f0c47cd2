import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { extractPackedFile, findPackedFile, parsePackedAssetsLoader } from './packed-assets.js';
import { isTfliteFile } from './tflite-file.js';

const resolve = createRequire(import.meta.url).resolve;
const loaderOf = (solution: string): string =>
  readFileSync(resolve(`@mediapipe/${solution}_solution_packed_assets_loader.js`), 'utf8');

describe('parsePackedAssetsLoader', () => {
  it('reads the table of the hands package', () => {
    expect(parsePackedAssetsLoader(loaderOf('hands/hands')).map((file) => file.filename.split('/').at(-1))).toEqual([
      'handedness.txt',
      'palm_detection_full.tflite',
      'palm_detection_lite.tflite',
    ]);
  });

  it.each([
    ['hands/hands', 'palm_detection_full.tflite'],
    ['hands/hands', 'palm_detection_lite.tflite'],
    ['pose/pose', 'pose_detection.tflite'],
  ])('finds a TFLite model at the listed place in %s: %s', (solution, name) => {
    const file = findPackedFile(parsePackedAssetsLoader(loaderOf(solution)), name);
    const data = readFileSync(resolve(`@mediapipe/${solution}_solution_packed_assets.data`));
    expect(isTfliteFile(extractPackedFile(data, file))).toBe(true);
  });

  it.each([
    ['no table at all', 'var Module = {};', 'lists no packed files'],
    ['a table that is no JSON', 'loadPackage({"files": [{filename: 1}]})', 'not JSON'],
    [
      'an entry that ends before it starts',
      'loadPackage({"files": [{"filename": "/a", "start": 5, "end": 2}]})',
      'no valid byte range',
    ],
    [
      'an entry beyond the end',
      'loadPackage({"files": [{"filename": "/a", "start": 0, "end": 9}], "remote_package_size": 8})',
      'no valid byte range',
    ],
  ])('refuses %s', (_case, script, sentence) => {
    expect(() => parsePackedAssetsLoader(script, 'x_loader.js')).toThrow(sentence);
  });
});

describe('findPackedFile and extractPackedFile', () => {
  const files = [{ filename: '/models/a.tflite', start: 2, end: 5 }];

  it('gives a view of exactly the listed bytes', () => {
    const data = Uint8Array.of(0, 1, 2, 3, 4, 5);
    const bytes = extractPackedFile(data, findPackedFile(files, 'a.tflite'));
    expect([...bytes]).toEqual([2, 3, 4]);
    expect(bytes.buffer).toBe(data.buffer);
  });

  it('names what there is when a file is missing', () => {
    expect(() => findPackedFile(files, 'b.tflite')).toThrow(
      '"b.tflite" cannot be read: the packed assets hold only a.tflite',
    );
  });

  it('refuses a data file that is too short', () => {
    expect(() => extractPackedFile(Uint8Array.of(0, 1), findPackedFile(files, 'a.tflite'))).toThrow(
      'should end at byte 5 of a data file of 2 bytes',
    );
  });
});
