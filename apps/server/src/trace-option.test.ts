import { expect, it } from 'vitest';
import { missingLine } from './trace-option.js';

const summary = { events: 9, bytes: 900, lost: 0, isFull: false };

it('tells what is missing at the end of a trace, or here and there', () => {
  expect(missingLine(summary)).toBeUndefined();
  expect(missingLine({ ...summary, lost: 4, isFull: true })).toMatch(/^4 events at its end are missing: .*--duration/);
  expect(missingLine({ ...summary, lost: 4 })).toMatch(/^4 events here and there are missing, .*the disk/);
});
