import { expect, it } from 'vitest';
import { FrameTally } from './frame-tally.js';

it('counts those who send and those who have left, by source, and forgets nothing', () => {
  const tally = new FrameTally();
  const first = { counts: { frames: 5, refused: 1, homeless: 0 } };
  const second = { counts: { frames: 7, refused: 0, homeless: 2 } };
  const other = { counts: { frames: 1, refused: 0, homeless: 0 } };
  const left = tally.add('camera', first);
  tally.add('camera', second);
  tally.add('phone', other);
  const both = { frames: 12, refused: 1, homeless: 2 };
  expect(Object.fromEntries(tally.totals())).toEqual({ camera: both, phone: other.counts });
  first.counts = { frames: 6, refused: 1, homeless: 0 };
  left[Symbol.dispose]();
  left[Symbol.dispose]();
  second.counts = { frames: 8, refused: 0, homeless: 2 };
  expect(tally.totals().get('camera')).toEqual({ frames: 14, refused: 1, homeless: 2 });
});
