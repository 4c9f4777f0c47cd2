import { describe, expect, it } from 'vitest';
import { TaskBundleError } from '../errors.js';
import { writeStoredZip } from './stored-zip.js';
import { HAND_TASK, POSE_TASK, checkTaskBundle, writeTaskBundle } from './task-bundle.js';

const tflite = (text: string): Uint8Array => new TextEncoder().encode(`\0\0\0\0TFL3${text}`);
const bundle = writeTaskBundle(HAND_TASK, { detector: tflite('palm'), landmarks: tflite('hand') });

function problemOf(bytes: Uint8Array, task = HAND_TASK): string {
  try {
    checkTaskBundle(task, 'my.task', bytes);
  } catch (error) {
    if (error instanceof TaskBundleError) return error.message;
    throw error;
  }
  return 'none';
}

describe('checkTaskBundle', () => {
  it('accepts what writeTaskBundle wrote', () => {
    expect(problemOf(bundle)).toBe('none');
  });

  it('says what is wrong, with which file, and what to give instead, in one sentence and a mend', () => {
    expect(problemOf(bundle, POSE_TASK)).toBe(
      'Model "my.task" is not usable: it lacks "pose_detector.tflite" (it holds "hand_detector.tflite", "hand_landmarks_detector.tflite"). ' +
        'Give a pose landmarker bundle such as pose_landmarker_lite.task.',
    );
  });

  it.each([
    ['an empty file', new Uint8Array(), 'it is empty, so it is not a .task bundle'],
    [
      'a web page',
      new TextEncoder().encode('<html>'),
      'it does not begin like a zip file, so it is not a .task bundle',
    ],
    ['a bare model', tflite('palm'), 'it is a bare TensorFlow Lite model, not a .task bundle'],
    ['a cut download', bundle.slice(0, 60), 'it is cut off after 60 bytes'],
    ['a zip of nothing', writeStoredZip([]), 'it lacks "hand_detector.tflite" (it holds nothing)'],
    [
      'an entry that is no model',
      writeStoredZip([{ name: HAND_TASK.detectorEntry, bytes: Uint8Array.of(1) }]),
      'its entry "hand_detector.tflite" is not a TensorFlow Lite model',
    ],
  ])('refuses %s', (_case, bytes, problem) => {
    expect(problemOf(bytes)).toContain(problem);
  });

  it('refuses a compressed entry', () => {
    const compressed = Uint8Array.from(bundle);
    const central = compressed.findIndex(
      (_, at) => Buffer.from(compressed.subarray(at, at + 4)).toString('hex') === '504b0102',
    );
    compressed[central + 10] = 8;
    expect(problemOf(compressed)).toContain('its entry "hand_detector.tflite" is compressed');
  });

  it('refuses an entry whose bytes have changed', () => {
    const damaged = Uint8Array.from(bundle);
    const at = Buffer.from(damaged).indexOf('palm');
    damaged[at] = 0;
    expect(problemOf(damaged)).toContain('its entry "hand_detector.tflite" is damaged');
  });
});
