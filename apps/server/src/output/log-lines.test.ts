import { expect, it } from 'vitest';
import type { LogFields } from '@kinegraph/core';
import { logTo } from './log-lines.js';

function logging(debug = false): { log: (message: string, fields?: LogFields) => void; lines: string[] } {
  const lines: string[] = [];
  const write = logTo({ tell: (line) => void lines.push(line) }, debug);
  return { lines, log: (message, fields = {}) => write('warn', message, fields) };
}
const fault = (node: string, code = 'RUN_BAD_ANSWER'): LogFields => ({ node, error: { name: 'E', code, message: '' } });

it('tells a fault of packets once for each node, though its message names the frame', () => {
  const { log, lines } = logging();
  for (let frame = 0; frame < 100; frame += 1) log(`frame ${frame} has no pixels`, fault('hands'));
  log('frame 100 has no pixels', fault('pose'));
  log('frame 101 came late', fault('hands', 'RUN_WATCHDOG'));
  expect(lines).toEqual([
    'warn: hands: frame 0 has no pixels',
    'warn: pose: frame 100 has no pixels',
    'warn: hands: frame 101 came late',
  ]);
});

it('tells a line without an error once as it is, and all with debug', () => {
  const { log, lines } = logging();
  for (const message of ['slow', 'slow', 'slower']) log(message, { node: 'hands' });
  expect(lines).toEqual(['warn: hands: slow', 'warn: hands: slower']);
  const all = logging(true);
  for (let frame = 0; frame < 3; frame += 1) all.log(`frame ${frame}`, fault('hands'));
  expect(all.lines).toHaveLength(3);
});

it('remembers only so many lines', () => {
  const { log, lines } = logging();
  log('the first');
  for (let count = 0; count < 999; count += 1) log(`line ${count}`);
  log('the first');
  expect(lines).toHaveLength(1_000);
  log('one more');
  log('the first'); // forgotten by now
  expect(lines.slice(-2)).toEqual(['warn: one more', 'warn: the first']);
});
