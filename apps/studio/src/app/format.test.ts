import { expect, it } from 'vitest';
import { bytesText, durationText, msText, rateText } from './format.js';

it.each([
  [rateText, 24.06, '24.1/s'],
  [rateText, 240.4, '240/s'],
  [rateText, null, '–'],
  [rateText, Number.NaN, '–'],
  [msText, 4.24, '4.2 ms'],
  [msText, 43.4, '43 ms'],
  [msText, 1234, '1.2 s'],
  [durationText, 400, '0 s'],
  [durationText, 12_000, '12 s'],
  [durationText, 11_533_000, '3 h 12 min'],
  [durationText, 86_400_000, '1 d'],
  [bytesText, 999, '999 B'],
  [bytesText, 1_234_567, '1.2 MB'],
  [bytesText, 999_960, '1.0 MB'],
  [bytesText, 5e15, '5000 TB'],
] as const)('%o of %d is %s', (told, figure, text) => {
  expect(told(figure)).toBe(text);
});
