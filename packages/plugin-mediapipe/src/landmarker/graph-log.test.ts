import { WriterLogger } from '@kinegraph/core/plugin';
import { describe, expect, it } from 'vitest';
import { logGraphLine } from './graph-log.js';

describe('logGraphLine', () => {
  it.each([
    ['I1121 08:20:10.776000 2136208 gl_context.cc:407] GL version: 3.0', 'debug', 'MediaPipe: GL version: 3.0'],
    ['W1121 08:20:11.136000 2136208 feedback.cc:121] Disabling.', 'debug', 'MediaPipe: Disabling.'],
    ['E1121 08:19:31.015000 2136208 gl_context.cc:332] Error querying', 'debug', 'MediaPipe: Error querying'],
    ['F1121 08:19:31.015000 2136208 mem.cc:1] Out of memory', 'error', 'MediaPipe: Out of memory'],
    [
      'INFO: Created TensorFlow Lite XNNPACK delegate for CPU.',
      'debug',
      'MediaPipe: INFO: Created TensorFlow Lite XNNPACK delegate for CPU.',
    ],
  ])('hands on %s', (line, level, message) => {
    const lines: unknown[] = [];
    logGraphLine(new WriterLogger((...written) => lines.push(written.slice(0, 2))), line);
    expect(lines).toEqual([[level, message]]);
  });
});
