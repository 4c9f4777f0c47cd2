import { expect, it } from 'vitest';
import { LogTail, MOST_LINES } from './log-tail.js';
import type { LogLine } from './log-tail.js';
import { serverLogger } from './server-logger.js';

const AT = new Date('2025-01-01T12:00:00Z');

it('keeps the last lines, and of these gives those of a run', () => {
  const tail = new LogTail(() => AT);
  for (let line = 0; line < MOST_LINES + 5; line += 1) tail.add('info', `line ${line}`, { run: `r${line % 2}` });
  expect(tail.last(MOST_LINES + 5)).toHaveLength(MOST_LINES);
  expect(tail.last(1, 'r1')).toEqual([
    { id: MOST_LINES + 4, at: AT.toISOString(), level: 'info', message: `line ${MOST_LINES + 3}`, run: 'r1' },
  ]);
  expect(tail.last(10, 'r2')).toEqual([]);
});

it('tells those who follow, until they leave', () => {
  const tail = new LogTail(() => AT);
  const heard: LogLine[] = [];
  const following = tail.follow((line) => heard.push(line));
  tail.add('warn', 'one', {});
  following[Symbol.dispose]();
  tail.add('warn', 'two', {});
  expect(heard.map(({ message }) => message)).toEqual(['one']);
});

it('has what the log has: its level, no secret, no stack, and the code of the error', () => {
  const tail = new LogTail(() => AT);
  const log = serverLogger({ level: 'info', format: 'json', destination: { write: () => {} }, tail });
  log.debug('nobody asked');
  log.child({ run: 'hall', node: 'camera' }).error('rtsp://me:secret@10.0.0.2/a does not answer', {
    error: { code: 'MEDIA_AWAY', message: 'away', stack: 'at somewhere' },
    token: 'kg_0123456789abcdef0123',
  });
  log.info('x'.repeat(5000));
  const [first, second] = tail.last(5);
  expect(first).toEqual({
    ...{ id: 1, at: AT.toISOString(), level: 'error', run: 'hall', node: 'camera', code: 'MEDIA_AWAY' },
    message: 'rtsp://***@10.0.0.2/a does not answer',
  });
  expect(second?.message).toHaveLength(2003);
});
