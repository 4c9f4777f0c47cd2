import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExportMetadata } from './export-metadata.js';

const read = (properties: Record<string, string>) => readExportMetadata(new Map(Object.entries(properties)));
const nothing = {
  task: undefined,
  imageSize: undefined,
  stride: undefined,
  names: undefined,
  keypointShape: undefined,
  endToEnd: undefined,
};

describe('the metadata of an export', () => {
  it('are read as Ultralytics writes them', () => {
    expect(
      read({
        description: 'Ultralytics YOLOv8n-pose model',
        author: 'Ultralytics',
        stride: '32',
        task: 'pose',
        batch: '1',
        imgsz: '[480, 640]',
        names: "{0: 'person', 1: 'dog'}",
        kpt_shape: '[17, 3]',
        end2end: 'True',
      }),
    ).toEqual({
      task: 'pose',
      imageSize: { width: 640, height: 480 },
      stride: 32,
      names: ['person', 'dog'],
      keypointShape: { points: 17, valuesPerPoint: 3 },
      endToEnd: true,
    });
  });

  it('take other ways to write the same', () => {
    expect(
      read({ task: ' Pose\n', imgsz: '640', names: "['person']", kpt_shape: '(5, 2)', end2end: 'False' }),
    ).toMatchObject({
      task: 'pose',
      imageSize: { width: 640, height: 640 },
      names: ['person'],
      keypointShape: { points: 5, valuesPerPoint: 2 },
      endToEnd: false,
    });
    expect(read({ names: "{1: 'dog', 0: 'person'}" }).names).toEqual(['person', 'dog']);
  });

  it.each([
    { imgsz: '[640]' },
    { imgsz: '[640, 640, 3]' },
    { imgsz: '[0, 640]' },
    { imgsz: '[1e99, 640]' },
    { imgsz: '640.5' },
    { stride: '-32' },
    { stride: 'nan' },
    { names: '{}' },
    { names: "{1: 'person'}" },
    { names: "{0: 'person', 'x': 'y'}" },
    { names: '[1, 2]' },
    { kpt_shape: '[17, 4]' },
    { kpt_shape: '[17]' },
    { kpt_shape: '[99999999, 3]' },
    { end2end: '1' },
    { task: '' },
    {},
  ])('%j says nothing', (properties) => {
    expect(read(properties as Record<string, string>)).toEqual(nothing);
  });

  it('are cut where a label is longer than 64 characters', () => {
    expect(read({ names: `['${'x'.repeat(100_000)}', 'dog']` }).names).toEqual([`${'x'.repeat(63)}…`, 'dog']);
  });

  it('never throw', () => {
    const key = fc.constantFrom('task', 'imgsz', 'stride', 'names', 'kpt_shape', 'end2end', '__proto__');
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.string())), (entries) => {
        readExportMetadata(new Map(entries));
      }),
    );
  });
});
